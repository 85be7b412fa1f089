"""The demo as people start it: one process with the bot in a child of its own."""
