"""What we owe to a chat: each function adds one row to the outbox, in the work that decides it.

Buttons are rows of ``(label, data)``; data is a verb understood by ``handlers/buttons.py``, or an
https address. What a button is about follows from the bubble it stands on, never from its data:
a forged press can name nobody else's conversation.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.texts.typography import french
from storage import outbox
from storage.conversations import Bubble, Conversation, Message
from storage.outbox import OutboxRow
from storage.store import Work

Buttons = Sequence[Sequence[tuple[str, str]]]

ALBUM_GATHERS = timedelta(milliseconds=700)
"""Pictures of an album come as separate updates; Telegram sends them well within this."""


def _owe(work: Work, row: OutboxRow) -> None:
    work.add(row)
    work.news.add("outbox")


def _options(buttons: Buttons, **others: Any) -> dict[str, Any]:
    options = {name: value for name, value in others.items() if value}
    if buttons:
        options["buttons"] = [[list(one) for one in row] for row in buttons]
    return options


def send(
    work: Work,
    address: str,
    text: str,
    *,
    part: str,
    conversation: Conversation | None = None,
    message: Message | None = None,
    buttons: Buttons = (),
    silent: bool = False,
    protected: bool = False,
    reply_to: Bubble | None = None,
    tell: Bubble | None = None,
    urgent: bool = False,
    dedup: str | None = None,
    not_before: datetime | None = None,
    asks_contact: str | None = None,
    keyboard_off: bool = False,
) -> Bubble:
    """Owe a new bubble. ``urgent`` overtakes what already waits for that chat."""
    bubble = Bubble(
        conversation=conversation,
        centre_id=conversation.centre_id if conversation else None,
        message=message,
        address=address,
        part=part,
        made_at=work.now,
    )
    work.add(bubble)
    _owe(
        work,
        OutboxRow(
            centre_id=bubble.centre_id,
            address=address,
            lane=f"{address}!" if urgent else address,
            call="send",
            text=french(text),
            options=_options(
                buttons,
                silent=silent,
                protected=protected,
                asks_contact=asks_contact,
                keyboard_off=keyboard_off,
            ),
            bubble=bubble,
            reply_to=reply_to,
            tell=tell,
            dedup=dedup,
            not_before=not_before or work.now,
            created_at=work.now,
        ),
    )
    return bubble


async def edit(
    work: Work, bubble: Bubble, text: str, *, buttons: Buttons = (), caption: bool = False
) -> None:
    """Owe a bubble other words; what still waits to be sent is simply replaced."""
    options = _options(buttons, caption=caption)
    options.setdefault("buttons", [])
    text = french(text)
    await work.flush()
    before = await outbox.latest_open(work.session, bubble.id)
    if before is None or not await outbox.replace(work.session, before, text, options):
        _change(work, bubble, "edit", text, options, after=before)


async def set_buttons(work: Work, bubble: Bubble, buttons: Buttons = ()) -> None:
    """Owe a bubble other buttons, or none."""
    await work.flush()
    before = await outbox.latest_open(work.session, bubble.id)
    _change(work, bubble, "buttons", None, _options(buttons), after=before)


def _change(
    work: Work,
    bubble: Bubble,
    call: str,
    text: str | None,
    options: dict[str, Any],
    *,
    after: OutboxRow | None = None,
) -> None:
    """In the lane of the call it must come ``after``: a bubble is never changed before it is there."""
    _owe(
        work,
        OutboxRow(
            centre_id=bubble.centre_id,
            address=bubble.address,
            lane=bubble.address if after is None else after.lane,
            call=call,
            text=text,
            options=options,
            bubble=bubble,
            not_before=work.now,
            created_at=work.now,
        ),
    )


async def remove(work: Work, bubble: Bubble) -> None:
    """Owe that a bubble disappears; one that has not left yet never will."""
    await work.flush()
    bubble.removed_at = work.now
    if not await outbox.drop_waiting(work.session, bubble.id, work.now):
        before = await outbox.latest_open(work.session, bubble.id)
        _change(work, bubble, "delete", None, {}, after=before)


def react(work: Work, bubble: Bubble, emoji: str) -> None:
    """Owe a reaction on somebody's own bubble."""
    _change(work, bubble, "react", None, {"emoji": emoji})


def copy(
    work: Work,
    address: str,
    source: Bubble,
    *,
    part: str,
    conversation: Conversation,
    message: Message,
    caption: str | None = None,
    silent: bool = False,
    protected: bool = False,
    reply_to: Bubble | None = None,
    tell: Bubble | None = None,
    buttons: Buttons = (),
) -> Bubble:
    """Owe a copy of what somebody sent, as it is; ``caption`` replaces its caption."""
    bubble = _copied(work, address, part, conversation, message)
    _owe(
        work,
        OutboxRow(
            centre_id=conversation.centre_id,
            address=address,
            lane=address,
            call="copy",
            text=french(caption) if caption is not None else None,
            options=_options(buttons, silent=silent, protected=protected),
            bubble=bubble,
            copies=source,
            reply_to=reply_to,
            tell=tell,
            not_before=work.now,
            created_at=work.now,
        ),
    )
    return bubble


async def album(
    work: Work,
    address: str,
    source: Bubble,
    *,
    group: str,
    part: str,
    conversation: Conversation,
    message: Message,
    silent: bool = False,
    protected: bool = False,
    bare: bool = False,
    tell: Bubble | None = None,
) -> Bubble:
    """Owe one more picture of an album: those that come together leave together; ``bare``: uncaptioned."""
    bubble = _copied(work, address, part, conversation, message)
    await work.flush()
    row = await outbox.waiting_album(work.session, address, group)
    if row is None:
        row = OutboxRow(
            centre_id=conversation.centre_id,
            address=address,
            lane=address,
            call="album",
            options=_options((), silent=silent, protected=protected, bare=bare) | {"album": []},
            copies=source,
            bubble=bubble,
            tell=tell,
            dedup=f"album:{address}:{group}:{bubble.id}",
            not_before=work.now,
            created_at=work.now,
        )
        _owe(work, row)
    row.options = row.options | {"album": [*row.options["album"], [source.ref, bubble.id]]}
    row.not_before = work.now + ALBUM_GATHERS
    return bubble


async def gathers(work: Work, address: str, group: str | None) -> bool:
    """Whether an album is already on its way to a chat, and still takes pictures."""
    return group is not None and await outbox.waiting_album(work.session, address, group) is not None


def _copied(work: Work, address: str, part: str, conversation: Conversation, message: Message) -> Bubble:
    return work.add(
        Bubble(
            conversation=conversation,
            centre_id=conversation.centre_id,
            message=message,
            address=address,
            part=part,
            made_at=work.now,
        )
    )


def document(work: Work, address: str, content: str, *, name: str, part: str) -> Bubble:
    """Owe a small text file of ours, made on the spot."""
    bubble = Bubble(address=address, part=part, made_at=work.now)
    work.add(bubble)
    _owe(
        work,
        OutboxRow(
            address=address,
            lane=address,
            call="document",
            text=content,
            options={"name": name, "silent": True},
            bubble=bubble,
            not_before=work.now,
            created_at=work.now,
        ),
    )
    return bubble


def picture(
    work: Work, address: str, caption: str, drawing: dict[str, Any], *, part: str, dedup: str
) -> Bubble:
    """Owe a picture, drawn as it leaves from figures of ours, silently; its caption alone if it cannot be."""
    bubble = Bubble(address=address, part=part, made_at=work.now)
    work.add(bubble)
    _owe(
        work,
        OutboxRow(
            address=address,
            lane=address,
            call="picture",
            text=french(caption),
            options={"drawing": drawing, "silent": True},
            bubble=bubble,
            dedup=dedup,
            not_before=work.now,
            created_at=work.now,
        ),
    )
    return bubble


def toast(work: Work, address: str, query: str, text: str = "", *, alert: bool = False) -> None:
    """Owe the answer to a pressed button; it overtakes the chat's other calls, for it expires."""
    _owe(
        work,
        OutboxRow(
            address=address,
            lane=f"{address}?{query}!",
            call="toast",
            text=french(text) or None,
            options=_options((), alert=alert) | {"query": query},
            dedup=f"toast:{query}",
            not_before=work.now,
            created_at=work.now,
        ),
    )


def leave(work: Work, address: str) -> None:
    """Owe that the bot leaves a group, once what it has to say there is said."""
    _owe(
        work,
        OutboxRow(address=address, lane=address, call="leave", not_before=work.now, created_at=work.now),
    )
