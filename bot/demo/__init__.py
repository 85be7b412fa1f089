"""The demo: a Telegram of one's own, a page of phones and the bot, in one command, without the internet.

`run` the whole · `cast` who may have a phone · `scene` they join by themselves · `keeper` the bot's process
and `child` what runs in it, on `clock` · `web` the page's routes, `page/` the page · `telegram/` the local
Bot API.
"""
