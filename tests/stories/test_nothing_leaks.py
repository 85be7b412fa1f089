"""A whole story, danger included, with the logs as they are in service: no word of anybody, no token."""

import io
import json
from datetime import timedelta

import structlog

from bot import logs
from tests.cast import Scene

SECRETS = ("Yanis", "ceinture", "devoirs", "Réponse", "cahier", "Lina", "Diallo", "Awa")


async def test_no_log_line_holds_words_names_or_the_token(scene: Scene) -> None:
    out = io.StringIO()
    logs.configure(json=True, stream=out)
    try:
        chantal, esmaman = await scene.staff("Chantal"), await scene.staff("Esmaman")
        awa = await scene.teacher("Awa", "Diallo")
        await awa.writes("Bonjour, Yanis B. ne rend plus ses devoirs.")
        card = await chantal.sees("Yanis B.")
        await chantal.writes("Réponse à propos de Yanis.", reply_to=card)
        await awa.sees("Réponse à propos")
        await awa.sends_photo("le cahier de Lina")
        await scene.settles()
        await awa.writes("Yanis B. a des marques de ceinture, il dit que son père le frappe.")
        await awa.sees("J'appelle Chantal")
        await scene.at(scene.clock.now() + timedelta(minutes=7))
        await esmaman.presses("Lire")
        await esmaman.presses("Je m'en occupe")
        await esmaman.sees("Promis d'ici")
        scene.api.faults.add("server_error", times=2)
        await awa.blocks_bot()
        await esmaman.writes("Réponse à propos de Yanis.", reply_to=await esmaman.sees("ceinture"))
        await scene.settles_later()
        await esmaman.sees("Pas arrivé")
        scene.api.faults.add("drop", times=2)
        await scene.restarts()
        # What cannot be handled at all is said without its words.
        broken = {
            "update_id": 2_000_000_000,
            "message": {"message_id": "Yanis", "chat": {"id": awa.id}, "text": "Lina"},
        }
        await scene.service.intake.keep([broken])
        for _ in range(40):
            await scene.api.world.events.change(0.05)
            if "could not be handled" in out.getvalue():
                break
    finally:
        structlog.reset_defaults()
    said = out.getvalue()
    assert "could not be handled" in said
    for line in said.splitlines():
        json.loads(line)
        assert not [one for one in SECRETS if one in line], line
        assert scene.api.token not in line
