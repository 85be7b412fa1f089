"""Telegram's own refusals, word for word: the descriptions are what client libraries and bots decide on.

Sources: the Bot API server's public code (telegram-bot-api, TDLib) and answers seen in public issue threads.
"""

from typing import Any


class Refusal(Exception):
    """An answer of Telegram that is not a result: HTTP status, description, and parameters (retry_after,
    …)."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """Return the JSON object sent as the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return body


def bad_request(what: str) -> Refusal:
    """Return a 400 with Telegram's prefix."""
    return Refusal(400, f"Bad Request: {what}")


def chat_not_found() -> Refusal:
    """The bot has never met this chat, or the id is wrong."""
    return bad_request("chat not found")


def bot_was_blocked() -> Refusal:
    """The person stopped the bot."""
    return Refusal(403, "Forbidden: bot was blocked by the user")


def cannot_initiate() -> Refusal:
    """The bot knows the person from a group, but she never pressed Start."""
    return Refusal(403, "Forbidden: bot can't initiate conversation with a user")


def user_is_deactivated() -> Refusal:
    """The person's account is gone."""
    return Refusal(403, "Forbidden: user is deactivated")


def bot_was_kicked(kind: str) -> Refusal:
    """The bot was removed from a group (`kind`: the chat's type)."""
    return Refusal(403, f"Forbidden: bot was kicked from the {kind} chat")


def bot_is_not_a_member(kind: str) -> Refusal:
    """The bot left, or never was in, a group (`kind`: the chat's type)."""
    return Refusal(403, f"Forbidden: bot is not a member of the {kind} chat")


def upgraded(new_id: int) -> Refusal:
    """The group became a supergroup under another id."""
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, text, migrate_to_chat_id=new_id)


def too_many_requests(retry_after: int) -> Refusal:
    """Too fast: wait `retry_after` seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def not_modified() -> Refusal:
    """An edit that changes nothing."""
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )


def query_too_old() -> Refusal:
    """A button's answer that comes too late, twice, or for nothing."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")


def terminated_by_other_poll() -> Refusal:
    """Two pollers at once: the earlier one is told."""
    text = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    return Refusal(409, text)


def webhook_is_active() -> Refusal:
    """Polling while a webhook is set."""
    text = "Conflict: can't use getUpdates method while webhook is active;"
    return Refusal(409, f"{text} use deleteWebhook to delete the webhook first")


def terminated_by_webhook() -> Refusal:
    """A webhook was set while a poll was waiting."""
    return Refusal(409, "Conflict: terminated by setWebhook request")


def unauthorized() -> Refusal:
    """Another token than the demo's."""
    return Refusal(401, "Unauthorized")


def method_not_found() -> Refusal:
    """A method that Telegram, or this emulator, does not have."""
    return Refusal(404, "Not Found: method not found")


def internal_error() -> Refusal:
    """Telegram's own failure."""
    return Refusal(500, "Internal Server Error")
