"""What a centre does not take: said at once to whoever sends it; nobody else sees anything. Both ways."""

from collections.abc import Sequence

import pytest

from bot.centres import DEFAULT_KINDS
from storage.centres import Centre
from tests.cast import Scene
from tests.stories.test_media import KINDS

REFUSED = ("photo", "video", "animation", "video_note", "audio")
"""What a centre that says nothing does not take."""
SENT = {kind: send for send, kind in KINDS}


async def accepts(scene: Scene, kinds: Sequence[str] = DEFAULT_KINDS) -> None:
    async with scene.service.store.work(scene.clock.now()) as work:
        centre = await work.session.get_one(Centre, 1)
        centre.accepts = list(kinds)


@pytest.mark.parametrize("kind", REFUSED)
async def test_what_the_centre_does_not_take_is_refused_both_ways(scene: Scene, kind: str) -> None:
    await accepts(scene)
    chantal, awa, card = await scene.talking()
    hers, theirs = len(chantal.received), len(awa.received)
    await SENT[kind](awa)
    refused = await awa.sees("rien n'a été gardé, personne n'a rien vu")
    assert "01 99 00 12 34" in refused.text
    await scene.settles()
    assert len(chantal.received) == hers
    await SENT[kind](chantal, reply_to=card)
    await chantal.sees("Rien n'est parti : ici,")
    await SENT[kind](chantal)
    await scene.settles()
    assert not chantal.shows("À qui envoyer ce message ?")
    assert len(awa.received) == theirs + 1, "nothing but her own refusal"


async def test_all_the_rest_still_passes_both_ways(scene: Scene) -> None:
    await accepts(scene)
    chantal, awa, card = await scene.talking()
    for send, kind in KINDS:
        if kind not in REFUSED:
            await send(awa)
            await scene.settles()
            assert chantal.received[-1].kind == kind
            await send(chantal, reply_to=card)
            await scene.settles()
            assert awa.received[-1].kind == kind


@pytest.mark.parametrize("kind", ["voice", "document", "sticker", "location", "contact"])
async def test_a_centre_may_take_nothing_but_text(scene: Scene, kind: str) -> None:
    await accepts(scene, [])
    chantal, awa, card = await scene.talking()
    await SENT[kind](awa)
    await awa.sees("Ici, ce type de message ne passe pas")
    await SENT[kind](chantal, reply_to=card)
    await chantal.sees("ici, ce type de message ne passe pas")


async def test_a_refused_album_is_said_once(scene: Scene) -> None:
    await accepts(scene)
    chantal, awa, card = await scene.talking()
    await awa.sends_album(3)
    await chantal.sends_album(3, reply_to=card)
    await scene.settles()
    assert sum("ne passent pas" in one.text for one in awa.received) == 1
    assert sum("ne passent pas" in one.text for one in chantal.received) == 1


async def test_grave_words_under_a_refused_photo_go_on_alone(scene: Scene) -> None:
    await accepts(scene)
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await awa.sends_photo("Il a des marques de ceinture, son père l'a frappé.")
    await awa.sees("En danger maintenant : 17 ou 112")
    await awa.sees("seuls vos mots ont été gardés")
    await awa.sees("J'appelle Chantal")
    await scene.settles()
    assert not any(one.kind == "photo" for one in chantal.received)
    assert chantal.shows("marques de ceinture")


async def test_grave_words_under_the_referentes_refused_photo_show_her_the_card(scene: Scene) -> None:
    await accepts(scene)
    chantal, awa, card = await scene.talking()
    await chantal.sends_photo("Il a des marques de ceinture, son père l'a frappé.", reply_to=card)
    await chantal.sees("119")
    await chantal.sees("Rien n'est parti : ici, les photos ne passent pas.")
    await scene.settles()
    assert not awa.shows("ceinture")
