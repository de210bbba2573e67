"""``sayso evaluate muc4``: sets, pages and the figures that the reading holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.evaluation.muc4 import as_figures, as_page, as_text, differences, score_sets
from sayso.evaluation.muc4.keys import read_keys
from sayso.evaluation.muc4.messages import messages
from sayso.evaluation.muc4.scorer import ALL, compare, message_sets
from sayso.reading.account import read_each

MESSAGE = """\
{id}

   BOGOTA, 4 FEB 90 (EFE) -- [TEXT] GUERRILLAS ATTACKED A POLICE STATION IN MEDELLIN ON 2 FEBRUARY WITH A BOMB.
TWO POLICEMEN WERE WOUNDED.
"""
KEY = """\
0.  MESSAGE: ID                     {id}
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  02 FEB 90
3.  INCIDENT: LOCATION              COLOMBIA: MEDELLIN (CITY)
4.  INCIDENT: TYPE                  BOMBING / ATTACK
6.  INCIDENT: INSTRUMENT ID         "BOMB"
9.  PERP: INDIVIDUAL ID             "GUERRILLAS"
10. PERP: ORGANIZATION ID           "ELN"
11. PERP: ORGANIZATION CONFIDENCE   POSSIBLE: "ELN"
12. PHYS TGT: ID                    "POLICE STATION" / "STATION"
"""


def lay_out(folder: Path, identity: str) -> None:
    folder.mkdir()
    (folder / "texts").write_text(MESSAGE.format(id=identity))
    (folder / "key-1").write_text(KEY.format(id=identity))


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    for folder, identity in (("tst1", "TST1-MUC3-0001"), ("tst2", "TST2-MUC4-0001"), ("dev", "DEV-MUC3-0001")):
        lay_out(tmp_path / folder, identity)
    return tmp_path


def test_the_collection_is_scored_in_the_parts_that_papers_tune_on_and_a_share_of_dev(collection: Path) -> None:
    sets = message_sets(collection)
    assert {name: [m.id for m in found] for name, found in sets.items()} == {
        "TST1 and TST2": ["TST1-MUC3-0001", "TST2-MUC4-0001"],
        "dev, each 13th report": ["DEV-MUC3-0001"],
    }
    assert [m.id for m in message_sets(collection / "tst2")["tst2"]] == ["TST2-MUC4-0001"]


def test_a_message_in_capitals_is_read_and_scored(collection: Path) -> None:
    scores = score_sets(collection / "tst1")["tst1"]
    assert (scores.reports, scores.relevant, scores.unread) == (1, 1, 0)
    found = scores.ceaf_ree
    assert [found[role].found for role in ("PerpInd", "Target", "Weapon", "PerpOrg")] == [1, 1, 1, 0]
    assert (found[ALL].found, found[ALL].annotated) == (3, 4)
    assert scores.slots["date told"].found == scores.slots["country"].found == scores.slots["place"].found == 1
    assert (scores.slots["confidence"].found, scores.slots["confidence"].annotated) == (0, 1)


def test_a_report_that_could_not_be_read_counts_as_missed(collection: Path) -> None:
    chosen = message_sets(collection / "tst1")["tst1"]
    scores = compare(chosen, [SaysoError("S302", name="x", language="Spanish")])
    assert (scores.unread, scores.ceaf_ree[ALL].predicted, scores.ceaf_ree[ALL].annotated) == (1, 0, 4)


def test_figures_are_shown_as_lines_as_json_and_as_a_section_with_the_published_ones(collection: Path) -> None:
    sets = score_sets(collection)
    assert "TST1 and TST2: 2 reports, 2 of them with a template; all were read" in as_text(sets)
    figures = as_figures(sets)["TST1 and TST2"]
    assert figures["reports"] == 2
    page = as_page(sets, "sayso evaluate muc4 X")
    assert "Made by `sayso evaluate muc4 X`." in page
    for published in ("57.4", "56.0", "54.5", "24 / 30"):
        assert f"| {published} |" in page
    assert "TST3 and TST4" in page


def test_differences_name_what_was_missed_and_what_is_spurious(collection: Path) -> None:
    assert "TST1-MUC3-0001  PerpOrg   missed: ELN" in list(differences(collection / "tst1"))


MUC4 = Path(__file__).parents[3] / "shared" / "data" / "muc4"
EVERY = 4
FLOORS = {"ceaf_ree": 0.48, "templates": 0.38}
"""Micro F1 on each fourth report of TST1 and TST2, below which a change of the reading is a loss."""


@pytest.mark.skipif(not MUC4.exists(), reason="needs ../shared/data/muc4")
def test_incidents_are_read_as_well_as_before() -> None:
    chosen = list(messages([MUC4 / "tst1", MUC4 / "tst2"], EVERY))
    scores = compare(chosen, read_each(m.report for m in chosen))
    reached = {"ceaf_ree": scores.ceaf_ree[ALL].f1, "templates": scores.templates[ALL].f1}
    assert {name: value for name, value in reached.items() if value < FLOORS[name]} == {}


@pytest.mark.skipif(not MUC4.exists(), reason="needs ../shared/data/muc4")
def test_all_keys_are_read() -> None:
    """The counts that papers give: 1,300 and 200 reports, 1,114 and 191 templates."""

    def counts(*parts: str) -> tuple[int, int]:
        keys = [read_keys(file) for part in parts for file in (MUC4 / part).glob("key-*")]
        return sum(map(len, keys)), sum(len(templates) for key in keys for templates in key.values())

    assert counts("dev") == (1300, 1114)
    assert counts("tst1", "tst2") == (200, 191)
