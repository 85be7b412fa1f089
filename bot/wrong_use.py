"""What typer says of a command it cannot read, in French: most of its sentences have no translation hook."""

import re

CATALOGUE = (
    (r"Missing command\.", "il manque le nom de la commande"),
    (
        r"No such command ['\"](.+)['\"]\. Did you mean (.+)\?",
        "la commande « {0} » n'existe pas, peut-être {1}",
    ),
    (r"No such command ['\"](.+)['\"]\.", "la commande « {0} » n'existe pas"),
    (r"No such option: (\S+) \(Possible options: (.+)\)", "l'option {0} n'existe pas, peut-être {1}"),
    (r"No such option: (.+)", "l'option {0} n'existe pas"),
    (r"Option '(.+)' requires an argument\.", "il manque une valeur après {0}"),
    (r"Option '(.+)' does not take a value\.", "{0} ne prend pas de valeur"),
    (r"Missing (?:argument|option) '(.+)'\.", "il manque {0}"),
    (r"Got unexpected extra argument\(s\) \((.+)\)", "« {0} » est de trop"),
    (r"Invalid value for '(.+?)': (.+)", "{0} : {1}"),
    (r"Input should be a valid integer.*", "il faut un nombre entier"),
    (r"Value error, (.+) does not match the formats .+", "il faut une date comme 2027-06-30, pas {0}"),
    (r"Value error, (.+) is not one of (.+)\.", "{0} n'est pas parmi {1}"),
)
"""Typer's sentences of today, whole, and ours. tests/cli/test_alone.py makes typer say each of them."""


def in_french(said: str) -> str:
    """The sentence on one line, in French; one that typer has learned since stays as it is."""
    said = " ".join(said.split())
    for english, french in CATALOGUE:
        if found := re.fullmatch(english, said):
            return french.format(*map(in_french, found.groups()))
    return said
