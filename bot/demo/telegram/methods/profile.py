"""What the bot says of itself: commands per scope and language, name, descriptions."""

import re

from bot.demo.telegram.errors import bad_request, chat_not_found
from bot.demo.telegram.methods.registry import method
from bot.demo.telegram.models import Chat, Json
from bot.demo.telegram.params import Args
from bot.demo.telegram.world import World

_SCOPES = (
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators",
    "chat", "chat_administrators", "chat_member",
)  # fmt: skip


@method("setMyCommands")
def set_my_commands(world: World, args: Args) -> bool:
    """Replace the commands of one scope and language."""
    key = _key(world, args)
    commands = args.items("commands") or []
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for command in commands:
        if not isinstance(command, dict):
            raise bad_request("can't parse BotCommand: expected an Object")
        name = str(command.get("command", "")).removeprefix("/").lower()
        description = str(command.get("description", "")).strip()
        if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": name, "description": description})
    world.bot.commands[key] = kept
    world.touch("bot", 0)
    world.events.publish("commands", kept)
    return True


@method("deleteMyCommands")
def delete_my_commands(world: World, args: Args) -> bool:
    """Forget the commands of one scope and language."""
    world.bot.commands.pop(_key(world, args), None)
    world.touch("bot", 0)
    return True


@method("getMyCommands")
def get_my_commands(world: World, args: Args) -> list[Json]:
    """Return the commands of one scope and language: exactly those, none inherited."""
    return world.bot.commands.get(_key(world, args), [])


def commands_shown(world: World, chat: Chat, language: str) -> list[Json]:
    """Return the commands a person sees in this chat: the narrowest scope first, her language before none."""
    general = "all_private_chats" if chat.type == "private" else "all_group_chats"
    for scope in (f"chat:{chat.id}", general, "default"):
        for code in (language, ""):
            if (found := world.bot.commands.get(f"{scope}/{code}")) is not None:
                return found
    return []


@method("setMyName")
def set_my_name(world: World, args: Args) -> bool:
    """Set the bot's name, 64 letters at most; empty takes that language's away."""
    name = _text(args, "name", 64)
    if args.text("language_code"):
        _put(world, world.bot.names, args, name)
    elif name:
        world.bot.name = name
        world.touch("bot", 0)
    return True


@method("getMyName")
def get_my_name(world: World, args: Args) -> Json:
    """Return the bot's name in this language."""
    return {"name": world.bot.names.get(args.text("language_code"), world.bot.name)}


@method("setMyDescription")
def set_my_description(world: World, args: Args) -> bool:
    """Set what an empty chat with the bot shows, 512 letters at most."""
    _put(world, world.bot.descriptions, args, _text(args, "description", 512))
    return True


@method("getMyDescription")
def get_my_description(world: World, args: Args) -> Json:
    """Return what an empty chat with the bot shows."""
    return {"description": _said(world.bot.descriptions, args)}


@method("setMyShortDescription")
def set_my_short_description(world: World, args: Args) -> bool:
    """Set what the bot's profile says, 120 letters at most."""
    _put(world, world.bot.short_descriptions, args, _text(args, "short_description", 120))
    return True


@method("getMyShortDescription")
def get_my_short_description(world: World, args: Args) -> Json:
    """Return what the bot's profile says."""
    return {"short_description": _said(world.bot.short_descriptions, args)}


def _key(world: World, args: Args) -> str:
    scope = args.object("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    key = str(kind)
    if "chat_id" in scope:
        chat_id = Args(scope).chat_id()
        if chat_id not in world.chats:
            raise chat_not_found()
        key += f":{chat_id}"
    if "user_id" in scope:
        key += f":{scope['user_id']}"
    return f"{key}/{args.text('language_code')}"


def _text(args: Args, name: str, longest: int) -> str:
    value = args.text(name).strip()
    if len(value) > longest:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    return value


def _put(world: World, table: dict[str, str], args: Args, value: str) -> None:
    language = args.text("language_code")
    if value:
        table[language] = value
    else:
        table.pop(language, None)
    world.touch("bot", 0)


def _said(table: dict[str, str], args: Args) -> str:
    return table.get(args.text("language_code")) or table.get("", "")
