"""getUpdates, webhooks, getMe."""

import re
from urllib.parse import urlsplit

from bot.demo.telegram import wire
from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.methods.registry import method
from bot.demo.telegram.models import Json
from bot.demo.telegram.params import Args
from bot.demo.telegram.updates import Webhook
from bot.demo.telegram.world import World


class RawJson(str):
    """A result that is JSON already: updates are written once and passed on as they are."""

    __slots__ = ()


@method("getMe")
def get_me(world: World, _: Args) -> Json:
    """Say who the bot is."""
    return wire.me(world.bot)


@method("getUpdates")
async def get_updates(world: World, args: Args) -> RawJson:
    """Long polling."""
    kinds = args.items("allowed_updates")
    return RawJson(
        await world.updates.poll(
            args.integer("offset"), args.integer("limit", 100), args.integer("timeout"), kinds
        )
    )


@method("setWebhook")
async def set_webhook(world: World, args: Args) -> bool:
    """Post updates to an address; an empty one ends that. Telegram takes https only, and the machine itself
    here."""
    url = args.text("url")
    drop = args.flag("drop_pending_updates")
    world.updates.allow(args.items("allowed_updates"))
    if not url:
        await world.updates.set_webhook(None, drop=drop)
        return True
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = args.optional("secret_token")
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    connections = min(max(args.integer("max_connections", 40), 1), 100)
    await world.updates.set_webhook(Webhook(url, secret=secret, max_connections=connections), drop=drop)
    return True


@method("deleteWebhook")
async def delete_webhook(world: World, args: Args) -> bool:
    """Go back to polling."""
    await world.updates.set_webhook(None, drop=args.flag("drop_pending_updates"))
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, _: Args) -> Json:
    """Say where updates go, how many wait, and the last failure."""
    updates = world.updates
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(updates.pending)}
    if updates.webhook is not None:
        info |= {
            "url": updates.webhook.url,
            "max_connections": updates.webhook.max_connections,
            "ip_address": "127.0.0.1",
        }
        if updates.webhook.last_error is not None:
            info["last_error_date"], info["last_error_message"] = updates.webhook.last_error
    if updates.allowed is not None:
        info["allowed_updates"] = sorted(updates.allowed)
    return info
