"""What the bot says of itself to Telegram: its commands and its two descriptions."""

from telegram import Bot, BotCommand

from bot.texts import help as texts


async def introduce(bot: Bot) -> None:
    """Say it, if Telegram does not know it yet: Telegram limits how often these may change."""
    commands = tuple(BotCommand(name, description) for name, description in texts.COMMANDS)
    if await bot.get_my_commands() != commands:
        await bot.set_my_commands(commands)
    if (await bot.get_my_description()).description != texts.description():
        await bot.set_my_description(texts.description())
    if (await bot.get_my_short_description()).short_description != texts.short_description():
        await bot.set_my_short_description(texts.short_description())
