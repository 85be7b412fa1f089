"""Reactions (Telegram's list only) and answers to pressed buttons."""

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.methods.messages import find, open_chat
from bot.demo.telegram.methods.registry import method
from bot.demo.telegram.models import Chat, Message
from bot.demo.telegram.params import Args
from bot.demo.telegram.world import World

# The list of ReactionTypeEmoji in the official specification (10.1); a test holds it to that.
_LISTED = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 "
    "💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 "
    "😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡"
)
EMOJI = frozenset(_LISTED.split())
_MAX_ANSWER = 200


@method("setMessageReaction")
def set_message_reaction(world: World, args: Args) -> bool:
    """Set the bot's one reaction, or take it away with an empty list."""
    chat = open_chat(world, args)
    message = reacted(chat, find(chat, args.integer("message_id"), "react"))
    reactions = args.items("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        check(reaction)
    if message.kind == "service":
        raise bad_request("REACTION_INVALID")
    if reactions:
        message.reactions[world.bot.id] = reactions
    else:
        message.reactions.pop(world.bot.id, None)
    world.edited(message)
    return True


@method("answerCallbackQuery")
def answer_callback_query(world: World, args: Args) -> bool:
    """Answer a pressed button: nothing, a toast, an alert or an address."""
    text = args.optional("text")
    if text is not None and len(text) > _MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    world.answer(args.text("callback_query_id"), text, args.flag("show_alert"), args.optional("url"))
    return True


def reacted(chat: Chat, message: Message) -> Message:
    """Return the message that holds the reaction: an album's is held by its first message still there."""
    if message.album is None:
        return message
    return next(other for other in chat.messages.values() if other.album == message.album)


def check(reaction: object) -> None:
    """Raise Telegram's refusal of a reaction that is not on its list."""
    if not isinstance(reaction, dict):
        raise bad_request("can't parse ReactionType: expected an Object")
    if reaction.get("type") not in ("emoji", "custom_emoji"):
        raise bad_request("can't parse ReactionType: invalid reaction type specified")
    if reaction.get("emoji") not in EMOJI:
        raise bad_request("REACTION_INVALID")
