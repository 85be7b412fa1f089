"""What Passerelle is measured against: a bare python-telegram-bot application.

Its own polling, the same two sends for a message (a card of the same size and buttons, a receipt),
nothing stored. `python -m tools.bench.bare ADDRESS httpx|aiohttp REFERENTE…`
"""

import sys
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters, Update
from telegram.constants import ParseMode
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.sender import AiohttpRequest
from tools.stage.telegram import TOKEN

AT_ONCE = 16
"""Updates side by side: the fastest of 1, 4, 16 and 64 on the machine this was written on."""
CARD = (
    "<b>École 12 · CE1 · Awa Maîtresse-12</b>, à 10 h 05\n\n<tg-spoiler>{words}</tg-spoiler>\n\n"
    "Plutôt <b>CLAS</b> : parle de devoirs non faits.\nRéponse promise d'ici jeudi midi.\n\n"
    "<i>Pour répondre : glissez ce message vers la gauche, puis écrivez.</i>"
)
RECEIPT = "Bien reçu. Chantal vous répond d'ici jeudi midi. Urgent : 01 99 00 00 00."


def _buttons(*rows: tuple[str, ...]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=label[:16]) for label in row] for row in rows]
    )


CARD_BUTTONS = _buttons(("Je l'appelle", "CLAS ✓"), ("Passer la main", "Plus…"))
RECEIPT_BUTTONS = _buttons(("Autre enfant", "Retirer"), ("⚠️ Danger ou doute",))
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def main(address: str, transport: str, referentes: list[int]) -> None:
    """Relay until told to stop."""

    async def relay(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        assert message is not None
        await context.bot.send_message(
            referentes[message.chat_id % len(referentes)],
            CARD.format(words=escape(message.text or "")),
            parse_mode=ParseMode.HTML,
            reply_markup=CARD_BUTTONS,
            disable_notification=True,
            protect_content=True,
            link_preview_options=NO_PREVIEW,
        )
        await context.bot.send_message(
            message.chat_id,
            RECEIPT,
            parse_mode=ParseMode.HTML,
            reply_markup=RECEIPT_BUTTONS,
            reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
            disable_notification=True,
            link_preview_options=NO_PREVIEW,
        )

    builder = Application.builder().token(TOKEN).base_url(f"{address}/bot").concurrent_updates(AT_ONCE)
    if transport == "aiohttp":
        builder = builder.request(AiohttpRequest(AT_ONCE)).get_updates_request(AiohttpRequest(1))
    else:
        builder = builder.connection_pool_size(AT_ONCE)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, relay))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], [int(one) for one in sys.argv[3:]])
