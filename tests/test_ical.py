"""A centre's own calendar is read; one that is broken, empty or without end is refused."""

from datetime import UTC, date, datetime

import icalendar
import pytest

from bot.ical import Entry, closures, written

TODAY = date(2026, 11, 24)


def calendar(*events: str) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Centre//FR"]
    for number, event in enumerate(events):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}",
            "DTSTAMP:20260101T000000Z",
            *event.split("|"),
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


CHRISTMAS = "SUMMARY:Centre fermé|DTSTART;VALUE=DATE:20261225|DTEND;VALUE=DATE:20270104"


def test_whole_days_that_say_closed_are_closures_and_the_end_is_the_day_before() -> None:
    assert closures(calendar(CHRISTMAS), TODAY) == [(date(2026, 12, 25), date(2027, 1, 3))]


@pytest.mark.parametrize(
    ("event", "found"),
    [
        ("SUMMARY:Fermeture|DTSTART;VALUE=DATE:20261130", [(date(2026, 11, 30), date(2026, 11, 30))]),
        (
            "SUMMARY:FERMETURE annuelle|DTSTART;VALUE=DATE:20270802|DURATION:P21D",
            [(date(2027, 8, 2), date(2027, 8, 22))],
        ),
        (
            "SUMMARY:Fermé|DTSTART;VALUE=DATE:20261204|RRULE:FREQ=WEEKLY;COUNT=3",
            [(date(2026, 12, n), date(2026, 12, n)) for n in (4, 11, 18)],
        ),
        (
            "SUMMARY:Fermé|DTSTART;VALUE=DATE:20261204|RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20261220",
            [(date(2026, 12, n), date(2026, 12, n)) for n in (4, 18)],
        ),
        (
            "SUMMARY:Fermé|DTSTART;VALUE=DATE:20261204|RRULE:FREQ=WEEKLY;COUNT=3|EXDATE;VALUE=DATE:20261211",
            [(date(2026, 12, n), date(2026, 12, n)) for n in (4, 18)],
        ),
        (
            "SUMMARY:Fermé|DTSTART;VALUE=DATE:20200815|RRULE:FREQ=YEARLY",
            [(date(n, 8, 15), date(n, 8, 15)) for n in (2027, 2028, 2029)],
        ),
        (
            "SUMMARY:Fermé|DTSTART;VALUE=DATE:20200815|RRULE:FREQ=YEARLY;BYMONTHDAY=15;BYMONTH=8",
            [(date(n, 8, 15), date(n, 8, 15)) for n in (2027, 2028, 2029)],
        ),
        (
            "SUMMARY:Fermé|DTSTART;VALUE=DATE:20240229|RRULE:FREQ=YEARLY",
            [(date(2028, 2, 29), date(2028, 2, 29))],
        ),
    ],
)
def test_repetitions_are_followed(event: str, found: list[tuple[date, date]]) -> None:
    assert closures(calendar(event), TODAY) == found


def test_what_touches_is_joined_and_what_is_over_is_left_out() -> None:
    text = calendar(
        CHRISTMAS,
        "SUMMARY:Fermé aussi|DTSTART;VALUE=DATE:20270104",
        "SUMMARY:Fermé|DTSTART;VALUE=DATE:20250101",
        "SUMMARY:Sortie à la ferme|DTSTART;VALUE=DATE:20270203",
        "SUMMARY:Fermé|STATUS:CANCELLED|DTSTART;VALUE=DATE:20270303",
    )
    assert closures(text, TODAY) == [(date(2026, 12, 25), date(2027, 1, 4))]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "abîmé"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "abîmé|aucune"),
        (calendar(), "aucune fermeture"),
        (calendar("SUMMARY:Atelier|DTSTART;VALUE=DATE:20261225"), "aucune fermeture"),
        (calendar("SUMMARY:Fermé|DTSTART:20261225T090000Z"), "journée entière"),
        (calendar("SUMMARY:Fermé"), "journée entière"),
        (
            calendar("SUMMARY:Fermé|DTSTART;VALUE=DATE:20261225|DTEND;VALUE=DATE:20261220"),
            "avant de commencer",
        ),
        (calendar("SUMMARY:Fermé|DTSTART;VALUE=DATE:20261225|DTEND;VALUE=DATE:20290101"), "plus d'un an"),
        (calendar("SUMMARY:Fermé|DTSTART;VALUE=DATE:20261225|RRULE:FREQ=SECONDLY"), "pas comprise"),
        *(
            (calendar(f"SUMMARY:Fermé|DTSTART;VALUE=DATE:20261225|RRULE:{rule}"), "pas comprise")
            for rule in (
                "FREQ=YEARLY;BYMONTHDAY=24;BYMONTH=12",
                "FREQ=YEARLY;BYMONTHDAY=25",
                "FREQ=DAILY;BYMONTHDAY=25",
            )
        ),
        (calendar("SUMMARY:Fermé|DTSTART;VALUE=DATE:20261225|RRULE:FREQ=DAILY"), "plus de 400"),
        (
            calendar("SUMMARY:Fermé|DTSTART;VALUE=DATE:20261225|RRULE:FREQ=DAILY;INTERVAL=0"),
            "pas comprise|abîmé",
        ),
        (calendar("SUMMARY:Fermé|DTSTART;VALUE=DATE:00010101|RRULE:FREQ=DAILY"), "plus de 5000 fois"),
        (
            calendar("SUMMARY:Fermé|DTSTART;VALUE=DATE:20261225|RRULE:FREQ=YEARLY;BYEASTER=0"),
            "pas comprise|abîmé",
        ),
        (
            calendar(*["SUMMARY:Fermé|DTSTART;VALUE=DATE:20261225|RRULE:FREQ=DAILY;COUNT=300"] * 401),
            "fermetures",
        ),
    ],
)
def test_a_calendar_that_is_no_use_is_refused_in_a_sentence(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        closures(text, TODAY)


def test_a_meeting_is_written_for_an_agenda() -> None:
    starts = datetime(2027, 1, 12, 12, 10, tzinfo=UTC)
    entry = Entry(
        "meeting-1@passerelle",
        2,
        starts,
        starts.replace(minute=30),
        "Réunion",
        "",
        "salle 4",
        cancelled=False,
    )
    [event] = icalendar.Calendar.from_ical(written([entry], starts)).walk("VEVENT")
    assert event["UID"] == "meeting-1@passerelle"
    assert event.decoded("DTSTART") == starts
    assert (event["SEQUENCE"], event["LOCATION"], event["STATUS"]) == (2, "salle 4", "CONFIRMED")
