"""`make bench` measures everything, or what it is asked for."""

import pytest

from tools.bench.__main__ import PARTS, asked_for


def test_without_a_name_every_part_is_measured() -> None:
    assert asked_for([]).part == list(PARTS)


def test_only_what_is_named_is_measured() -> None:
    assert asked_for(["due", "tagger"]).part == ["due", "tagger"]


def test_a_part_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        asked_for(["duo"])
    assert refused.value.code == 2
    assert "no such part: duo" in capsys.readouterr().err
