"""`python -m bot tagger`: what the tagger reads with in each centre, and how far référentes agree with it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.clock import Clock
from bot.learning import Learner, undo
from bot.rules import model
from bot.rules.lessons import FEWEST
from bot.rules.paris import local
from storage import learning
from storage.centres import Centre, all_centres
from storage.learning import Correction, KeptLayer
from storage.store import Store, Work

NAMES = {"clas": "CLAS", "pre": "PRE", "both": "les deux", "autre": "autre"}
ASKED = "ne savait pas"


class UnknownCentre(Exception):
    """No centre has this name."""


async def state(work: Work) -> list[str]:
    """The whole state, in lines for a terminal; it says so when there is nothing yet."""
    weights = model.shipped()
    lines = [
        f"Poids livrés : version {weights.version}."
        if weights is not None
        else f"Poids livrés : absents, les règles seules répondent ({model.why_missing()})."
    ]
    centres = await all_centres(work.session)
    if not centres:
        lines.append("Aucun centre encore : « python -m bot apply centres.toml ».")
    for centre in centres:
        lines += ["", centre.name, *(f"  {line}".rstrip() for line in await _of_centre(work, centre))]
    return lines


async def _of_centre(work: Work, centre: Centre) -> list[str]:
    said = await learning.said(work.session, centre.id)
    lines = [_layer(await learning.active(work.session, centre.id))]
    last = await learning.latest(work.session, centre.id)
    if last is not None and not last.better:
        lines.append(f"Dernier essai, le {_day(last)}, pas meilleur : {_figures(last)}")
    if not said:
        return [*lines, "Aucune correction ni confirmation encore."]
    corrected = sum(one.was != one.becomes for one in said)
    aside = sum(one.set_aside_at is not None for one in said)
    counts = f"{corrected} correction(s), {len(said) - corrected} confirmation(s)"
    lines.append(counts + (f", dont {aside} mise(s) de côté." if aside else "."))
    lines += ["", *_months(said, await learning.proposed_at(work.session, centre.id))]
    return [*lines, "", *_confusion(said)]


def _layer(layer: KeptLayer | None) -> str:
    if layer is None:
        return "Rien d'appris ici : les poids livrés seuls."
    learned = f"{layer.corrections} correction(s) et {layer.confirmations} confirmation(s)"
    return f"Couche {layer.id}, apprise le {_day(layer)} de {learned} : {_figures(layer)}"


def _day(layer: KeptLayer) -> str:
    return f"{local(layer.made_at):%d/%m/%Y}"


def _figures(layer: KeptLayer) -> str:
    found = {name: round(value) for name, value in layer.figures.items()}
    return (
        f"{found['own_after']} justes sur {found['own']} messages du centre mis de côté tour à tour"
        f" ({found['own_frozen']} par les poids livrés) ; {found['general_after']} sur {found['general']}"
        f" de ceux du projet ({found['general_frozen']})."
    )


def _months(said: Sequence[Correction], began: Sequence[datetime]) -> list[str]:
    """How often what was proposed was what she chose; silence is not counted as agreement."""
    threads = Counter(f"{local(moment):%Y-%m}" for moment in began)
    confirmed: Counter[str] = Counter()
    corrected: Counter[str] = Counter()
    for one in said:
        if not one.asked:
            (confirmed if one.was == one.becomes else corrected)[f"{local(one.at):%Y-%m}"] += 1
    judged = [f"{local(one.at):%Y-%m}" for one in said]
    lines = [_row("Mois", ("fils", "jugés", "confirmés", "corrigés", "accord"))]
    for month in sorted({*threads, *judged}):
        both = confirmed[month] + corrected[month]
        agreed = f"{confirmed[month] / both:.0%}".replace("%", " %") if both else "–"
        counts = (threads[month], judged.count(month), confirmed[month], corrected[month])
        lines.append(_row(month, (*map(str, counts), agreed)))
    return lines


def _confusion(said: Sequence[Correction]) -> list[str]:
    """What was proposed, in rows, by what she chose, in columns."""
    pairs = Counter((ASKED if one.asked else NAMES[one.was], NAMES[one.becomes]) for one in said)
    lines = [_row("Proposé / choisi", NAMES.values())]
    for proposed in (*NAMES.values(), ASKED):
        lines.append(_row(proposed, (str(pairs[proposed, chosen]) for chosen in NAMES.values())))
    return lines


def _row(name: str, cells: Iterable[str]) -> str:
    return f"{name:<18}" + "".join(f"{cell:>11}" for cell in cells)


async def learn(store: Store, clock: Clock) -> list[str]:
    """Learn now what the night would learn; what became of it, centre by centre.

    Raises:
        ChildFailed: the centre it was learning for keeps what it had.
    """
    learner = Learner(store, clock)
    async with store.work(clock.now()) as work:
        centres = await all_centres(work.session)
    lines = []
    for centre in centres:
        layer = await learner.learn(centre.id)
        if layer is None:
            lines.append(
                f"{centre.name} : rien de nouveau ({FEWEST} messages jugés au moins, dont un corrigé)."
            )
        elif layer.better:
            lines.append(f"{centre.name} : mieux, en service dès le prochain message. {_layer(layer)}")
        else:
            lines.append(f"{centre.name} : pas mieux, rien n'est changé. {_figures(layer)}")
    return lines


async def take_back(work: Work, name: str) -> str:
    """Undo what a centre's tagger learned last.

    Raises:
        UnknownCentre: nothing was changed.
    """
    centre = next((one for one in await all_centres(work.session) if one.name == name), None)
    if centre is None:
        raise UnknownCentre(name)
    found = await undo(work, centre.id)
    if found is None:
        return f"{name} : rien d'appris à défaire."
    undone, before = found
    again = "les poids livrés seuls" if before is None else f"la couche {before.id}"
    return (
        f"{name} : la couche {undone.id} est défaite, {again} dès le prochain message."
        " Ce qu'elle avait appris de plus est mis de côté."
    )
