"""As many invented centres, teams and schools as a measure needs."""

from datetime import date, time

from bot.rules.hours import Hours

SCHOOLS_OF_A_CENTRE = 10
TEAM_OF_A_CENTRE = 3


def centres_file(schools: int) -> str:
    """A `centres.toml` of invented centres, each with its team and its schools."""
    parts = []
    for number in range(-(-schools // SCHOOLS_OF_A_CENTRE)):
        days = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")
        opening = "\n".join(f'{day} = ["9:00-12:00", "14:00-18:30"]' for day in days)
        parts.append(f"""
[[centres]]
name = "Centre {number}"
telephone = "01 99 00 00 00"
[centres.opening]
{opening}
[[centres.closures]]
first = 2026-08-03
last = 2026-08-21
[[centres.closures]]
first = 2026-12-25
last = 2027-01-03
[[towns]]
name = "Ville {number}"
pre = true
zone = "{"ABC"[number % 3]}"
""")
        team = [f"Coordinatrice {number}", *(f"Référente {number}-{n}" for n in range(1, TEAM_OF_A_CENTRE))]
        for place, name in enumerate(team):
            role = "référente" if place else "coordinatrice"
            parts.append(f'[[staff]]\nname = "{name}"\nrole = "{role}"\ncentre = "Centre {number}"\n')
        for n in range(min(SCHOOLS_OF_A_CENTRE, schools - number * SCHOOLS_OF_A_CENTRE)):
            named = f"Référente {number}-{1 + n % (TEAM_OF_A_CENTRE - 1)}"
            parts.append(
                f'[[schools]]\nname = "École {number}-{n}"\ntown = "Ville {number}"\n'
                f'centre = "Centre {number}"\nreferente = "{named}"\n'
            )
    return "\n".join(parts)


MORNING, AFTERNOON = (time(9), time(12)), (time(14), time(18, 30))
HOURS = Hours(
    tuple((day, *half) for day in range(5) for half in (MORNING, AFTERNOON)),
    ((date(2026, 8, 3), date(2026, 8, 21)), (date(2026, 12, 25), date(2027, 1, 3))),
)
"""The same as in the file, written a second time: what must come is reckoned without the database."""
