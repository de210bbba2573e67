"""The bundled report that sayso was founded on, value by value: what the reading must not lose."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import sayso.reading
from sayso.examples import report_paths
from sayso.intake import add
from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.model import Account, Claim, Report, Span
from sayso.reading.account import read_report
from sayso.sources import read_sources

PATH = next(path for path in report_paths() if path.name == "seed.txt")
READING = Path(sayso.reading.__file__).parent
WITNESSES = ["an opposition war monitor", "state media", "a spokesman for US-backed fighters"]
OBSERVATORY = "Syrian Observatory for Human Rights"
AP = "Associated Press"
OF_THIS_REPORT = {"omar", "al-omar", "mayadeen", "marotto", "soleimani", "siyamend", "deir", "ez-zor", "zour"} | {
    "observatory",
    "pentagon",
    "biden",
    "kurdistan",
    "democratic",
}


@pytest.fixture(scope="module")
def account() -> Account:
    report = next(iter(read_sources([str(PATH)])))
    assert isinstance(report, Report)
    return read_report(report)


def name(account: Account, actor: str | None) -> str | None:
    return next((a.name for a in account.actors if a.id == actor), None)


def side(account: Account, party: str | Span) -> str | None:
    return party.text if isinstance(party, Span) else name(account, party)


def claims(account: Account, event: str, slot: str, stance: str) -> list[Claim]:
    return [c for c in account.claims if (c.event, c.slot, c.stance) == (event, slot, stance)]


def speakers(account: Account, found: list[Claim]) -> list[tuple[str | None, str | None]]:
    return [(name(account, c.speaker), name(account, c.via)) for c in found]


def test_report_is_dated_by_its_own_header(account: Account) -> None:
    assert (account.report.published, account.report.published_from) == ("2021-07-05", "header")
    assert account.report.text[account.report.body_start :].startswith("A facility housing US troops")


@pytest.mark.parametrize(
    ("event", "type_", "modality"),
    [
        ("e1", "shelling", "actual"),
        ("e2", "shelling", "actual"),
        ("e3", "airstrike", "actual"),
        ("e4", "drone_strike", "generic"),
        ("e5", "shelling", "generic"),
        ("e6", "assassination", "actual"),
        ("e7", "airstrike", "actual"),
        ("e8", "shelling", "actual"),
    ],
)
def test_events_with_their_types(account: Account, event: str, type_: str, modality: str) -> None:
    found = {e.id: e for e in account.events}
    assert len(found) == 8
    assert (found[event].type, found[event].modality) == (type_, modality)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("e1", ("2021-07-04", "2021-07-04", "part_of_day", "late Sunday")),
        ("e2", ("2021-06-28", "2021-06-28", "day", "six days")),
        ("e3", ("2021-06-28", "2021-07-04", "week", "Last week")),
        ("e6", ("2021-01-01", "2021-01-31", "month", "last January")),
        ("e7", ("2021-02-01", "2021-02-28", "month", "February")),
    ],
)
def test_events_are_dated_as_exactly_as_the_words_and_no_more(
    account: Account, event: str, expected: tuple[str, str, str, str]
) -> None:
    time = next(e.time for e in account.events if e.id == event)
    assert time is not None
    assert time.evidence is not None
    assert (time.start, time.end, time.precision, time.evidence.text) == expected


def test_what_the_strikes_followed_is_no_later_than_they(account: Account) -> None:
    time = account.events[7].time
    assert time is not None
    assert (time.start, time.end, time.precision) == (None, "2021-02-28", "unknown")
    assert time.reason == "no later than e7, which followed it"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("e1", ("Al-Omar field", "SYR")),
        ("e2", ("eastern Syria", "SYR")),
        ("e3", ("Iraq-Syria border", None)),
        ("e4", ("Iraq", "IRQ")),
        ("e5", ("Green Zone", "IRQ")),
        ("e6", None),
        ("e7", ("Syria", "SYR")),
        ("e8", ("Kurdistan region", "IRQ")),
    ],
)
def test_events_are_placed(account: Account, event: str, expected: tuple[str, str | None] | None) -> None:
    place = next(e.place for e in account.events if e.id == event)
    found = next(((p.name, p.country) for p in account.places if p.id == place), None)
    assert found == expected


@pytest.mark.parametrize(
    ("event", "initiators", "recipients"),
    [
        ("e1", [], ["A facility housing US troops in eastern Syria"]),
        ("e2", [], ["US troops"]),
        (
            "e3",
            ["US"],
            [
                "facilities used by Iran-backed militia groups to support drone strikes inside Iraq",
                "Iran-backed militia groups",
            ],
        ),
        ("e4", ["Iran-backed militia groups"], []),
        ("e5", [], ["Iraqi bases", "the fortified Green Zone in Baghdad"]),
        ("e6", ["US"], ["Qassem Soleimani"]),
        ("e7", ["US"], ["a border depot in Syria", "Iran-backed Iraqi armed militia"]),
        ("e8", [], ["an airbase in Iraq's Kurdistan region", "a foreign civilian contractor"]),
    ],
)
def test_who_did_it_and_to_whom(account: Account, event: str, initiators: list[str], recipients: list[str]) -> None:
    found = next(e for e in account.events if e.id == event)
    assert [name(account, i) for i in found.initiators] == initiators
    assert [side(account, r) for r in found.recipients] == recipients


@pytest.mark.parametrize(
    ("event", "killed", "injured"),
    [
        ("e1", (0, 0), (0, 0)),
        ("e2", None, None),
        ("e3", None, None),
        ("e6", (1, 1), None),
        ("e7", None, None),
        ("e8", (1, 1), (5, 5)),
    ],
)
def test_casualties_are_counted_where_told_and_unknown_elsewhere(
    account: Account, event: str, killed: tuple[int, int] | None, injured: tuple[int, int] | None
) -> None:
    found = next(e for e in account.events if e.id == event)
    assert (found.killed, found.injured) == (killed, injured)


def test_weapons_in_their_own_words(account: Account) -> None:
    found = [(e.id, e.weapon.text) for e in account.events if e.weapon is not None]
    assert found == [
        ("e1", "two rockets"),
        ("e3", "air strikes"),
        ("e4", "drone strikes"),
        ("e5", "Rocket"),
        ("e8", "rocket"),
    ]


def test_both_denials_of_the_first_event(account: Account) -> None:
    found = claims(account, "e1", "occurrence", "denies")
    assert speakers(account, found) == [("the US military", AP), ("Col. Wayne Marotto", None)]
    assert [c.evidence.text for c in found] == [
        "there was any attack",
        "There is no truth to the reports that US forces in Syria were attacked by rockets today",
    ]
    assert next(a.affiliation for a in account.actors if a.name == "Col. Wayne Marotto") == "coalition"


def test_who_asserts_the_first_event(account: Account) -> None:
    found = claims(account, "e1", "occurrence", "asserts")
    carried = [(witness, AP) for witness in WITNESSES]
    assert speakers(account, found) == [*carried, ("Siyamend Ali", None), (OBSERVATORY, None)]
    first = "A facility housing US troops in eastern Syria came under attack late Sunday"
    assert {c.evidence.text for c in found[:3]} == {f"{first} when rockets were fired from nearby areas"}
    assert next(a.affiliation for a in account.actors if a.name == "Siyamend Ali") == "Syrian Democratic Forces"


@pytest.mark.parametrize(
    ("slot", "value", "normalised", "evidence"),
    [
        ("time", "late Sunday", "2021-07-04", "late Sunday"),
        ("weapon", "rockets", None, "rockets were fired"),
        ("origin", "nearby areas", None, "from nearby areas"),
    ],
)
def test_each_witness_has_a_claim_on_each_detail(
    account: Account, slot: str, value: str, normalised: str | None, evidence: str
) -> None:
    found = [c for c in claims(account, "e1", slot, "asserts") if c.evidence.text == evidence]
    assert speakers(account, found) == [(witness, AP) for witness in WITNESSES]
    assert {(c.value, c.normalised) for c in found} == {(value, normalised)}


def test_a_doubt_and_a_rival_claim_on_where_the_rockets_came_from(account: Account) -> None:
    (doubt,) = claims(account, "e1", "origin", "uncertain")
    assert (name(account, doubt.speaker), doubt.value) == ("Siyamend Ali", None)
    assert doubt.evidence.text == "where the rockets were fired from"
    rival = next(c for c in claims(account, "e1", "origin", "asserts") if name(account, c.speaker) == OBSERVATORY)
    assert rival.value == "areas controlled by Iran-backed fighters in the area of Mayadeen"
    assert rival.evidence.text == f"from {rival.value}, also in Deir el-Zour"


def test_no_casualties_is_a_claim_of_nought(account: Account) -> None:
    for slot in ("killed", "injured"):
        (claim,) = claims(account, "e1", slot, "asserts")
        assert (name(account, claim.speaker), claim.normalised) == ("Siyamend Ali", [0, 0])
        assert claim.evidence.text == "without inflicting any casualties"


def test_what_the_pentagon_and_the_president_said(account: Account) -> None:
    said = {
        (name(account, c.speaker), c.event, c.slot): (c.value, c.evidence.text)
        for c in account.claims
        if name(account, c.speaker) in {"Pentagon", "Joe Biden"}
    }
    hit = "facilities used by Iran-backed militia groups"
    assert said["Pentagon", "e3", "recipient"] == (hit, f"{hit} to support drone strikes inside Iraq")
    users = "Iran-backed Iraqi armed militia"
    assert said["Pentagon", "e7", "recipient"] == (users, f"was used by {users}")
    assert said["Joe Biden", "e7", "motive"] == ("a warning to Iran", 'a "warning" to Iran')


def test_what_nobody_is_quoted_for_is_narration(account: Account) -> None:
    for event in ("e2", "e3", "e6", "e7", "e8"):
        found = claims(account, event, "occurrence", "asserts")
        assert [c.speaker for c in found] == [None], event


@pytest.mark.parametrize(
    ("source", "target", "kind", "words"),
    [
        ("e1", "e2", "follows", "Sunday’s incident comes six days after US troops"),
        ("e1", "e2", "similar_to", "Sunday’s incident comes six days after US troops"),
        ("e2", "e3", "follows", "That attacked followed US air strikes near the Iraq-Syria border"),
        ("e7", "e8", "follows", "The strikes followed a rocket attack"),
        (
            "e7",
            "e8",
            "retaliation_for",
            "Last week’s air strikes were not the first time that the Biden administration",
        ),
    ],
)
def test_links_in_the_words_of_the_report(account: Account, source: str, target: str, kind: str, words: str) -> None:
    assert len(account.links) == 5
    (link,) = [x for x in account.links if (x.from_, x.to, x.kind) == (source, target, kind)]
    assert link.speaker is None
    assert link.evidence.text.startswith(words)


def test_nationalities_are_no_affiliation_and_facilities_no_persons(account: Account) -> None:
    found = {a.name: (a.kind, a.affiliation) for a in account.actors}
    assert found["Qassem Soleimani"] == ("military", "Quds Force")
    assert found["Green Zone"][0] != "person"


def test_first_event_is_contested_and_the_reason_names_who_denies(store: Store) -> None:
    outcomes = list(add(store, [str(PATH)]))
    assert [o.kind for o in outcomes] == ["added"]
    with store.read() as connection:
        events, incidents = schema.events, schema.incidents
        rows: list[Any] = list(
            connection.execute(
                sa.select(incidents.c.status, incidents.c.reason)
                .join(events, events.c.incident_id == incidents.c.id)
                .where(events.c.id.endswith(":e1"))
            )
        )
    assert [row.status for row in rows] == ["contested"]
    who, _, rest = rows[0].reason.removeprefix("Contested: ").partition(" deny it; ")
    assert sorted(who.split(" and ")) == ["Col. Wayne Marotto", "the US military"]
    assert rest.endswith("assert it.")


@pytest.mark.parametrize(
    "file", sorted([*READING.glob("*.py"), *READING.glob("lexicons/*.yaml")]), ids=lambda p: p.name
)
def test_no_rule_and_no_lexicon_names_what_this_report_names(file: Path) -> None:
    rules = re.sub(r'""".*?"""|#[^\n]*', "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", rules.lower()))
    assert not words & OF_THIS_REPORT
