"""The Telegram edge, on one page: which update goes to which handler.

A handler has three movements: read the update, call one use case, end. The first route that fits
takes the update. python-telegram-bot's filters decide; its Application is not used, because one
update must be one unit of work of ours (docs/decisions/no-application.md).
"""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.intake import KINDS
from handlers import absence, buttons, groups, help, joining, reading, rhythm, words
from handlers.commands import introduce
from storage.store import Work

log = structlog.get_logger(__name__)

__all__ = ["KINDS", "handle", "introduce"]

Handler = Callable[[Update, Work, str | None], Awaitable[None]]
"""The update, the unit of work, and the ref of the danger card that already left for it."""

PRIVATE = filters.ChatType.PRIVATE
HERS = PRIVATE & (filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE)
_Route = CommandHandler[Any, Any, Any] | MessageHandler[Any, Any, Any] | CallbackQueryHandler[Any, Any, Any]


def _command(name: str, handler: Handler) -> _Route:
    return CommandHandler(name, handler, filters=PRIVATE & filters.UpdateType.MESSAGE)  # type: ignore[arg-type]


ROUTES: tuple[_Route, ...] = (
    MessageHandler(filters.ChatType.GROUPS, groups.leave),  # type: ignore[arg-type]
    CallbackQueryHandler(buttons.pressed),  # type: ignore[arg-type]
    _command("start", joining.start),
    _command("quitter", joining.leave),
    _command("absence", absence.open),
    _command("rythme", rhythm.open),
    _command("retirer", words.withdraw),
    _command("aide", help.help),
    _command("clas_ou_pre", help.clas_or_pre),
    MessageHandler(HERS & filters.UpdateType.EDITED_MESSAGE, words.edited),  # type: ignore[arg-type]
    MessageHandler(HERS, words.said),  # type: ignore[arg-type]
)


async def handle(raw: dict[str, Any], work: Work, bot: Bot) -> None:
    """Handle one raw update; an update of a kind we did not ask for is let go."""
    card = raw.pop("danger_card", None)
    update = Update.de_json(raw, bot)
    if update.my_chat_member is not None:
        await reading.membership(update, work)
        return
    for route in ROUTES:
        if route.check_update(update) not in (None, False):
            await route.callback(update, work, card)  # type: ignore[arg-type]
            return
    log.info("an update nobody asked for", update=update.update_id)
