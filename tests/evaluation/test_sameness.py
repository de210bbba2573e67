import pytest

from sayso.evaluation.sameness import same_actor, same_days, same_name, same_place, same_time, same_words
from sayso.model import Interval, Place, Span, TimePrecision


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("the US military", "US military"),
        ("Col. Wayne Marotto", "Marotto"),
        ("coalition spokesman Wayne Marotto", "Col. Wayne Marotto"),
        ("the Observatory", "Syrian Observatory for Human Rights"),
        ("Taliban", "Taliban fighters"),
        ("Bashar al-Assad", "President Assad"),
        ("the militia", "Iran-backed militia"),
        ("Erdoğan", "Erdogan"),
        ("a spokesman for the fighters", "the spokesman"),
        ("Iraq’s army", "Iraq's army"),
    ],
)
def test_names_of_one_actor_are_the_same(left: str, right: str) -> None:
    assert same_name(left, right)
    assert same_name(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("US", "US-backed fighters"),
        ("US", "the US military"),
        ("Syrian Democratic Forces", "Iraqi Security Forces"),
        ("Taliban", "a Taliban spokesman"),
        ("Russian Defense Ministry", "Syrian Foreign Ministry"),
        ("the Pentagon", "Pentagon officials"),
        ("", "US"),
    ],
)
def test_names_of_different_actors_are_not_the_same(left: str, right: str) -> None:
    assert not same_name(left, right)
    assert not same_name(right, left)


def test_actor_is_the_same_by_any_of_its_forms_but_not_by_a_pronoun() -> None:
    he = Span(40, 42, "he")
    assert same_actor(["Islamic State", Span(0, 4, "Isis")], ["ISIS"])
    assert not same_actor(["Ali", he], ["Omar", Span(60, 62, "he")])


def test_actor_is_the_same_by_overlapping_spans() -> None:
    assert same_actor([Span(0, 10, "0123456789")], [Span(4, 10, "456789")])
    assert not same_actor([Span(0, 10, "0123456789")], [Span(6, 10, "6789")])


def place(name: str, country: str | None = None) -> Place:
    return Place(id="p1", span=Span(0, len(name), name), name=name, country=country)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (place("Deir el-Zour"), place("Deir Ezzor province"), False),
        (place("Idlib", "SYR"), place("north of Idlib city", "SYR"), True),
        (place("Al-Omar field", "SYR"), place("Omar oil field", "SYR"), True),
        (place("Tripoli", "LBY"), place("Tripoli", "LBN"), False),
        (place("Aleppo province", "SYR"), place("Idlib province", "SYR"), False),
        (place("southern Aleppo", "SYR"), place("Aleppo city", "SYR"), True),
        (place("southern Aleppo"), place("Aleppo city"), False),
    ],
)
def test_places_are_compared_by_words_and_country(left: Place, right: Place, same: bool) -> None:
    assert same_place(left, right) is same
    assert same_place(right, left) is same


def interval(start: str | None, end: str | None, precision: TimePrecision = "day") -> Interval:
    return Interval(start=start, end=end, precision=precision)


@pytest.mark.parametrize(
    ("left", "right", "meet", "days"),
    [
        (interval("2020-01-01", "2020-01-03"), interval("2020-01-03", "2020-01-04"), True, False),
        (interval("2020-01-01", "2020-01-02"), interval("2020-01-03", "2020-01-04"), False, False),
        (interval(None, "2020-01-02"), interval("2019-01-01", None), True, False),
        (interval("2020-01-01T08:00", "2020-01-01T09:00"), interval("2020-01-01", "2020-01-01"), True, True),
        (interval("2020-01-01", "2020-01-01"), interval("2020-01-01", "2020-01-01", "month"), False, True),
    ],
)
def test_times_are_the_same_where_they_meet_with_one_precision(
    left: Interval, right: Interval, meet: bool, days: bool
) -> None:
    assert same_time(left, right) is meet
    assert same_days(left, right) is days


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("two rockets", "rockets", True),
        ("a rocket", "rockets", True),
        ("mortar", "barrel bombs", False),
        ("car bomb", "truck bomb", True),
    ],
)
def test_weapons_are_compared_by_words(left: str, right: str, same: bool) -> None:
    assert same_words(Span(0, len(left), left), Span(0, len(right), right)) is same
