from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sayso.incidents.compare import ROUNDUP, THRESHOLD, compare, findings
from sayso.incidents.features import Features, Party, side_words

DAY = date(2016, 5, 13)
ARMY = Party(name="Syrian army", key="SYRMIL", kind="military", country="SYR", words=side_words("Syrian army"))
RUSSIA = Party(name="Russian jets", key="RUSAIR", kind="military", country="RUS", words=side_words("Russian jets"))
REBELS = Party(name="Free Syrian Army", key="SYRREB", kind="rebel", country="SYR")
GUNMAN = Party(name="a gunman", kind="civilian")
HOSPITAL = Party(name="a hospital", words=side_words("a hospital"))
MARKET = Party(name="a market", words=side_words("a market"))


def event(report: str = "r1", **facts: Any) -> Features:
    known: dict[str, Any] = {"type": "airstrike", "first": DAY, "last": DAY, "time_precision": "day"} | facts
    return Features(id=f"{report}:e1", report_id=report, copy_root=known.pop("copy_root", report), **known)


def placed(report: str = "r1", **facts: Any) -> Features:
    where = {"place_name": "Raqqa", "gazetteer_id": "g:raqqa", "country": "SYR", "place_precision": 1}
    return event(report, **(where | facts))


def words(*events: Features) -> str:
    return "; ".join(reason.words for reason in compare(*events).reasons)


def test_the_same_kind_day_and_town_is_one_occurrence() -> None:
    found = compare(placed("r1"), placed("r2"))
    assert found.joins
    assert [reason.words for reason in found.reasons] == [
        "both are air strikes",
        "both on 13 May 2016",
        "both at Raqqa",
        "one report has no words to compare",
        "both reports tell of it in passing",
    ]


def test_country_alone_never_joins() -> None:
    country: dict[str, Any] = {"place_name": "Syria", "gazetteer_id": "c:SYR", "place_precision": 6}
    sides: dict[str, Any] = {"initiators": (ARMY,), "recipients": (REBELS,)}
    assert not compare(placed("r1", **country), placed("r2", **country)).joins
    assert not compare(placed("r1", **country, **sides), placed("r2", **country, **sides)).joins


def test_month_alone_never_joins() -> None:
    month: dict[str, Any] = {"first": date(2016, 5, 1), "last": date(2016, 5, 31), "time_precision": "month"}
    assert not compare(placed("r1", **month), placed("r2", **month)).joins
    assert "too vague" in words(placed("r1", **month), placed("r2", **month))


def test_month_with_the_exact_place_and_both_sides_joins() -> None:
    facts: dict[str, Any] = {"first": date(2016, 5, 1), "last": date(2016, 5, 31), "time_precision": "month"}
    facts |= {"initiators": (ARMY,), "recipients": (REBELS,)}
    assert compare(placed("r1", **facts), placed("r2", **facts)).joins
    year = facts | {"first": date(2016, 1, 1), "last": date(2016, 12, 31), "time_precision": "year"}
    assert not compare(placed("r1", **facts), placed("r2", **year)).joins


def test_province_and_day_need_a_shared_side() -> None:
    province: dict[str, Any] = {
        "place_name": "Idlib",
        "gazetteer_id": "a:idlib",
        "place_precision": 4,
        "admin1": "Idlib",
    }
    assert not compare(placed("r1", **province), placed("r2", **province)).joins
    both: dict[str, Any] = {"initiators": (ARMY,), "recipients": (HOSPITAL,)}
    assert compare(placed("r1", **province, **both), placed("r2", **province, **both)).joins


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"type": "arrest"}, "different acts"),
        ({"type": "unheard_of"}, "not in the vocabulary"),
        ({"first": date(2016, 5, 20), "last": date(2016, 5, 20)}, "different times"),
        ({"country": "IRQ"}, "different countries"),
        ({"place_name": "Mosul", "gazetteer_id": "g:mosul"}, "different places"),
    ],
)
def test_what_rules_a_joining_out_says_so(facts: dict[str, Any], why: str) -> None:
    found = compare(placed("r1"), placed("r2", **facts))
    assert found.refused
    assert not found.joins
    assert why in found.why_not


def test_two_events_of_one_report_are_never_one() -> None:
    one, two = placed("r1"), placed("r1")
    assert compare(one, two).why_not == "one report tells the two apart"


def test_neighbouring_days_count_only_where_a_report_speaks_of_a_part_of_the_day() -> None:
    night: dict[str, Any] = {"time_precision": "part_of_day"}
    later: dict[str, Any] = {"first": date(2016, 5, 14), "last": date(2016, 5, 14)}
    assert compare(placed("r1"), placed("r2", **later)).refused
    assert not compare(placed("r1", **night), placed("r2", **later)).refused
    sides: dict[str, Any] = {"initiators": (ARMY,), "recipients": (HOSPITAL,)}
    assert compare(placed("r1", **night, **sides), placed("r2", **later, **sides)).joins


def test_an_attack_of_unclear_means_may_be_the_air_strike_of_another_report() -> None:
    facts: dict[str, Any] = {"initiators": (ARMY,), "recipients": (HOSPITAL,)}
    assert compare(placed("r1", **facts), placed("r2", type="armed_attack", **facts)).joins
    assert not compare(placed("r1"), placed("r2", type="armed_attack")).joins


def test_places_apart_refuse_by_distance_and_near_ones_do_not() -> None:
    def at(report: str, name: str, lat: float, lon: float) -> Features:
        return placed(report, place_name=name, gazetteer_id=name, lat=lat, lon=lon, radius_km=3.0)

    near = at("r1", "Raqqa", 35.95, 39.01), at("r2", "Mazraat", 35.98, 39.01)
    far = at("r1", "Raqqa", 35.95, 39.01), at("r2", "Tabqa", 35.83, 38.54)
    assert "3 km apart" in words(*near)
    assert not compare(*near).refused
    assert compare(*far).refused
    assert "44 km apart" in words(*far)


def test_a_town_lies_in_its_province_and_not_in_another() -> None:
    province: dict[str, Any] = {"place_name": "Deir el-Zour", "gazetteer_id": "a:dez", "place_precision": 4}
    field: dict[str, Any] = {"place_name": "Al-Omar field", "gazetteer_id": "g:omar"}
    inside = placed("r1", **field, admin1="Deir ez-Zor"), placed("r2", **province, admin1="Deir el-Zour")
    assert "Al-Omar field lies in Deir el-Zour" in words(*inside)
    outside = placed("r1", **field, admin1="Homs"), placed("r2", **province, admin1="Deir el-Zour")
    assert compare(*outside).refused


def test_reports_that_differ_on_the_attacker_still_join_on_a_shared_target() -> None:
    facts: dict[str, Any] = {"recipients": (HOSPITAL,)}
    found = compare(placed("r1", initiators=(ARMY,), **facts), placed("r2", initiators=(RUSSIA,), **facts))
    assert found.joins
    assert "what is disputed" in "; ".join(reason.words for reason in found.reasons)


def test_different_targets_keep_two_strikes_on_one_day_apart() -> None:
    assert not compare(placed("r1", recipients=(HOSPITAL,)), placed("r2", recipients=(MARKET,))).joins


def test_an_attacker_that_is_the_other_reports_target_refuses_except_in_a_clash() -> None:
    one: dict[str, Any] = {"initiators": (ARMY,), "recipients": (REBELS,)}
    two: dict[str, Any] = {"initiators": (REBELS,), "recipients": (ARMY,)}
    assert compare(placed("r1", **one), placed("r2", **two)).refused
    clash: dict[str, Any] = {"type": "armed_clash"}
    assert compare(placed("r1", **one, **clash), placed("r2", **two, **clash)).joins


def test_a_country_s_name_is_no_shared_side() -> None:
    rebels = Party(name="Syrian rebels", words=side_words("Syrian rebels"))
    army = Party(name="Syrian soldiers", words=side_words("Syrian soldiers"))
    found = compare(placed("r1", initiators=(rebels,)), placed("r2", initiators=(army,)))
    assert not any((reason.weight or 0) > 0 for reason in found.reasons if reason.feature == "initiators")


def test_a_denied_toll_does_not_keep_the_denial_from_its_incident() -> None:
    found = compare(placed("r1", killed=(30, 30)), placed("r2", killed=(0, 0)))
    assert found.joins
    assert "the reports differ on the toll" in "; ".join(reason.words for reason in found.reasons)


@pytest.mark.parametrize(
    ("one", "two", "finding"),
    [
        ((5, 5), (5, 5), "killed.many"),
        ((2, 2), (2, 2), "killed.equal"),
        ((5, None), (7, 7), "killed.overlap"),
        ((5, None), (6, None), "killed.close"),
        ((5, None), (60, None), None),
        ((5, 5), (6, 6), "killed.close"),
        ((3, 3), (40, 40), "killed.far"),
        ((30, 30), (0, 0), "killed.none_or_some"),
        ((None, None), (5, 5), None),
    ],
)
def test_tolls_are_compared_by_how_near_they_are(one: Any, two: Any, finding: str | None) -> None:
    reasons = compare(placed("r1", killed=one), placed("r2", killed=two)).reasons
    assert next((reason.finding for reason in reasons if reason.feature == "killed"), None) == finding


def test_a_toll_that_grows_with_the_reports_is_told_from_one_that_shrinks() -> None:
    early: dict[str, Any] = {"published": "2016-05-13"}
    late: dict[str, Any] = {"published": "2016-05-15"}
    grown = words(placed("r1", killed=(3, 3), **early), placed("r2", killed=(40, 40), **late))
    shrunk = words(placed("r1", killed=(40, 40), **early), placed("r2", killed=(3, 3), **late))
    assert "the later report gives more" in grown
    assert "far apart" in shrunk


def test_a_near_copy_joins_by_its_words_even_without_time_and_place() -> None:
    facts: dict[str, Any] = {"first": None, "last": None, "evidence": frozenset({"the town was hit"})}
    assert compare(event("r1", **facts), event("r2", copy_root="r1", **facts)).joins
    assert not compare(event("r1", **facts), event("r2", **facts)).joins


def test_pages_of_one_outlet_that_are_near_copies_by_what_stands_on_all_of_them_join_nothing() -> None:
    def page(report: str, words: dict[str, float]) -> Features:
        evidence = frozenset({"shooting"})
        return placed(report, copy_root="r1", type="armed_attack", evidence=evidence, event_words=words)

    told = {"shot": 0.6, "girl": 0.8}
    assert compare(page("r1", told), page("r2", told)).reasons[0].feature == "copy"
    assert compare(page("r1", told), page("r2", {"shot": 0.6, "apartment": 0.8})).reasons[0].feature != "copy"


def test_the_order_of_two_events_changes_nothing() -> None:
    one, two = placed("r1", initiators=(ARMY,), killed=(3, 3)), placed("r2", recipients=(MARKET,), killed=(4, 9))
    assert compare(one, two) == compare(two, one)


def test_a_rare_kind_of_event_needs_no_more_than_its_day_and_province() -> None:
    gas: dict[str, Any] = {"type": "chemical_attack"}
    province: dict[str, Any] = {"place_name": "Idlib", "gazetteer_id": "a:idlib", "place_precision": 4}
    town: dict[str, Any] = {"place_name": "Khan Sheikhoun", "gazetteer_id": "g:khan", "admin1": "Idlib"}
    assert compare(placed("r1", **gas, **town), placed("r2", **gas, **province)).joins
    assert not compare(placed("r1", **town), placed("r2", **province)).joins


def test_the_name_of_the_town_is_no_shared_target() -> None:
    people: dict[str, Any] = {"recipients": (Party(name="Raqqa bakery", words=side_words("Raqqa bakery")),)}
    others: dict[str, Any] = {"recipients": (Party(name="Raqqa market", words=side_words("Raqqa market")),)}
    assert not compare(placed("r1", **people), placed("r2", **others)).joins


def test_a_city_that_bears_its_province_s_name_may_mean_the_province() -> None:
    city: dict[str, Any] = {
        "place_name": "Idlib",
        "gazetteer_id": "g:idlib",
        "admin1": "Idlib",
        "lat": 35.93,
        "lon": 36.63,
    }
    town: dict[str, Any] = {"place_name": "Khan Sheikhoun", "gazetteer_id": "g:khan", "lat": 35.44, "lon": 36.65}
    found = compare(placed("r1", **city), placed("r2", **town, admin1="Idlib"))
    assert not found.refused
    assert not found.joins
    assert compare(placed("r1", **city), placed("r2", **town, admin1="Hama")).refused


@pytest.mark.parametrize(
    ("last", "finding"),
    [(13, "same_day"), (14, "close"), (15, "close"), (17, "week"), (19, "week"), (20, "vague")],
)
def test_the_wider_the_overlapping_times_the_less_they_say(last: int, finding: str) -> None:
    wide = placed("r2", last=date(2016, 5, last), time_precision="days")
    assert next(r.finding for r in findings(placed("r1"), wide) if r.feature == "time") == f"time.{finding}"


SAID: dict[str, Any] = {
    "event_words": {"hospital": 0.8, "struck": 0.6},
    "report_words": {"hospital": 0.8, "struck": 0.6},
    "names": ("amal clinic", "9500 loomis"),
    "ages": frozenset({19, 33}),
    "days": frozenset({"2016-05-13"}),
    "main": True,
}


def test_an_undated_report_without_a_place_joins_on_names_and_words() -> None:
    facts: dict[str, Any] = {"first": None, "last": None, "published": "2016-05-14"} | SAID
    assert compare(event("r1", **facts), event("r2", **facts)).joins
    others = facts | {"names": ("saada market",), "ages": frozenset({7}), "event_words": {"market": 1.0}}
    others |= {"report_words": {"market": 1.0}}
    found = compare(event("r1", **facts), event("r2", **others))
    assert not found.joins
    assert "they share no rare name" in found.why_not


def test_shared_names_outweigh_a_misread_place_and_nothing_else_does() -> None:
    elsewhere: dict[str, Any] = {"place_name": "Mosul", "gazetteer_id": "g:mosul"}
    assert not compare(placed("r1", **SAID), placed("r2", **SAID | elsewhere)).refused
    assert compare(placed("r1"), placed("r2", **elsewhere)).refused


def test_what_is_told_in_passing_is_compared_by_its_sentences_and_not_by_whole_reports() -> None:
    passing = SAID | {"main": False}
    features = {r.feature for r in compare(placed("r1", **SAID), placed("r2", **passing)).reasons}
    assert "sentences" in features
    assert not features & {"reports", "rare"}
    assert {"reports", "rare"} <= {r.feature for r in compare(placed("r1", **SAID), placed("r2", **SAID)).reasons}


def test_a_round_up_is_compared_by_its_sentences() -> None:
    def compared(others: int) -> set[str]:
        return {r.feature for r in compare(placed("r1", **SAID), placed("r2", **SAID | {"others": others})).reasons}

    assert "reports" in compared(ROUNDUP - 1)
    assert "reports" not in compared(ROUNDUP)


def test_no_reason_shows_a_name_from_the_text() -> None:
    shown = words(placed("r1", **SAID), placed("r2", **SAID))
    assert "amal" not in shown
    assert "rare words of names" in shown


def test_the_reasons_add_up_to_the_score_and_the_score_to_the_likelihood() -> None:
    found = compare(placed("r1", **SAID), placed("r2", **SAID))
    assert found.score == pytest.approx(found.start + sum(reason.weight or 0 for reason in found.reasons))
    assert found.joins == (found.score >= THRESHOLD)
    assert 0.5 < found.probability < 1.0


def test_a_report_told_before_the_day_of_the_other_is_of_something_else() -> None:
    undated: dict[str, Any] = {"first": None, "last": None, "published": "2016-05-01"}
    assert "before 13 May 2016" in compare(placed("r1"), placed("r2", **undated)).why_not


@pytest.mark.parametrize(
    ("one", "two", "finding"),
    [
        ({7, 34}, {19}, "ages.0"),
        ({7, 34}, {7}, "ages.2"),
        ({7, 34}, {7, 34, 60}, "ages.3"),
        ({7, 34, 41}, {7, 34, 60}, "ages.2"),
        ({7, 34, 41}, {7, 19, 60, 22}, "ages.1"),
    ],
)
def test_ages_count_by_their_share_of_those_that_the_report_with_fewer_gives(
    one: set[int], two: set[int], finding: str
) -> None:
    pair = (placed("r1", **SAID | {"ages": frozenset(one)}), placed("r2", **SAID | {"ages": frozenset(two)}))
    assert finding in {reason.finding for reason in compare(*pair).reasons}


WAR: dict[str, Any] = {
    "event_words": {"strike": 0.6, "minister": 0.6, "camp": 0.5},
    "report_words": {"minister": 0.7, "commander": 0.6, "ceasefire": 0.4},
    "names": ("abdelrazek sartawi", "colonel khuzami", "khuzami", "sartawi", "yehezkel"),
    "places": frozenset({"g:raqqa", "g:tabqa"}),
    "main": True,
}
"""Two reports of one war: a minister and a commander speak in both."""
RAQQA: dict[str, Any] = {"lat": 35.95, "lon": 39.01, "admin1": "Raqqa", "published": "2016-05-14"}
LATER: dict[str, Any] = {"first": date(2016, 6, 1), "last": date(2016, 6, 1), "published": "2016-06-02"}
IDLIB: dict[str, Any] = {
    "place_name": "Idlib",
    "gazetteer_id": "g:idlib",
    "lat": 35.93,
    "lon": 36.63,
    "admin1": "Idlib",
}
ABROAD: dict[str, Any] = {"place_name": "Mosul", "gazetteer_id": "g:mosul", "country": "IRQ", "lat": 36.3, "lon": 43.1}


@pytest.mark.parametrize("main", [True, False])
@pytest.mark.parametrize("other", [LATER | IDLIB, LATER | ABROAD, LATER, ABROAD])
def test_the_same_people_named_in_strikes_of_other_weeks_or_countries_join_nothing(
    other: dict[str, Any], main: bool
) -> None:
    one = placed("r1", **WAR | RAQQA | {"main": main})
    assert compare(one, placed("r2", **WAR | RAQQA | {"main": main})).joins
    assert compare(one, placed("r2", **WAR | RAQQA | {"main": main} | other)).refused


def test_a_time_and_a_place_that_do_not_fit_take_ages_and_a_day_in_common_to_be_misread() -> None:
    shared = WAR | RAQQA | {"ages": frozenset({7, 34})}
    one = placed("r1", **shared | {"days": frozenset({"2016-05-13"})})
    assert compare(one, placed("r2", **shared | LATER | IDLIB)).refused
    assert not compare(one, placed("r2", **shared | LATER)).refused
    both = shared | LATER | IDLIB | {"days": frozenset({"2016-05-13", "2016-06-01"})}
    assert not compare(one, placed("r2", **both)).refused


@pytest.mark.parametrize("other", [LATER, LATER | IDLIB, ABROAD])
@pytest.mark.parametrize(
    ("kind", "by", "apart"),
    [
        ("armed_attack", (), False),
        ("armed_attack", (GUNMAN,), False),
        ("armed_attack", (ARMY,), True),
        ("airstrike", (), True),
    ],
)
def test_an_act_of_no_force_is_told_again_under_other_dates_and_places(
    other: dict[str, Any], kind: str, by: tuple[Party, ...], apart: bool
) -> None:
    told = WAR | RAQQA | {"type": kind, "initiators": by}
    assert compare(placed("r1", **told), placed("r2", **told | other)).refused == apart
    passing = told | {"main": False}
    assert compare(placed("r1", **told), placed("r2", **passing | other)).refused


def test_a_near_copy_may_have_a_misread_day_and_town() -> None:
    rare = {"khuzami": 0.5, "sartawi": 0.5, "yehezkel": 0.5, "barzilai": 0.5}
    copied = WAR | RAQQA | {"report_words": rare}
    assert not compare(placed("r1", **copied), placed("r2", **copied | LATER | ABROAD)).refused


@pytest.mark.parametrize(
    ("names", "finding"),
    [
        (("9500 loomis",), "street.same"),
        (("main street",), "street.different"),
        (("loomis street",), None),
        (("amal clinic",), None),
    ],
)
def test_streets_named_in_two_reports_are_compared(names: tuple[str, ...], finding: str | None) -> None:
    found = findings(placed("r1", **SAID), placed("r2", **SAID | {"names": names}))
    assert next((reason.finding for reason in found if reason.feature == "street"), None) == finding
