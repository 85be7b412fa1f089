"""Keyboards: what Telegram accepts of them."""

import re
from urllib.parse import urlsplit

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.models import Chat, Json
from bot.demo.telegram.params import Args
from bot.demo.telegram.world import World

_MAX_DATA = 64  # bytes
_MAX_BUTTONS = 100
_ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip


def read(args: Args) -> Json | None:
    """Return the reply_markup of a call, checked; None when there is none."""
    markup = args.object("reply_markup")
    if not markup:
        return None
    if "inline_keyboard" in markup:
        rows = [[_inline(button) for button in row] for row in _rows(markup["inline_keyboard"])]
        rows = [row for row in rows if row]
        if sum(map(len, rows)) > _MAX_BUTTONS:
            raise bad_request("REPLY_MARKUP_TOO_LONG")
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        rows = [[_reply(button) for button in row] for row in _rows(markup["keyboard"])]
        return markup | {"keyboard": [row for row in rows if row]}
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def read_inline(args: Args) -> Json | None:
    """Return the inline keyboard of an edit: other keyboards cannot be edited in."""
    markup = read(args)
    return markup if markup is not None and "inline_keyboard" in markup else None


def show(world: World, chat: Chat, markup: Json | None) -> None:
    """Let a message's reply keyboard appear or disappear under the writing field."""
    if markup is not None and "keyboard" in markup:
        world.set_keyboard(chat, markup)
    elif markup is not None and markup.get("remove_keyboard"):
        world.set_keyboard(chat, None)


def _rows(rows: object) -> list[list[object]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("object expected as reply markup")
    return rows


def _inline(button: object) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    button = {name: value for name, value in button.items() if value is not None}
    if not str(button["text"]).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not any(action in button for action in _ACTIONS):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= _MAX_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        button["url"] = _address(str(button["url"]))
    return button


def _address(url: str) -> str:
    if re.match(r"[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?$", url):
        url = f"http://{url}"
    why = None
    try:
        parts = urlsplit(url)
    except ValueError:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL") from None
    if parts.scheme and parts.scheme not in ("http", "https", "tg", "ton"):
        why = "Unsupported URL protocol"
    elif not parts.scheme or not parts.netloc:
        why = "URL host is empty"
    elif parts.scheme in ("http", "https") and "." not in (parts.hostname or ""):
        why = "Wrong HTTP URL"
    if why:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {why}")
    return url


def _reply(button: object) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return button
