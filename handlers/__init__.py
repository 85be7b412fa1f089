"""The Telegram edge, on one page: which update goes to which handler.

A handler has three movements: read the update, call one use case, end. The first route that fits
takes the update. python-telegram-bot's filters decide; its Application is not used, because one
update must be one unit of work of ours (docs/decisions/no-application.md).
"""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.intake import KINDS
from handlers import (
    absence,
    buttons,
    calls,
    digest,
    feeds,
    groups,
    help,
    joining,
    meetings,
    reading,
    rhythm,
    staff,
    words,
)
from handlers.commands import introduce
from storage.store import Work

log = structlog.get_logger(__name__)

__all__ = ["KINDS", "handle", "introduce"]

Handler = Callable[[Update, Work, str | None], Awaitable[None]]
"""The update, the unit of work, and the ref of the danger card that already left for it."""

Check = Callable[[Update], object]

PRIVATE = filters.ChatType.PRIVATE
MEETING = filters.Regex(r"(?i)^\s*(?:r[ée]union|rencontre|point (?:de )?liaison)")
"""« réunion », with its words in any order after it; the use case decides whether it is a meeting."""
LONE_COMMAND = filters.Regex(r"^/\w+(?:@\w+)?\s*$")
"""A command we do not have: no message for the centre. With words after it, it is one."""


async def _never(_update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """python-telegram-bot's handlers only recognise updates here; ours are called by :func:`handle`."""


def _command(name: str) -> Check:
    return CommandHandler(name, _never, filters=PRIVATE & filters.UpdateType.MESSAGE).check_update


ROUTES: tuple[tuple[Check, Handler], ...] = (
    (filters.ChatType.GROUPS.check_update, groups.leave),
    (CallbackQueryHandler(_never).check_update, buttons.pressed),
    (_command("start"), joining.start),
    (_command("quitter"), joining.leave),
    (_command("retirer"), words.withdraw),
    (_command("reunion"), meetings.open),
    (_command("semaine"), digest.open),
    (_command("agenda"), feeds.open),
    (_command("appel"), calls.open),
    (_command("absence"), absence.open),
    (_command("rythme"), rhythm.open),
    (_command("equipe"), staff.open),
    (_command("aide"), help.help),
    (_command("clas_ou_pre"), help.clas_or_pre),
    ((PRIVATE & filters.UpdateType.MESSAGE & LONE_COMMAND).check_update, help.help),
    ((PRIVATE & filters.UpdateType.EDITED_MESSAGE).check_update, words.edited),
    ((PRIVATE & filters.UpdateType.MESSAGE & MEETING).check_update, meetings.said),
    ((PRIVATE & filters.UpdateType.MESSAGE).check_update, words.said),
)


async def handle(raw: dict[str, Any], work: Work, bot: Bot) -> None:
    """Handle one raw update; an update of a kind we did not ask for is let go."""
    card = raw.pop("danger_card", None)
    update = Update.de_json(raw, bot)
    if update.my_chat_member is not None:
        await reading.membership(update, work)
        return
    for fits, handler in ROUTES:
        if fits(update) not in (None, False):
            await handler(update, work, card)
            return
    log.info("an update nobody asked for", update=update.update_id)
