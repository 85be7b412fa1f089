"""Telegram's little HTML: the only place where people's words are escaped."""

from html import escape

BUBBLE, CAPTION = 4096, 1024
"""Characters that Telegram takes in a text and in a caption, counted in UTF-16 after the entities."""


def esc(words: str) -> str:
    """Somebody's words, safe inside HTML; control characters that Telegram refuses are left out."""
    return escape("".join(one for one in words if one in "\n\t" or ord(one) >= 32), quote=False)


def bold(words: str) -> str:
    """Bold, escaped."""
    return f"<b>{esc(words)}</b>"


def code(words: str) -> str:
    """Escaped, and copied by a touch."""
    return f"<code>{esc(words)}</code>"


def hidden(words: str, *, hide: bool) -> str:
    """Somebody's words, as a spoiler when the reader chose so."""
    return f"<tg-spoiler>{esc(words)}</tg-spoiler>" if hide else esc(words)


def fits(words: str, *, most: int = BUBBLE) -> bool:
    """Whether these words, tags apart, fit in one bubble (or caption) of so many characters."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2 <= most
