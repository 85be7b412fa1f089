"""The rules of the trade, pure: no await, no clock, no database, no Telegram."""
