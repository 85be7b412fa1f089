"""What a teacher mended or took back changes wherever her words stand."""

from collections.abc import Sequence

from bot import alert, cards, carry, owe, today
from bot.incoming import Press
from bot.team import Desk, address_of, hides_content, rings_now
from bot.texts import card as card_texts
from bot.texts import withdrawal as texts
from bot.whose import teachers
from storage import conversations
from storage.conversations import Bubble, Conversation, Message
from storage.store import Work


async def mirror(work: Work, desk: Desk, conversation: Conversation, message: Message, *, late: bool) -> None:
    """Her new words replace the old ones; after a ``late`` edit the old stay one tap away."""
    await cards.refresh(work, desk, conversation)
    author = await cards.name_of(work, message.author_id)
    hide = await hides_content(work, conversation.reader_id)
    standing = await conversations.bubbles_of_message(work.session, message.id)
    standing = [bubble for bubble in standing if bubble.removed_at is None]
    for bubble in standing:
        if bubble.part in ("copy", "caption"):
            await carry.mend(work, message, bubble, author=author, hide=hide)
        elif bubble.part == "today":
            await today.show_again(work, bubble)
    if message.album is not None and not any(bubble.part == "caption" for bubble in standing):
        card = await _card(work, conversation)
        if card is not None:  # an album gets its first words: no bubble shows them yet
            carry.album_caption(work, conversation, message, card, author=author, hide=hide)
    await alert.show_again(work, conversation)
    if late:
        await _keep_old(work, desk, conversation, message)


async def _keep_old(work: Work, desk: Desk, conversation: Conversation, message: Message) -> None:
    """The référente sees that words changed after she may have read them; the teacher may erase them."""
    card = await _card(work, conversation)
    if card is not None:
        silent = not await rings_now(work, desk, conversation.reader_id)
        carry.old_words(work, conversation, message, card, silent=silent)
    await cards.receipt_buttons(work, conversation)


async def _card(work: Work, conversation: Conversation) -> Bubble | None:
    """The newest card of whoever reads it, if it shows the content."""
    address = await address_of(work, conversation.reader_id)
    shown = await conversations.bubbles_of(work.session, conversation.id, "card", address=address)
    return shown[-1] if shown and conversation.opens else None


async def withdraw_old(work: Work, press: Press) -> str | None:
    """« Retirer l'ancien texte »: of every message of this conversation."""
    conversation = await teachers(work, press)
    if conversation is None:
        return card_texts.not_yours()
    for message in await conversations.messages_of(work.session, conversation.id):
        if message.from_teacher and message.old_text is not None:
            message.old_text = None
            await _remove_old(work, await conversations.bubbles_of_message(work.session, message.id))
    await work.flush()
    await cards.receipt_buttons(work, conversation)
    return texts.old_done()


async def _remove_old(work: Work, bubbles: Sequence[Bubble]) -> None:
    """The bubbles that show a message's old words disappear."""
    for bubble in bubbles:
        if bubble.part == "old-words" and bubble.removed_at is None:
            await owe.remove(work, bubble)
