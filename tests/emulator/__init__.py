"""The local Bot API: held to the official specification, and driven by a second client library."""
