"""Words that say who wrote them, so that whoever shows them can be asked why."""

import random
import re

SENTINEL = "zqxsecret"
"""Stands in every text made up here: it must never be seen in a log line."""
MARK = re.compile(rf"{SENTINEL}(\d+)e")

SAID = (
    "Lina ne fait pas ses devoirs.",
    "Il est couvert de bleus, il dit que son père le frappe.",
    "Merci beaucoup, bonne soirée",
    "Ne l'attendez pas ce soir.",
    "On se voit pour la réunion ? jeudi 12 h 30",
    "réunion Les Tilleuls cycle 2 mardi 12/01 à 12 h",
    "Rappelez-moi au 06 12 34 56 78",
    "<b>gras</b> &amp; <script>",
    "\u202eà l'envers \x00 \ud83d seul \U0001f680 \u200d",
    "/aide", "/retirer", "/absence du 12 au 14", "/rythme", "/reunion", "/equipe", "/semaine", "/appel",
    "oui", "CE1", "19 h 30", "a" * 4000, "",
)  # fmt: skip


def said(draw: random.Random, number: int) -> str:
    """Something somebody might write, with the mark of update ``number``."""
    words = draw.choice(SAID)
    if words.startswith("/") and draw.random() < 0.5:
        return words
    return f"{words} {SENTINEL}{number}e"


def junk(draw: random.Random) -> str:
    """A string of no meaning, as long as it likes."""
    letters = "aé ß\n\t<&>\"'{}%\\/🙂\u202e\u200d0"
    return SENTINEL + "".join(draw.choice(letters) for _ in range(draw.choice((0, 1, 5, 40))))
