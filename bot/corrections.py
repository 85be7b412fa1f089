"""What a référente says of a proposal is kept, and what was learned from it reads the next messages."""

from typing import Any
from weakref import WeakKeyDictionary

from bot.learning import plan_night
from bot.rules import model, words
from bot.rules.layer import Judged, Layer, vector_of
from bot.rules.tagger import tag
from storage import conversations, learning
from storage.conversations import Conversation, Message
from storage.learning import Correction, KeptLayer, Stock
from storage.store import Work

_at_hand: WeakKeyDictionary[Any, dict[int, tuple[int, Stock, Layer]]] = WeakKeyDictionary()
"""For each database, each centre's layer with what it was made of: made again when any of it changes."""


async def keep(work: Work, conversation: Conversation, chosen: str) -> None:
    """Keep what she chose; said twice, the last holds. A conversation she noted herself had no proposal."""
    one = await learning.of_conversation(work.session, conversation.id)
    if one is None:
        message = await _proposed_for(work, conversation)
        if message is None or not conversation.reason or conversation.territory_by_id is not None:
            return
        one = work.add(
            Correction(
                centre_id=conversation.centre_id,
                message_id=message.id,
                was=conversation.territory,
                asked=conversation.unsure,
            )
        )
    one.person_id, one.becomes, one.at, one.set_aside_at = conversation.reader_id, chosen, work.now, None
    await plan_night(work, conversation.centre_id)


async def _proposed_for(work: Work, conversation: Conversation) -> Message | None:
    """The message the proposal was read in: the first that is not « autre », else the first."""
    said = [
        one
        for one in await conversations.messages_of(work.session, conversation.id)
        if one.from_teacher and one.text and one.withdrawn_at is None and not one.closing
    ]
    telling = (one for one in said if tag(one.text or "").territory != "autre")
    return next(telling, said[0] if said else None)


async def layer_of(work: Work, centre_id: int) -> Layer | None:
    """What was learned for this centre, as it stands now; None when nothing was, or without weights."""
    kept = await learning.active(work.session, centre_id)
    weights = model.shipped()
    if kept is None or weights is None:
        return None
    stock = await learning.stock(work.session, centre_id)
    layers = _at_hand.setdefault(work.session.get_bind(), {})
    held = layers.get(centre_id)
    if held is not None and held[:2] == (kept.id, stock):
        return held[2]
    layer = Layer.of(await _judged(work, weights, kept))
    layers[centre_id] = (kept.id, stock, layer)
    return layer


async def _judged(work: Work, weights: model.Model, kept: KeptLayer) -> list[Judged]:
    """The messages the layer was learned from, whose words are still there."""
    found = await learning.judged_among(work.session, kept.centre_id, [int(one) for one in kept.pulls])
    return [
        Judged(
            vector_of(weights, words.tokens(words.fold(one.words))),
            one.correction.person_id,
            tuple(kept.pulls[str(one.correction.id)]),
        )
        for one in found
    ]
