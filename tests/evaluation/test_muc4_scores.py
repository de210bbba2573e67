"""The published scores of MUC-4 on cases computed by hand."""

from __future__ import annotations

import pytest

from sayso.evaluation.muc4.scores import INCIDENT, Hit, align, ceaf_ree, merged, slot_scores, template_scores, unmatched
from sayso.evaluation.muc4.template import Confidence, Days, Entity, Location, Role, Template, plain


def entity(*mentions: str) -> Entity:
    return Entity(mentions)


def template(kind: str = "ATTACK", /, **roles: list[Entity]) -> Template:
    filled: dict[Role, tuple[Entity, ...]] = {role: tuple(found) for role, found in roles.items()}  # type: ignore[misc]
    return Template(types=tuple(kind.split(" / ")), roles=filled)


@pytest.mark.parametrize(
    ("words", "compared"),
    [("The  Army", "army"), ("an O'BRIEN farm", "obrien farm"), ("U.S. embassy", "us embassy"), ("Theatre", "theatre")],
)
def test_strings_are_compared_without_case_marks_and_articles(words: str, compared: str) -> None:
    assert plain(words) == compared


@pytest.mark.parametrize(
    ("predicted", "right"),
    [
        (entity("rebels"), 1),
        (entity("the rebels", "Rebel column"), 1),
        (entity("rebels", "men"), 0),  # one mention that is not the key's spoils the entity
        (entity("rebel"), 0),
    ],
)
def test_an_entity_is_found_where_all_its_mentions_are_the_keys(predicted: Entity, right: int) -> None:
    key = [template(PerpInd=[entity("REBEL COLUMN", "REBELS")])]
    assert ceaf_ree([template(PerpInd=[predicted])], key)["PerpInd"] == Hit(right, 1, right, 1)


def test_ceaf_ree_aligns_as_many_entities_as_can_be() -> None:
    key = [template(Target=[entity("BANK", "OFFICE"), entity("OFFICE")])]
    read = [template(Target=[entity("office"), entity("bank"), entity("shop")])]
    # "office" must go to the second entity, so that "bank" keeps the first: two of three read, two of two in the key.
    found = ceaf_ree(read, key)["Target"]
    assert found == Hit(2, 3, 2, 2)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == 1.0
    assert found.f1 == pytest.approx(0.8)


def test_one_entity_of_the_key_is_found_once() -> None:
    key = [template(Target=[entity("BANK", "OFFICE")])]
    assert ceaf_ree([template(Target=[entity("bank"), entity("office")])], key)["Target"] == Hit(1, 2, 1, 1)


def test_ceaf_ree_knows_no_templates() -> None:
    key = [template("BOMBING", PerpInd=[entity("REBELS")]), template("ARSON", PerpInd=[entity("REBELS", "MEN")])]
    # One entity in the key, for both templates share a mention; it is found although the incident type is wrong.
    assert ceaf_ree([template("ROBBERY", PerpInd=[entity("men")])], key)["PerpInd"] == Hit(1, 1, 1, 1)


def test_entities_of_several_templates_are_merged_and_those_of_one_are_not() -> None:
    first = template(Target=[entity("BUS", "VEHICLES"), entity("TRUCK", "VEHICLES")])
    second = template(Target=[entity("TRUCK", "LORRY"), entity("HOUSE")])
    assert merged([first, second], "Target") == [
        entity("BUS", "VEHICLES"),
        entity("TRUCK", "VEHICLES", "LORRY"),
        entity("HOUSE"),
    ]


def test_a_report_without_a_key_makes_all_spurious_and_one_without_reading_all_missed() -> None:
    one = [template(Weapon=[entity("bomb")])]
    assert ceaf_ree(one, [])["Weapon"] == Hit(0, 1, 0, 0)
    assert ceaf_ree([], one)["Weapon"] == Hit(0, 0, 0, 1)
    assert unmatched([], one, "Weapon") == ([entity("bomb")], [])
    assert unmatched(one, [], "Weapon") == ([], [entity("bomb")])
    assert Hit().f1 == 0.0


def test_template_scores_count_types_and_fillers_of_aligned_templates() -> None:
    key = [
        template("BOMBING", PerpOrg=[entity("ELN")], Target=[entity("PIPELINE")]),
        template("KIDNAPPING", Victim=[entity("ANA RUIZ")]),
    ]
    read = [template("BOMBING", PerpOrg=[entity("ELN")], Target=[entity("bridge")]), template("ARSON")]
    found = template_scores(read, key)
    assert found[INCIDENT] == Hit(1, 2, 1, 2)
    assert found["PerpOrg"] == Hit(1, 1, 1, 1)
    assert found["Target"] == Hit(0, 1, 0, 1)
    assert found["Victim"] == Hit(0, 0, 0, 1)


def test_a_filler_in_a_template_of_another_type_is_wrong() -> None:
    key = [template("KIDNAPPING", PerpOrg=[entity("ELN")])]
    found = template_scores([template("ATTACK", PerpOrg=[entity("ELN")])], key)
    assert (found[INCIDENT], found["PerpOrg"]) == (Hit(0, 1, 0, 1), Hit(0, 1, 0, 1))


def test_one_of_the_types_of_the_key_is_enough() -> None:
    assert template_scores([template("ATTACK")], [template("BOMBING / ATTACK")])[INCIDENT] == Hit(1, 1, 1, 1)


def test_templates_are_aligned_so_that_most_is_right() -> None:
    first, second = template(Victim=[entity("ANA RUIZ")]), template(Victim=[entity("LUIS DIAZ")])
    read = [template(Victim=[entity("Luis Diaz")]), template(Victim=[entity("Ana Ruiz")])]
    assert align(read, [first, second]) == [(read[0], second), (read[1], first)]


def test_within_a_template_entities_need_no_partner_of_their_own() -> None:
    # GTT counts each side by itself: both readings fit the one entity of the key.
    key = [template(Target=[entity("BANK", "OFFICE")])]
    found = template_scores([template(Target=[entity("bank"), entity("office")])], key)
    assert found["Target"] == Hit(2, 2, 1, 1)


def slots(read: Template, key: Template) -> dict[str, Hit]:
    return slot_scores([read], [key], [(read, key)])


def at(*levels: str) -> tuple[Location, ...]:
    return (Location(levels[0], levels[1:]),)


@pytest.mark.parametrize(
    ("read", "date", "told"),
    [
        (Days("1989-12-09", "1989-12-09"), Hit(1, 1, 1, 1), Hit(1, 1, 1, 1)),
        (Days(None, "1989-12-10"), Hit(1, 1, 1, 1), Hit(0, 0, 0, 1)),
        (Days("1989-12-08", "1989-12-09"), Hit(0, 1, 0, 1), Hit(0, 1, 0, 1)),
    ],
)
def test_a_date_is_right_where_it_is_one_of_the_alternatives(read: Days, date: Hit, told: Hit) -> None:
    key = Template(types=("ATTACK",), days=(Days("1989-12-09", "1989-12-09"), Days(None, "1989-12-10")))
    found = slots(Template(types=("ATTACK",), days=(read,)), key)
    assert found["date"] == date
    assert found["date told"] == told


@pytest.mark.parametrize(
    ("read", "country", "place"),
    [
        (at("Peru", "Junín", "Huancayo"), Hit(1, 1, 1, 1), Hit(1, 1, 1, 1)),
        (at("Peru", "Lima"), Hit(1, 1, 1, 1), Hit(0, 1, 0, 1)),
        (at("Peru"), Hit(1, 1, 1, 1), Hit(0, 0, 0, 1)),
        (at("Chile", "Huancayo"), Hit(0, 1, 0, 1), Hit(0, 1, 0, 1)),
        ((), Hit(0, 0, 0, 1), Hit(0, 0, 0, 1)),
    ],
)
def test_a_place_is_right_where_country_and_smallest_place_are(
    read: tuple[Location, ...], country: Hit, place: Hit
) -> None:
    key = Template(types=("ATTACK",), locations=(Location("PERU", ("HUANCAYO",)),))
    found = slots(Template(types=("ATTACK",), locations=read), key)
    assert (found["country"], found["place"]) == (country, place)


@pytest.mark.parametrize(
    ("name", "value", "organisation", "confidence"),
    [
        ("ELN", "POSSIBLE", Hit(1, 1, 1, 2), Hit(1, 1, 1, 2)),
        ("ELN", "REPORTED AS FACT", Hit(1, 1, 1, 2), Hit(0, 1, 0, 2)),
        ("FMLN", "POSSIBLE", Hit(0, 1, 0, 2), Hit(0, 1, 0, 2)),
    ],
)
def test_confidence_needs_the_organisation_and_one_of_its_values(
    name: str, value: str, organisation: Hit, confidence: Hit
) -> None:
    suspected = frozenset({"POSSIBLE", "SUSPECTED OR ACCUSED"})
    named = (Confidence(("ARMY OF X", "ELN"), suspected), Confidence(("POLICE",), suspected))
    key = Template(types=("ATTACK",), confidence=named)
    found = slots(Template(types=("ATTACK",), confidence=(Confidence((name,), frozenset({value})),)), key)
    assert (found["organisation"], found["confidence"]) == (organisation, confidence)


def test_slots_of_templates_that_are_not_aligned_are_spurious_and_missing() -> None:
    one = Template(types=("ATTACK",), days=(Days("1990-01-01", "1990-01-01"),))
    assert slot_scores([one], [one], [])["date"] == Hit(0, 1, 0, 1)
