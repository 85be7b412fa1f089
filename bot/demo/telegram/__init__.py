"""A local Bot API: Telegram for one demo bot and its invented people, on this machine only.

    api = LocalBotApi(token="1:DEMO")
    await api.start()          # api.base_url is what TELEGRAM_API_BASE_URL takes
    ...
    await api.stop()

Alone: `python -m bot.demo.telegram --port 8081 --token 1:DEMO [--state FILE]`. The people's side: `control`.

What lives where: `api` the whole · `server` the Bot API's edge · `methods/` its methods · `control`, `whole`,
`acts` the people's edge · `people`, `groups` what people do · `world` what is remembered and who learns of it
· `wire` the Bot API's objects · `views` what people see · `updates` polling and webhooks · `entities`
formatted text · `errors` Telegram's refusals · `limits`, `faults`, `counters`, `clock`, `events`, `files`,
`samples`, `state`.
"""

from bot.demo.telegram.api import LocalBotApi, is_demo_token
from bot.demo.telegram.clock import MovableClock

__all__ = ["LocalBotApi", "MovableClock", "is_demo_token"]
