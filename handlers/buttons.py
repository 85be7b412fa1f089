"""Every button, on one page: its verb, its use case, and who may press it.

A press is answered exactly once, with the toast its use case returns. What it is about follows
from the bubble it stands on (bot/owe.py); the argument, which anybody could forge, only chooses
among what the presser may do anyway.
"""

from collections.abc import Awaitable, Callable

from telegram import Update

from bot import (
    actions,
    alert,
    danger,
    handover,
    mending,
    orientation,
    owe,
    to_whom,
    today,
    which_matter,
    which_school,
    why,
    withdrawal,
)
from bot.incoming import Press
from bot.rights import Who, may
from bot.texts import card as card_texts
from handlers import digest, feeds, meetings, reading, verbs_people, verbs_promises
from storage.store import Work

UseCase = Callable[[Work, Press], Awaitable[str | None]]

VERBS: dict[str, tuple[UseCase, Who]] = {
    # the teacher's receipt and danger card
    "danger": (danger.doubt, Who.TEACHER),
    "alarm": (danger.alarm, Who.TEACHER),
    "no-danger": (danger.no_danger, Who.TEACHER),
    "other-child": (actions.other_child, Who.TEACHER),
    "wait-for": (actions.wait_for, Who.TEACHER),
    "withdraw": (withdrawal.latest, Who.TEACHER),
    "withdraw-old": (mending.withdraw_old, Who.TEACHER),
    "school": (which_school.chosen, Who.TEACHER),
    "matter": (which_matter.chosen, Who.TEACHER),
    # the référente's card
    "call": (actions.call, Who.STAFF),
    "tag": (actions.choose_tag, Who.STAFF),
    "why": (why.shown, Who.STAFF),
    "more": (actions.more, Who.STAFF),
    "ready": (orientation.choose, Who.STAFF),
    "ready-send": (orientation.send, Who.STAFF),
    "ready-drop": (orientation.drop, Who.STAFF),
    "back": (actions.back, Who.STAFF),
    "close": (actions.close, Who.STAFF),
    "wait": (actions.wait, Who.STAFF),
    "split": (actions.split, Who.STAFF),
    "take": (actions.take, Who.STAFF),
    "give": (handover.choose, Who.STAFF),
    "give-to": (handover.propose, Who.STAFF),
    "accept": (handover.accept, Who.STAFF),
    "decline": (handover.decline, Who.STAFF),
    # « À qui ? »
    "to": (to_whom.chosen, Who.STAFF),
    "to-more": (to_whom.more_choices, Who.STAFF),
    "unsend": (to_whom.unsend, Who.STAFF),
    # alerts
    "read-alert": (alert.read, Who.STAFF),
    "handle-alert": (alert.handle, Who.STAFF),
    "cannot-alert": (alert.cannot, Who.STAFF),
    "staff-no-danger": (danger.staff_no_danger, Who.STAFF),
    "seen": (today.seen, Who.STAFF),
    **verbs_people.VERBS,
    **verbs_promises.VERBS,
    **meetings.VERBS,
    **digest.VERBS,
    **feeds.VERBS,
}


async def pressed(update: Update, work: Work, card: str | None) -> None:
    """A button."""
    query = update.callback_query
    if query is None:
        return
    press = await reading.press(query, update, work)
    use_case, who = VERBS.get(press.verb, (None, Who.ANYONE))
    if use_case is None:
        toast: str | None = card_texts.too_old()
    elif not may(who, press.known):
        toast = card_texts.not_yours()
    else:
        toast = await use_case(work, press)
    owe.toast(work, press.address, press.query, toast or "")
