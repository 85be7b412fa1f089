"""Photos, voices, papers, places: carried as they are, both ways; or refused kindly; or said impossible."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from tests.cast import Scene
from tests.phones import Bubble, Phone

KINDS: tuple[tuple[Callable[..., Awaitable[Bubble]], str], ...] = (
    (partial(Phone.sends_photo, caption="le cahier"), "photo"),
    (Phone.sends_voice, "voice"),
    (partial(Phone.sends_document, name="fiche.pdf", caption="la fiche"), "document"),
    (Phone.sends_audio, "audio"),
    (partial(Phone.sends_video, caption="le spectacle"), "video"),
    (Phone.sends_animation, "animation"),
    (Phone.sends_video_note, "video_note"),
    (partial(Phone.sends_sticker, emoji="🌻"), "sticker"),
    (Phone.sends_place, "location"),
    (Phone.sends_venue, "venue"),
    (partial(Phone.sends_contact, phone_number="01 99 00 99 99", first_name="Mme Lenoir"), "contact"),
    (partial(Phone.sends_poll, question="Quel jour ?", options=["lundi", "jeudi"]), "poll"),
    (Phone.sends_dice, "dice"),
)
"""How each is sent, and the kind a phone shows."""
CAPTIONED: tuple[Callable[..., Awaitable[Bubble]], ...] = (
    Phone.sends_photo,
    Phone.sends_video,
    Phone.sends_animation,
    Phone.sends_audio,
    Phone.sends_voice,
    Phone.sends_document,
)


def send_a_story(phone: Phone, *, reply_to: Bubble | None = None) -> None:
    """A forwarded story: one of the kinds Telegram lets no bot copy. Phones here make none themselves."""
    person = {"id": phone.id, "is_bot": False, "first_name": phone.person.first_name}
    chat = {"id": phone.id, "type": "private", "first_name": phone.person.first_name}
    message: dict[str, Any] = {
        "message_id": 900_000 + phone.id % 1000,
        "date": 1,
        "from": person,
        "chat": chat,
    }
    message["story"] = {"chat": chat, "id": 1}
    if reply_to is not None:
        message["reply_to_message"] = {"message_id": reply_to.id, "date": 1, "chat": chat}
    phone.api.world.updates.emit("message", phone.id, message)


async def test_each_kind_reaches_chantal_as_it_is_and_can_be_replied_to(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    for send, kind in KINDS:
        await send(awa)
        await scene.settles()
        copy = chantal.received[-1]
        assert (copy.kind, copy.reply_to, copy.protected) == (kind, card.id, True)
        answered = await chantal.writes(f"Bien arrivé : {kind}.", reply_to=copy)
        await awa.sees(f"Bien arrivé : {kind}.")
        await scene.settles()
        assert chantal.now(answered).reactions == ("👌",), kind


async def test_each_kind_reaches_the_teacher_as_it_is_and_can_be_replied_to(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    for send, kind in KINDS:
        mine = await send(chantal, reply_to=card)
        await scene.settles()
        got = awa.received[-1]
        assert (got.kind, got.protected) == (kind, True)
        assert "Chantal :" in got.text or awa.received[-2].text == "Chantal :", f"{kind}: who sent it?"
        assert chantal.now(mine).reactions == ("👌",), kind
        await awa.writes(f"Et pour la suite ({kind}) ?", reply_to=got)
        assert (await chantal.sees(f"Et pour la suite ({kind}) ?")).reply_to == card.id
        await scene.settles()


async def test_what_is_forwarded_arrives_both_ways(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    notes = [
        await awa.writes("Le mot de la maman : elle cherche de l'aide."),
        await awa.sends_photo("son mot"),
    ]
    await scene.settles()
    for note in notes:
        await awa.forwards(note, hidden_name="La maman")
        await scene.settles()
        copy = chantal.received[-1]
        assert (copy.kind, copy.reply_to) == (note.kind, card.id)
        await chantal.writes(f"Vu ({note.kind}).", reply_to=copy)
        await awa.sees(f"Vu ({note.kind}).")
        await scene.settles()
    plan = await chantal.sends_document("plan.pdf", "le plan", reply_to=card)
    await scene.settles()
    await chantal.forwards(plan, hidden_name="La mairie")
    await chantal.presses("Awa Diallo · CE1 · mardi")
    await scene.settles()
    assert (awa.received[-1].kind, awa.received[-1].text) == ("document", "Chantal : le plan")


async def test_a_voice_that_replies_to_nothing_waits_for_its_address(scene: Scene) -> None:
    chantal, awa, _ = await scene.talking()
    await chantal.sends_voice()
    await chantal.sees("À qui envoyer ce message ?")
    await chantal.presses("Awa Diallo · CE1 · mardi")
    await chantal.sees("Envoyé à Awa Diallo.")
    await scene.settles()
    assert awa.received[-1].kind == "voice"


async def test_a_caption_is_hidden_as_her_words_are(scene: Scene) -> None:
    chantal, awa, _ = await scene.talking()
    await awa.sends_photo("Le cahier de Yanis B.")
    await scene.settles()
    photo = chantal.received[-1]
    assert photo.hidden == ("Le cahier de Yanis B.",)
    assert "Yanis" not in chantal.notifications[-1].text


async def test_each_edited_caption_is_mirrored_both_ways(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    for send in CAPTIONED:
        hers = await send(awa, caption="Le cahier")
        await scene.settles()
        copy = chantal.received[-1]
        await awa.edits(hers, "Le classeur")
        await scene.settles()
        assert chantal.now(copy).text == "Le classeur (modifié)", hers.kind
        mine = await send(chantal, caption="le plan", reply_to=card)
        await scene.settles()
        got = awa.received[-1]
        await chantal.edits(mine, "le plan du centre")
        await scene.settles()
        assert awa.now(got).text == "Chantal : le plan du centre (modifié)", mine.kind


async def test_an_album_that_gets_its_words_later_gets_them_both_ways(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    hers = await awa.sends_album(2)
    await scene.album_leaves()
    await awa.edits(hers[0], "Les pages du cahier")
    words = await chantal.sees("Les pages du cahier")
    assert words.reply_to == card.id
    await scene.settles()
    await awa.edits(hers[0], "Les pages du classeur")
    await scene.settles()
    assert chantal.now(words).text == "Awa Diallo : Les pages du classeur (modifié)"

    mine = await chantal.sends_album(2, reply_to=card)
    await scene.album_leaves()
    await chantal.edits(mine[1], "Nos ateliers")
    await awa.sees("Nos ateliers")


async def test_each_picture_of_an_album_can_be_replied_to(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    await awa.sends_album(2, "Deux pages", kind="document")
    await scene.album_leaves()
    copies = [one for one in chantal.received if one.album is not None]
    assert [one.kind for one in copies] == ["document", "document"]
    for number, copy in enumerate(copies):
        await chantal.writes(f"Page {number} lue.", reply_to=copy)
        await awa.sees(f"Page {number} lue.")
    await chantal.sends_album(2, "Nos ateliers", reply_to=card)
    await scene.album_leaves()
    got = [one for one in awa.received if one.album is not None]
    for number, picture in enumerate(got):
        await awa.writes(f"Et l'atelier {number} ?", reply_to=picture)
        assert (await chantal.sees(f"Et l'atelier {number} ?")).reply_to == card.id


async def test_an_album_stays_an_album_both_ways(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    await awa.sends_album(3, "Les pages du cahier de Yanis B.")
    await scene.album_leaves()
    copies = [one for one in chantal.received if one.kind == "photo"]
    assert len(copies) == 3
    assert len({one.album for one in copies}) == 1
    assert copies[0].album is not None
    words = await chantal.sees("Les pages du cahier")
    assert words.hidden == ("Les pages du cahier de Yanis B.",)
    assert not any("Yanis" in one.text for one in chantal.notifications)

    await chantal.sends_album(2, "Nos ateliers", reply_to=card)
    await scene.album_leaves()
    got = [one for one in awa.received if one.kind == "photo"]
    assert len(got) == 2
    assert len({one.album for one in got}) == 1
    assert sum(one.text == "Chantal :" for one in awa.received) == 1


async def test_an_album_that_opens_a_conversation_is_one_card_and_one_receipt(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await awa.sends_album(3, "Voici les dessins de Lina C.")
    await scene.album_leaves()
    assert sum("Promis d'ici" in one.text for one in chantal.received) == 1
    assert sum("Bien reçu" in one.text for one in awa.received) == 1
    assert sum(one.kind == "photo" for one in chantal.received) == 3


async def test_what_cannot_be_copied_is_said_to_both(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    send_a_story(awa)
    await awa.sees("Ce type de message ne peut pas être remis au centre")
    said = await chantal.sees("Elle a envoyé quelque chose")
    assert said.reply_to == card.id
    send_a_story(chantal, reply_to=card)
    await chantal.sees("Pas arrivé")
    await awa.sees("a envoyé un message qui ne peut pas être remis ici")


async def test_a_voice_note_is_told_that_the_bot_does_not_listen(scene: Scene) -> None:
    await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.sends_voice()
    receipt = await awa.sees("Chantal l'écoute")
    assert "en cas de danger, 17 ou 119" in receipt.text
