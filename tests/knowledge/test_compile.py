"""The compiled actor base is what the reviewable files say, and what they must not say is named."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest

from sayso.errors import SaysoError
from sayso.knowledge.compile import base_of, compiled

GROUP: dict[str, Any] = {"kind": "rebel", "sector": "REB", "country": "SYR"}


def entries(**rows: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    return {"actors/groups.yaml": {slug: GROUP | {"name": slug.title()} | row for slug, row in rows.items()}}


def test_the_compiled_file_is_current() -> None:
    shipped = files("sayso.knowledge.data").joinpath("actors.json").read_bytes()
    assert shipped == compiled(), "run: python -m sayso.knowledge.compile"


def test_ties_are_resolved_with_their_dates() -> None:
    base = base_of(entries(alpha={"affiliation": ["Bravo, 2012/2016-07"]}, bravo={}), [])
    alpha = base.records[0]
    assert alpha.affiliation == "Bravo"
    assert [(t.relation, t.body, t.since, t.until) for t in alpha.ties] == [
        ("part_of", "actor:bravo", "2012", "2016-07")
    ]


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ({"alpha": {"kind": "robots"}}, r"^S354 .*groups\.yaml.*alpha.*no kind robots"),
        ({"alpha": {"country": "XYZ"}}, r"^S354 .*alpha.*no country XYZ"),
        ({"alpha": {"colour": "red"}}, r"^S354 .*alpha.*no field colour"),
        ({"alpha": {"marks": ["royal"]}}, r"^S354 .*alpha.*no mark royal"),
        ({"alpha": {"affiliation": ["Zyxwv Front"]}}, r"^S355 .*groups\.yaml.*alpha.*Zyxwv Front"),
        ({"alpha": {"affiliation": "Bravo"}, "bravo": {"affiliation": "Alpha"}}, r"^S356 .*alpha → actor:bravo"),
        ({"alpha": {"affiliation": "Alpha"}}, r"^S356 .*alpha"),
        ({"alpha": {"aliases": ["Same"]}, "bravo": {"aliases": ["same"]}}, r"^S357 .*bravo.*same.*alpha"),
        ({"alpha": {"aliases": ["Twin", "Twin"]}}, r"^S357 .*alpha.*Twin"),
        ({"alpha": {"aliases": ["Greece"]}}, r"^S357 .*alpha.*Greece"),
        ({"alpha": {"backed_by": "Iran, 2016/2012"}}, r"^S358 .*alpha.*2016/2012.*before"),
        ({"alpha": {"backed_by": "Iran, 2016-13/"}}, r"^S358 .*alpha.*2016-13"),
    ],
)
def test_a_bad_entry_is_named_with_its_file(rows: dict[str, dict[str, Any]], error: str) -> None:
    with pytest.raises(SaysoError, match=error):
        base_of(entries(**rows), [])


def test_actors_of_two_countries_may_share_a_name() -> None:
    base = base_of(entries(alpha={"aliases": ["ABC"]}, bravo={"aliases": ["ABC"], "country": "IRQ"}), [])
    assert (base.plain["abc"], base.shared["abc"]) == (0, (1,))


def test_a_bad_row_of_the_listed_groups_is_named() -> None:
    with pytest.raises(SaysoError, match=r"^S354 .*armed_groups\.csv.*row 2.*XYZ"):
        base_of(entries(alpha={}), [{"name": "Quebec Army", "country": "XYZ", "aliases": ""}])


def test_an_office_must_be_known_or_of_a_known_body() -> None:
    person = {"person": {"name": "A B", "country": "SYR", "held": ["keeper of the keys, 2012/"]}}
    with pytest.raises(SaysoError, match=r"^S355 .*leaders\.yaml.*person.*keeper"):
        base_of({"leaders.yaml": person}, [])


def test_an_entry_listed_twice_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.knowledge.compile.text_of", lambda path: "alpha: {}\nbravo: {}\nalpha: {}\n")
    with pytest.raises(SaysoError, match=r"^S354 .*alpha.*twice"):
        compiled()
