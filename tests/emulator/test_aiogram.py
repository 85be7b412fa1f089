"""A second client library through the same stories: the emulator must not drift towards our own bot."""

import asyncio

import pytest
from aiogram import Bot, Dispatcher
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputPollOption,
    Message,
    ReactionTypeEmoji,
    ReplyParameters,
)

from bot.demo.telegram import LocalBotApi
from bot.demo.telegram.samples import sample
from tests.emulator.waiting import until
from tests.phones import Phone

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="J'ai lu", callback_data="read")]]
)


async def test_a_conversation_by_long_polling(api: LocalBotApi, aio: Bot) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart(deep_link=True))
    async def welcome(message: Message, command: CommandObject) -> None:
        await message.answer(
            f"<b>Bonjour</b>, {command.args}", parse_mode=ParseMode.HTML, reply_markup=KEYBOARD
        )

    @dispatcher.callback_query()
    async def read(query: CallbackQuery) -> None:
        await query.answer("Merci.")
        assert isinstance(query.message, Message)
        await query.message.edit_text("C'est prêt.")

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.reply(message.text or message.content_type)

    polling = asyncio.create_task(dispatcher.start_polling(aio, polling_timeout=5, handle_signals=False))
    awa = Phone(api, "Awa")
    await awa.opens("https://t.me/passerelle_demo_bot?start=AbC")
    shown = await awa.sees("Bonjour, AbC")
    assert shown.entities == ({"type": "bold", "offset": 0, "length": 7},)
    answer = await awa.presses("J'ai lu")
    assert answer.text == "Merci."
    edited = await awa.sees("C'est prêt.")
    assert (edited.id, edited.labels) == (shown.id, ())
    written = await awa.writes("Lina n'a pas ses lunettes 👓")
    assert (await awa.sees("lunettes 👓")).reply_to == written.id
    photo = await awa.sends_photo("la classe")
    assert (await awa.sees("photo")).reply_to == photo.id
    await dispatcher.stop_polling()
    await polling


async def test_everything_sent_is_understood(api: LocalBotApi, aio: Bot, awa: Phone) -> None:
    me = await aio.me()
    assert (me.id, me.is_bot) == (1, True)
    picture = BufferedInputFile(sample("photo").data, "a.jpg")
    photo = await aio.send_photo(awa.id, picture, caption="<i>ici</i>", parse_mode="HTML", has_spoiler=True)
    assert photo.photo is not None
    assert photo.photo[-1].width == 480
    group = await aio.send_media_group(
        awa.id, [InputMediaPhoto(media=picture, caption="un"), InputMediaPhoto(media=photo.photo[-1].file_id)]
    )
    assert group[0].media_group_id == group[1].media_group_id
    document = await aio.send_document(awa.id, BufferedInputFile(b"note", "note.txt"))
    assert document.document is not None
    assert document.document.file_name == "note.txt"
    voice = await aio.send_voice(awa.id, BufferedInputFile(sample("voice").data, "v.ogg"), duration=2)
    assert voice.voice is not None
    downloaded = await aio.download(document.document.file_id)
    assert downloaded is not None
    assert downloaded.read() == b"note"
    await aio.send_location(awa.id, 48.9, 2.2)
    await aio.send_venue(awa.id, 48.9, 2.2, "École", "1 rue du Parc")
    await aio.send_contact(awa.id, "+33639980000", "Chantal")
    poll = await aio.send_poll(
        awa.id, "Quand ?", [InputPollOption(text="lundi"), InputPollOption(text="mardi")]
    )
    assert poll.poll is not None
    assert [option.text for option in poll.poll.options] == ["lundi", "mardi"]
    dice = await aio.send_dice(awa.id)
    assert dice.dice is not None
    await aio.send_chat_action(awa.id, "typing")
    replied = await aio.send_message(
        awa.id, "oui", reply_parameters=ReplyParameters(message_id=photo.message_id, quote="ici")
    )
    assert replied.reply_to_message is not None
    assert replied.quote is not None
    await aio.set_message_reaction(awa.id, photo.message_id, [ReactionTypeEmoji(emoji="👍")])
    await aio.edit_message_caption(chat_id=awa.id, message_id=photo.message_id, caption="là")
    await aio.edit_message_reply_markup(chat_id=awa.id, message_id=replied.message_id, reply_markup=KEYBOARD)
    copied = await aio.copy_message(awa.id, awa.id, photo.message_id)
    ids = [message.message_id for message in group]
    assert len(await aio.copy_messages(awa.id, awa.id, ids)) == 2
    assert (await aio.forward_message(awa.id, awa.id, copied.message_id)).forward_origin is not None
    assert await aio.delete_messages(awa.id, ids)
    await aio.set_my_commands([BotCommand(command="aide", description="Comment faire")])
    assert [command.command for command in await aio.get_my_commands()] == ["aide"]
    assert (await aio.get_chat(awa.id)).first_name == "Awa"


async def test_refusals_become_its_exceptions(api: LocalBotApi, aio: Bot, awa: Phone) -> None:
    sent = await aio.send_message(awa.id, "x")
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await aio.edit_message_text("x", chat_id=awa.id, message_id=sent.message_id)
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await aio.send_message(4, "x")
    api.faults.add("too_many_requests", retry_after=3)
    with pytest.raises(TelegramRetryAfter) as refused:
        await aio.send_message(awa.id, "x")
    assert refused.value.retry_after == 3
    api.faults.add("server_error")
    with pytest.raises(TelegramServerError):
        await aio.send_message(awa.id, "x")
    api.faults.add("drop")
    with pytest.raises(TelegramNetworkError):
        await aio.send_message(awa.id, "x")
    await awa.blocks_bot()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await aio.send_message(awa.id, "x")


async def test_two_pollers_conflict(api: LocalBotApi, aio: Bot) -> None:
    first = asyncio.create_task(aio.get_updates(timeout=20))
    await until(lambda: api.world.updates.polling)
    second = asyncio.create_task(aio.get_updates(timeout=20))
    with pytest.raises(TelegramConflictError):
        await first
    await Phone(api, "Awa").opens()
    assert len(await second) == 1
