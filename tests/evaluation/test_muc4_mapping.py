"""From an account to templates of MUC-4: types, roles, days, places and how sure the report is."""

from __future__ import annotations

import pytest

from sayso.evaluation.muc4.fillers import core, counted, is_organisation, mention, person
from sayso.evaluation.muc4.mapping import Cast, incident_type, templates
from sayso.evaluation.muc4.table import THING, table
from sayso.evaluation.muc4.template import Confidence, Days, Entity, Location, Template
from sayso.model import Account, Actor, Event, Interval, Place, Report, Span
from sayso.reading.encoder.entities import Filler, Named
from sayso.vocabulary import load


def span(words: str) -> Span:
    return Span(0, len(words), words)


def actor(words: str, kind: str | None = "rebel", *, identity: str = "a1", related: tuple[str, ...] = ()) -> Actor:
    return Actor(id=identity, spans=(span(words),), name=words, kind=kind, related=related)


def event(kind: str = "armed_attack", words: str = "attacked", **values: object) -> Event:
    return Event(id="e1", type=kind, mentions=(span(words),), **values)  # type: ignore[arg-type]


def account(*events: Event, **values: object) -> Account:
    return Account(report=Report(id="r", text="", published="1990-02-04"), events=events, **values)  # type: ignore[arg-type]


def name(words: str, role: str, *, at: int = 0) -> Named:
    return Named(words, role, (Filler(at, at + len(words), role, 0.9),), 0.9)


def cast(*names: Named, **types: float) -> Cast:
    shares = dict.fromkeys(("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY"), 0.5) | types
    return Cast(names, {n.words: "POSSIBLE" for n in names}, shares)


def only(*events: Event, dated: bool = True, names: tuple[Named, ...] = (), **values: object) -> Template:
    (made,) = templates(account(*events, **values), cast(*names), dated=dated)
    return made


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        ("armed_attack", "attacked", "ATTACK"),
        ("armed_attack", "robbed", "ROBBERY"),
        ("arson_looting", "set fire", "ARSON"),
        ("arson_looting", "looted", "ROBBERY"),
        ("other_violence", "explosion", "BOMBING"),
        ("other_violence", "violence", "ATTACK"),
        ("abduction", "kidnapped", "KIDNAPPING"),
        ("arrest", "arrested", None),
        ("armed_clash", "clash", None),
    ],
)
def test_the_incident_type_is_told_by_the_event_type_and_some_words(
    kind: str, words: str, expected: str | None
) -> None:
    assert incident_type(event(kind, words)) == expected


@pytest.mark.parametrize(
    ("hit", "expected"), [("a1", None), ("a2", "ATTACK"), (span("a bus"), "ATTACK")], ids=["rebels", "civilians", "bus"]
)
def test_a_clash_is_an_attack_where_others_are_hit(hit: str | Span, expected: str | None) -> None:
    actors = (actor("rebels", "rebel", identity="a1"), actor("peasants", "civilian", identity="a2"))
    assert incident_type(event("armed_clash", "clash", recipients=(hit,)), actors) == expected


def test_the_table_knows_only_values_of_both_sides() -> None:
    rows = table()
    assert set(rows.incidents) | {kind for told in rows.told_by_words for kind in told.of} <= set(load("event_types"))
    assert {m.name for m in rows.modalities} <= set(load("modalities"))
    assert {kind for i in rows.incidents.values() for kind in i.hits or ()} <= {*load("actor_kinds"), THING}
    assert rows.people_heads.words <= rows.organisation_words.words


@pytest.mark.parametrize("modality", ["hypothetical", "generic"])
def test_what_is_neither_done_nor_threatened_makes_no_template(modality: str) -> None:
    assert templates(account(event(modality=modality)), cast()) == ()


def test_two_events_with_nothing_to_tell_them_apart_are_one_template() -> None:
    assert len(templates(account(event(), event()), cast())) == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [("the FMLN", True), ("ELN", True), ("Workers Front", True), ("a group", False), ("peasants", False)],
)
def test_an_organisation_is_listed_or_an_acronym_or_told_by_its_last_word(words: str, expected: bool) -> None:
    assert is_organisation(core(words)) is expected


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Colonel Luis Arturo Isaacs", "Luis Arturo Isaacs"),
        ("Maria de la Paz Rojas", "Maria de la Paz Rojas"),
        ("Cristiani", "Cristiani"),
        ("the peasants", None),
        ("Peasants", None),
        ("National Relief Committee", None),
    ],
)
def test_a_person_is_somebody_with_a_name(words: str, name: str | None) -> None:
    assert person(actor(words, "person")) == name


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("about 50\npeasants of various ages", "50 peasants of various ages"),
        ("the police base in Uchiza", "police base"),
        ("at least some of the houses", "houses"),
        ("an office (closed)", "office"),
    ],
)
def test_a_description_loses_what_stands_around_it(words: str, bare: str) -> None:
    assert core(words) == bare


def test_a_number_before_people_is_no_part_of_their_description() -> None:
    assert [counted(w) for w in ("50 peasants", "two men", "one-armed man")] == ["peasants", "men", "one-armed man"]


def test_an_entity_is_given_by_its_longest_mention_that_is_no_pronoun() -> None:
    assert mention([span("rebels"), span("the\nrebel column"), span("they")]) == "the rebel column"
    assert mention([span("he")]) == ""


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (
            Interval(start="1990-02-02T08:00", end="1990-02-02T09:00", precision="minute"),
            Days("1990-02-02", "1990-02-02"),
        ),
        (Interval(start=None, end="1990-02-01", precision="day"), Days(None, "1990-02-01")),
        (None, Days(None, "1990-02-04")),
    ],
)
def test_a_day_that_is_not_told_is_on_or_before_that_of_the_report(time: Interval | None, expected: Days) -> None:
    assert only(event(time=time)).days == (expected,)


def test_a_report_without_a_date_gives_no_days() -> None:
    assert only(event(time=Interval(start="1990-02-02", end="1990-02-02", precision="day")), dated=False).days == ()


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (
            Place(id="p1", span=span("Uchiza"), name="Uchiza", kind="town", country="PER", admin1="San Martín"),
            (Location("Peru", ("San Martín", "Uchiza")),),
        ),
        (Place(id="p1", span=span("Peru"), name="Peru", kind="country", country="PER"), (Location("Peru"),)),
        (Place(id="p1", span=span("Nowhere"), name="Nowhere"), ()),
    ],
)
def test_a_place_lies_in_its_country(place: Place, expected: tuple[Location, ...]) -> None:
    assert only(event(place="p1"), places=(place,)).locations == expected


def test_people_that_were_hit_are_named_or_described() -> None:
    people = (actor("Ana Ruiz", "person", identity="a1"), actor("two peasants", "civilian", identity="a2"))
    made = only(event(recipients=("a1", "a2", span("the police base in Uchiza"))), actors=people)
    assert made.roles == {"AnyVictim": (Entity(("Ana Ruiz",)), Entity(("peasants",)))}


def test_names_in_roles_fill_the_slots_and_an_organisation_has_its_certainty() -> None:
    made = only(event(), names=(name("the ELN", "perp_org"), name("a bomb", "weapon"), name("the church", "target")))
    assert made.roles == {
        "PerpOrg": (Entity(("ELN",)),),
        "Weapon": (Entity(("bomb",)),),
        "Target": (Entity(("church",)),),
    }
    assert made.confidence == (Confidence(("ELN",), frozenset({"POSSIBLE"})),)


def test_a_name_goes_to_the_event_of_which_a_mention_stands_nearest_an_organisation_to_all() -> None:
    here, there = Span(0, 6, "attack"), Span(500, 506, "attack")
    events = (
        Event(id="e1", type="armed_attack", mentions=(here,)),
        Event(id="e2", type="abduction", mentions=(there,)),
    )
    first, second = templates(account(*events), cast(name("a bomb", "weapon", at=480), name("the ELN", "perp_org")))
    eln = (Entity(("ELN",)),)
    assert (first.roles, second.roles) == ({"PerpOrg": eln}, {"Weapon": (Entity(("bomb",)),), "PerpOrg": eln})


def test_names_without_an_event_make_a_template_of_the_likeliest_type() -> None:
    (made,) = templates(account(), cast(name("the ELN", "perp_org"), BOMBING=0.9))
    assert (made.types, made.days) == (("BOMBING",), (Days(None, "1990-02-04"),))


@pytest.mark.parametrize("shares", [{"ATTACK": 0.01, "KIDNAPPING": 0.01}, {"ATTACK": 0.01, "KIDNAPPING": 0.9}])
def test_an_event_of_a_type_that_the_reader_does_not_see_makes_no_template(shares: dict[str, float]) -> None:
    assert templates(account(event()), Cast((), {}, shares)) == ()
