from __future__ import annotations

from tests.incidents.made import Made

from sayso.incidents.campaigns import Campaign, campaign


def of(made: Made, incident: str) -> Campaign | None:
    with made.done().read() as connection:
        return campaign(connection, incident)


def test_three_similar_attacks_on_one_place_are_a_campaign_from_any_of_them(made: Made) -> None:
    for name, day in (("A", "2020-01-01"), ("B", "2020-01-10"), ("C", "2020-01-24")):
        made.incident(name, day, ["blue-front"])
    found = [of(made, name) for name in "ABC"]
    assert [[attack.id for attack in one.attacks] for one in found if one] == [["A", "B", "C"]] * 3
    assert found[0] is not None
    assert [attack.why for attack in found[0].attacks][1] == "at the same place, Place p1, 9 days after the one before"
    assert found[0].attacks[0].attackers == ("Blue Front",)


def test_other_types_other_places_and_later_attacks_are_no_part_of_it(made: Made) -> None:
    made.incident("A", "2020-01-01")
    made.incident("B", "2020-01-02")
    made.incident("C", "2020-01-03", kind="bombing")
    made.incident("D", "2020-01-03", place="p2")
    made.incident("E", "2020-01-20")
    assert of(made, "A") is None


def test_a_whole_district_is_no_target(made: Made) -> None:
    for name in "ABC":
        made.incident(name, "2020-01-01", place_precision=3)
    assert of(made, "A") is None


def test_what_somebody_calls_similar_belongs_to_it_with_the_words(made: Made) -> None:
    made.incident("A", "2020-01-01")
    made.incident("B", "2020-01-02")
    made.incident("C", "2020-01-05", place="elsewhere")
    made.link("C", "A", "similar_to", "monitor")
    for start in "AC":
        found = of(made, start)
        assert found is not None
        assert [attack.id for attack in found.attacks] == ["A", "B", "C"]
        assert found.attacks[2].why == "called similar to another of them"
        assert [edge.voices[0].evidence for edge in found.resembling] == ["C similar_to A"]


def test_stubs_and_vague_dates_are_no_part_of_it(made: Made) -> None:
    made.incident("A", "2020-01-01")
    made.incident("B", "2020-01-02", stub=True)
    made.incident("C", "2020-01-01", end="2020-01-31")
    assert of(made, "A") is None
