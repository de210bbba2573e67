"""Small accounts whose figures are computed by hand."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from sayso.errors import SaysoError
from sayso.evaluation.accounts import Comparison, Tally, compare, evaluate, gold_files, only_actual, total
from sayso.evaluation.gold import load_gold
from sayso.model import (
    Account,
    Actor,
    Claim,
    Event,
    Interval,
    Link,
    LinkKind,
    Modality,
    Place,
    Report,
    Slot,
    Span,
    Stance,
)

TEXT = "Jets bombed Aleppo on Sunday, killing nine. The army denied it. Rebels shelled Homs. A raid was planned."
GOLD = Path(__file__).parents[3] / "shared" / "gold"


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def event(identity: str, mention: str, kind: str = "airstrike", modality: Modality = "actual") -> Event:
    return Event(id=identity, type=kind, mentions=(span(mention),), modality=modality)


def claim(
    about: str, slot: Slot, words: str, speaker: str | None = None, stance: Stance = "asserts", value: object = None
) -> Claim:
    return Claim(
        id="",
        event=about,
        slot=slot,
        value=None,
        stance=stance,
        evidence=span(words),
        normalised=value,
        speaker=speaker,
    )


def link(start: str, end: str, kind: LinkKind = "follows") -> Link:
    return Link(from_=start, to=end, kind=kind, evidence=span("Rebels shelled Homs"))


def account(
    events: Sequence[Event], claims: Sequence[Claim] = (), links: Sequence[Link] = (), text: str = TEXT
) -> Account:
    return Account(
        report=Report(id="r", text=text, published="2020-01-06"),
        places=(
            Place(id="p1", span=span("Aleppo"), name="Aleppo", country="SYR"),
            Place(id="p2", span=span("Homs"), name="Homs", country="SYR"),
        ),
        actors=(
            Actor(id="a1", spans=(span("army"),), name="army"),
            Actor(id="a2", spans=(span("Rebels"),), name="Rebels"),
        ),
        events=tuple(events),
        claims=tuple(claims),
        links=tuple(links),
    )


def changed(value: Event, **changes: object) -> Event:
    return msgspec.structs.replace(value, **changes)


E1 = event("e1", "bombed")
E2 = event("e2", "shelled", "shelling")
E3 = event("e3", "A raid", "armed_attack", "planned")


def figure(name: str, comparison: Comparison) -> tuple[int, int, int]:
    tally = comparison.tallies[name]
    return tally.agree, tally.read, tally.annotated


def test_shares_of_a_tally() -> None:
    tally = Tally(agree=2, read=4, annotated=3)
    assert tally.precision == 0.5
    assert tally.recall == pytest.approx(2 / 3)
    assert tally.f1 == pytest.approx(4 / 7)
    assert Tally().f1 is None
    assert Tally(read=1).recall is None
    assert Tally(read=1).f1 == 0


def test_events_are_found_by_their_mentions_whatever_their_ids() -> None:
    read = [event("x9", "bombed Aleppo", "shelling"), event("x8", "denied")]
    compared = compare(account(read), account([E1, E2]))
    assert figure("events", compared) == (1, 2, 2)
    assert figure("types", compared) == (0, 1, 1)
    kinds = {(d.figure, d.kind) for d in compared.differences}
    assert kinds == {("events", "missed"), ("events", "spurious"), ("types", "different")}


def test_slots_count_only_on_events_that_were_found() -> None:
    when = Interval(start="2020-01-05", end="2020-01-05", precision="day")
    annotated = account([changed(E1, place="p1", time=when, killed=(9, 9)), changed(E2, place="p2", killed=(1, 1))])
    wrong = Interval(start="2020-01-04", end="2020-01-05", precision="days")
    compared = compare(account([changed(E1, place="p2", time=wrong, killed=(9, None))]), annotated)
    assert figure("place", compared) == (0, 1, 1)
    assert figure("time", compared) == (0, 1, 1)
    assert figure("killed", compared) == (0, 1, 1)
    right = compare(account([changed(E1, place="p1", time=when, killed=(9, 9))]), annotated)
    assert figure("place", right) == figure("time", right) == figure("killed", right) == (1, 1, 1)


def test_unknown_toll_is_not_a_toll_of_zero() -> None:
    compared = compare(account([changed(E1, killed=(0, 0))]), account([E1]))
    assert figure("killed", compared) == (0, 1, 0)
    assert compared.differences[0].kind == "spurious"


def test_sides_are_matched_one_to_one() -> None:
    annotated = account([changed(E1, initiators=("a1",), recipients=("a2", span("nine")))])
    read = account([changed(E1, initiators=("a1", "a2"), recipients=("a2",))])
    compared = compare(read, annotated)
    assert figure("initiators", compared) == (1, 2, 1)
    assert figure("recipients", compared) == (1, 1, 2)


def test_claims_are_counted_with_speaker_and_evidence_in_turn() -> None:
    annotated = [
        claim("e1", "occurrence", "Jets bombed Aleppo"),
        claim("e1", "occurrence", "it", "a1", "denies"),
        claim("e1", "killed", "nine", value=[9, 9]),
    ]
    read = [
        claim("e1", "occurrence", "Jets bombed Aleppo"),
        claim("e1", "occurrence", "The army denied it", "a2", "denies"),
        claim("e1", "killed", "Jets bombed Aleppo on Sunday, killing nine", value=[9, 9]),
        claim("e1", "weapon", "Jets"),
    ]
    compared = compare(account([E1], read), account([E1], annotated))
    assert figure("claims", compared) == (3, 4, 3)
    assert figure("claims_speaker", compared) == (2, 4, 3)
    assert figure("claims_evidence", compared) == (1, 4, 3)
    assert figure("denials", compared) == (1, 1, 1)
    assert figure("doubts", compared) == (0, 0, 0)


def test_two_figures_from_one_speaker_are_two_rows_and_one_read_twice_is_spurious() -> None:
    two = [claim("e1", "killed", "nine", value=[9, 9]), claim("e1", "killed", "Jets", value=[8, 8])]
    three = [*two, claim("e1", "killed", "Sunday", value=[7, 7])]
    assert figure("claims", compare(account([E1], three), account([E1], two))) == (2, 3, 2)
    assert figure("claims", compare(account([E1], two[:1]), account([E1], two))) == (1, 1, 2)


def test_narration_is_not_any_other_speaker() -> None:
    compared = compare(
        account([E1], [claim("e1", "occurrence", "bombed", "a1")]), account([E1], [claim("e1", "occurrence", "bombed")])
    )
    assert figure("claims", compared) == (1, 1, 1)
    assert figure("claims_speaker", compared) == (0, 1, 1)


def test_speakers_are_counted_over_the_claims_found_with_and_without_narration() -> None:
    annotated = [claim("e1", "occurrence", "Jets bombed"), claim("e1", "place", "Aleppo", "a1")]
    read = [claim("e1", "occurrence", "Jets bombed"), claim("e1", "place", "Aleppo", "a2")]
    compared = compare(account([E1], read), account([E1], annotated))
    assert figure("speakers", compared) == (1, 2, 2)
    assert figure("speakers_named", compared) == (0, 1, 1)


def test_one_speaker_read_for_two_is_joined_wrongly_whatever_the_names() -> None:
    slots: tuple[Slot, ...] = ("occurrence", "place", "killed")
    annotated = [claim("e1", slot, "Jets bombed", who) for slot, who in zip(slots, ("a1", "a1", "a2"), strict=True)]
    one = [claim("e1", slot, "Jets bombed", "a2") for slot in slots]
    two = [claim("e1", slot, "Jets bombed", who) for slot, who in zip(slots, ("a2", "a2", "a1"), strict=True)]
    assert figure("speakers_joined", compare(account([E1], one), account([E1], annotated))) == (2, 3, 3)
    assert figure("speakers_joined", compare(account([E1], two), account([E1], annotated))) == (3, 3, 3)


def test_claims_on_an_event_that_is_not_annotated_are_spurious() -> None:
    # The read event has the id of the annotated one, but is another event.
    read = account([event("e1", "denied")], [claim("e1", "occurrence", "denied")])
    assert figure("claims", compare(read, account([E1], [claim("e1", "occurrence", "bombed")]))) == (0, 1, 1)


def test_doubt_read_as_denial_counts_against_both() -> None:
    compared = compare(
        account([E1], [claim("e1", "origin", "it", stance="denies")]),
        account([E1], [claim("e1", "origin", "it", stance="uncertain")]),
    )
    assert figure("denials_doubts", compared) == (0, 1, 1)
    assert {(d.figure, d.kind) for d in compared.differences} == {("doubts", "missed"), ("denials", "spurious")}


def test_links_have_a_direction_and_a_kind() -> None:
    annotated = account([E1, E2], links=[link("e2", "e1"), link("e2", "e1", "retaliation_for")])
    assert figure("links", compare(account([E1, E2], links=[link("e2", "e1")]), annotated)) == (1, 1, 2)
    assert figure("links", compare(account([E1, E2], links=[link("e1", "e2")]), annotated)) == (0, 1, 2)


def test_actual_figures_leave_planned_events_and_their_claims_out() -> None:
    whole = account([E1, E3], [claim("e3", "occurrence", "A raid was planned")], [link("e3", "e1")])
    kept = only_actual(whole)
    assert (len(kept.events), len(kept.claims), len(kept.links)) == (1, 0, 0)
    compared = compare(account([E1]), whole)
    assert compared.tallies["events"] == Tally(1, 1, 2)
    assert compared.actual["events"] == Tally(1, 1, 1)


def test_total_adds_counts_not_shares() -> None:
    whole = account([E1, E2])
    sums = total([compare(account([E1]), whole), compare(whole, whole)])
    assert sums["events"] == Tally(3, 3, 4)


def test_accounts_of_different_texts_are_not_compared() -> None:
    with pytest.raises(SaysoError, match=r"^S702"):
        compare(account([E1], text=TEXT + " "), account([E1]))


def test_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match=r"^S703"):
        gold_files(tmp_path)


@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/gold")
def test_gold_compared_with_itself_is_perfect_in_every_figure() -> None:
    accounts = {gold.report.text: gold for files in gold_files(GOLD).values() for gold in map(load_gold, files)}
    groups = evaluate(GOLD, lambda report: accounts[report.text])
    assert {group: len(comparisons) for group, comparisons in groups.items()} == {"founding": 1, "development": 23}
    for comparisons in groups.values():
        assert [d for comparison in comparisons for d in comparison.differences] == []
        assert {tally.f1 for tally in total(comparisons).values()} == {1.0}


def test_accounts_annotated_for_sayso_are_a_group_of_their_own(tmp_path: Path) -> None:
    for folder in ("accounts", "further"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.gold.json").write_text("{}")
    assert {group: len(files) for group, files in gold_files(tmp_path).items()} == {"development": 1, "further": 1}
