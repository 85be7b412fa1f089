"""What a follow-up adds to a proposal, and what it does not take away."""

import pytest

from bot.rules.thread import Proposal, joined

CLAS = Proposal("clas", "clas", "homework_undone", unsure=False)
PRE = Proposal("pre", "pre", "absences", unsure=False)
BOTH = Proposal("both", "clas", "both_sides", unsure=False)
GARDEN = Proposal("autre", "jardin", "garden", unsure=False)
THANKS = Proposal("autre", "aucune", "thanks_greetings", unsure=False)
GREETING = Proposal("autre", "aucune", "whole_autre", unsure=True)
PERHAPS_CLAS = Proposal("clas", "clas", "whole_clas", unsure=True)
PERHAPS_PRE = Proposal("pre", "pre", "whole_pre", unsure=True)

CASES = [
    # a greeting, then the matter
    (GREETING, CLAS, CLAS),
    (GREETING, GARDEN, GARDEN),
    (GREETING, PERHAPS_PRE, PERHAPS_PRE),
    (GREETING, GREETING, GREETING),
    # what was unsure becomes sure, and is not made less so
    (PERHAPS_CLAS, PRE, PRE),
    (PERHAPS_CLAS, PERHAPS_PRE, PERHAPS_CLAS),
    (PERHAPS_CLAS, THANKS, PERHAPS_CLAS),
    # two sides of one child
    (CLAS, PRE, BOTH),
    (PRE, CLAS, Proposal("both", "pre", "both_sides", unsure=False)),
    (BOTH, PRE, BOTH),
    (CLAS, CLAS, CLAS),
    # nothing is taken away
    (CLAS, THANKS, CLAS),
    (CLAS, GARDEN, CLAS),
    (CLAS, PERHAPS_PRE, CLAS),
    (PRE, GREETING, PRE),
    # another matter, then a child
    (GARDEN, CLAS, CLAS),
    (GARDEN, PERHAPS_CLAS, PERHAPS_CLAS),
    (GARDEN, GREETING, GARDEN),
    (THANKS, GARDEN, GARDEN),
]


@pytest.mark.parametrize(("before", "read", "after"), CASES)
def test_a_follow_up_adds_what_is_sure(before: Proposal, read: Proposal, after: Proposal) -> None:
    assert joined(before, read) == after
