"""What a conversation's territory is called where the child lives: a town without PRE has none in its
figures either (its label stays ``pre``, which names the need)."""

from storage.centres import School, Town
from storage.store import Work

WITHOUT_PRE = {"pre": "help", "both": "both_help"}


async def pre_at(work: Work, school_id: int) -> bool:
    """Whether the town of that school has a PRE."""
    school = await work.session.get_one(School, school_id)
    return (await work.session.get_one(Town, school.town_id)).pre


async def told(work: Work, school_id: int, territory: str) -> str:
    """The name under which it is listed and counted: a key of ``bot.texts.digest.TERRITORIES``."""
    return territory if await pre_at(work, school_id) else WITHOUT_PRE.get(territory, territory)
