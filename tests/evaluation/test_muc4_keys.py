"""Keys of MUC-4: the notation of fillers, dates and places, and what is no key."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.evaluation.muc4.keys import confidences, days, entities, locations, people, read_keys
from sayso.evaluation.muc4.template import Confidence, Days, Entity, Location

KEY = """\
;;; a remark
0.  MESSAGE: ID                     DEV-MUC3-9001 (A SITE)
1.  MESSAGE: TEMPLATE               1 (OPTIONAL)
2.  INCIDENT: DATE                  - 04 FEB 90
3.  INCIDENT: LOCATION              PERU: LIMA (CITY)
4.  INCIDENT: TYPE                  BOMBING / ATTACK
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED
6.  INCIDENT: INSTRUMENT ID         "TWO BOMBS" / "BOMBS"
                                    ? "DYNAMITE"
9.  PERP: INDIVIDUAL ID             -
10. PERP: ORGANIZATION ID           "RED FRONT" / "RF"
11. PERP: ORGANIZATION CONFIDENCE   POSSIBLE: "RED FRONT" / "RF"
12. PHYS TGT: ID                    *
18. HUM TGT: NAME                   "ANA RUIZ"
19. HUM TGT: DESCRIPTION            "JUDGE": "ANA RUIZ"
                                    "GUARD" / "HER GUARD"

0.  MESSAGE: ID                     DEV-MUC3-9002 (A SITE)
1.  MESSAGE: TEMPLATE               *
2.  INCIDENT: DATE                  *
4.  INCIDENT: TYPE                  *
"""


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key-dev-9001.muc4"
    path.write_text(KEY)
    return path


def test_a_template_is_read_slot_by_slot(key: Path) -> None:
    (template,) = read_keys(key)["DEV-MUC3-9001"]
    assert template.types == ("BOMBING", "ATTACK")
    assert template.optional
    assert template.days == (Days(None, "1990-02-04"),)
    assert template.locations == (Location("PERU", ("LIMA",)),)
    assert template.confidence == (Confidence(("RED FRONT", "RF"), frozenset({"POSSIBLE"})),)
    assert template.roles == {
        "Weapon": (Entity(("TWO BOMBS", "BOMBS")), Entity(("DYNAMITE",), optional=True)),
        "PerpOrg": (Entity(("RED FRONT", "RF")),),
        "Victim": (Entity(("ANA RUIZ",)),),
        "AnyVictim": (Entity(("ANA RUIZ", "JUDGE")), Entity(("GUARD", "HER GUARD"))),
    }


def test_an_irrelevant_message_has_no_template(key: Path) -> None:
    assert read_keys(key)["DEV-MUC3-9002"] == ()


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (KEY.replace("BOMBING / ATTACK", "PICNIC"), 2),
        (KEY.replace("5.  INCIDENT", "what  INCIDENT"), 7),
    ],
)
def test_what_is_no_key_is_named_with_its_line(tmp_path: Path, broken: str, line: int) -> None:
    path = tmp_path / "key-x"
    path.write_text(broken)
    with pytest.raises(SaysoError, match=rf"S741 .*\(line {line}: "):
        read_keys(path)


def test_a_quotation_mark_within_a_string_is_escaped() -> None:
    assert entities([r'"\"LAS ROSAS\" FARM" / "FARM"']) == (Entity(('"LAS ROSAS" FARM', "FARM")),)


def test_a_colon_within_a_string_ends_nothing() -> None:
    assert entities(['"PAPER: THE DAY": "X"']) == (Entity(("PAPER: THE DAY",)),)


def test_a_description_of_somebody_else_is_a_person_of_its_own() -> None:
    named = (Entity(("ANA RUIZ",)),)
    assert people(named, ['"DRIVER": "ROSA DIAZ"']) == (*named, Entity(("DRIVER",)))


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        ("02 FEB 90", [Days("1990-02-02", "1990-02-02")]),
        ("-2 FEB 90", [Days(None, "1990-02-02")]),
        ("17 FEB 90 - 18 MAR 90", [Days("1990-02-17", "1990-03-18")]),
        ("(09 DEC 89) / (- 09 DEC 89)", [Days("1989-12-09", "1989-12-09"), Days(None, "1989-12-09")]),
        ("14 MARCH 90", [Days("1990-03-14", "1990-03-14")]),
        ("14 MAR", []),
        ("-", []),
        ("*", []),
    ],
)
def test_dates_are_days_intervals_and_ends(fill: str, expected: list[Days]) -> None:
    assert list(days(fill)) == expected


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        ("PERU", [Location("PERU")]),
        ("PERU: LIMA (CITY): SURCO (NEIGHBORHOOD)", [Location("PERU", ("LIMA", "SURCO"))]),
        (
            "COLOMBIA: CALI (CITY) - BUGA (TOWN)",
            [Location("COLOMBIA", ("CALI",)), Location("COLOMBIA", ("BUGA",))],
        ),
        ("(PERU: LIMA (CITY)) / (PERU)", [Location("PERU", ("LIMA",)), Location("PERU")]),
        ("-", []),
    ],
)
def test_places_lie_within_each_other(fill: str, expected: list[Location]) -> None:
    assert list(locations(fill)) == expected


def test_confidence_may_have_alternatives() -> None:
    line = 'SUSPECTED OR ACCUSED/REPORTED AS FACT: "RED FRONT"'
    values = frozenset({"SUSPECTED OR ACCUSED", "REPORTED AS FACT"})
    assert confidences([line, "-"]) == (Confidence(("RED FRONT",), values),)
