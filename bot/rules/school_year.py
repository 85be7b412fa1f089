"""The school year as rights count it: until 30 September, when everybody is asked again."""

from datetime import date

NEW_YEAR = (6, 1)
"""From 1 June on, who joins comes for the year that follows."""


def rights_end(joined: date) -> date:
    """The last day, included, of the rights of somebody of a school who joins that day."""
    year = joined.year + ((joined.month, joined.day) >= NEW_YEAR)
    return date(year, 9, 30)
