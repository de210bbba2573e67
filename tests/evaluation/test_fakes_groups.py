"""The groups of FA-KES that were judged by hand agree with themselves, with the data and with the docs."""

from itertools import combinations
from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.evaluation.fakes_groups import Group, articles, as_list, groups

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data" / "fakes"


def test_there_are_forty_groups_of_two_or_more_reports() -> None:
    assert [group.group for group in groups()] == list(range(1, 41))
    assert min(len(group.reports) for group in groups()) == 2


@pytest.mark.parametrize("group", groups(), ids=lambda group: str(group.group))
def test_every_pair_is_judged_by_what_its_reports_tell_of(group: Group) -> None:
    assert [pair.reports for pair in group.pairs] == list(combinations(range(1, len(group.reports) + 1), 2))
    for pair in group.pairs:
        one, two = (group.reports[number - 1] for number in pair.reports)
        mentioned = {*one.told, *one.background} & {*two.told, *two.background}
        expected = "same" if {*one.told} & {*two.told} else "background" if mentioned else "apart"
        assert (pair.judged, bool(group.shared(pair))) == (expected, expected != "apart")


@pytest.mark.parametrize("group", groups(), ids=lambda group: str(group.group))
def test_every_incident_is_told_by_a_report(group: Group) -> None:
    assert {letter for told in group.reports for letter in (*told.told, *told.background)} == set(group.incidents)


def test_the_list_in_the_docs_is_that_of_the_judgements() -> None:
    assert as_list(groups()) in (ROOT / "docs" / "fakes_groups.md").read_text(encoding="utf-8")


def test_a_folder_without_the_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="S738"):
        articles(tmp_path)


@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data")
def test_the_groups_are_those_that_the_rule_takes() -> None:
    found: dict[tuple[str, str], list[str]] = {}
    for text in articles(DATA):
        found.setdefault((text.day.isoformat(), text.location), []).append(text.digest)
    taken = [key for key in sorted(found) if len(found[key]) > 1]
    chosen = [taken[n * len(taken) // 40] for n in range(40)]
    listed = [(group.date.isoformat(), group.governorate) for group in groups()]
    assert listed == chosen
    assert [[told.text for told in group.reports] for group in groups()] == [found[key] for key in chosen]
