"""Whether an incident and a foreign event are one occurrence: points for and against, each with its words."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml
from rapidfuzz.fuzz import ratio

from sayso.comparing.foreign import ForeignEvent
from sayso.comparing.kinds import nearness
from sayso.comparing.ours import Ours
from sayso.comparing.telling import REGION, Telling
from sayso.comparing.ucdp import KINDS
from sayso.incidents.wording import counted, english_days
from sayso.knowledge.countries import countries
from sayso.knowledge.names import skeleton
from sayso.knowledge.sphere import distance_km

BUSY = 5
"""From so many of theirs near ours on, being near tells less."""
TELLING_TOLL = 5
"""The same number of killed from this one on is hardly a coincidence."""
NON_STATE = KINDS["2"]
WEEK = 13
"""Days up to which a span may be "some time in that week", wherever weeks begin."""
_DEGREE_KM = 111.0
"""A little less than a degree of latitude."""
_ALIKE = 75.0
"""From which likeness on, in percent, two names of close points are spellings of one."""
_CLOSE_KM, _NEAR_KM, _NAMESAKES_KM = 5.0, 15.0, 30.0


@cache
def weights() -> dict[str, float]:
    """The points of weights.yaml by name."""
    raw = yaml.safe_load(files("sayso.comparing").joinpath("weights.yaml").read_text("utf-8"))
    return {name: float(entry["points"]) for name, entry in raw.items()}


class Part(NamedTuple):
    """One thing compared: which weight it gets (null: it rules the match out), and a number that its words need."""

    feature: str
    weight: str | None
    number: float = 0.0


def parts(ours: Ours, theirs: ForeignEvent, one: Telling, two: Telling) -> list[Part]:
    """What the two share and do not. Ends at the first thing that rules the match out."""
    found: list[Part] = []
    for part in (_time(one, two), _place(one, two)):
        found.append(part)
        if part.weight is None:
            return found
    found.append(_type(ours, theirs))
    found += filter(None, (_sides(ours, theirs, one, two), _toll(theirs, one, two)))
    return found


def busy(count: int) -> list[Part]:
    """What it tells that so many foreign events lie near an incident."""
    return [Part("busy", "busy", count)] if count >= BUSY else []


def total(found: list[Part]) -> float | None:
    """The sum of the points; null where something rules the match out."""
    known = weights()
    points = [known[part.weight] for part in found if part.weight is not None]
    return sum(points) if len(points) == len(found) else None


def far(one: Telling, two: Telling) -> bool:
    """Whether two exact places are so far apart that no words could make them one, told at little cost."""
    if (
        one.lat is None
        or one.lon is None
        or two.lat is None
        or two.lon is None
        or max(one.precision, two.precision) > 3
    ):
        return False
    limit = max(one.reach_km + two.reach_km, _NAMESAKES_KM)
    if abs(one.lat - two.lat) * _DEGREE_KM > limit:
        return True
    across = abs(one.lon - two.lon)
    return min(across, 360.0 - across) * min(one.degree_km, two.degree_km) > limit


def gap_days(one: Telling, two: Telling) -> int:
    """Whole days between the two spans; 0 where they overlap."""
    return max(one.first - two.last, two.first - one.last, 0)


def away_km(one: Telling, two: Telling) -> float | None:
    """The distance between the two points in km; null where one has none."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    return distance_km(one.lat, one.lon, two.lat, two.lon)


def one_name(one: str, two: str, *, close: bool) -> bool:
    """Whether two folded names are one place's; where the points are close, also as other spellings of it."""
    if not one or not two:
        return False
    return one == two or (close and (skeleton(one) == skeleton(two) or ratio(one, two) >= _ALIKE))


def shared_sides(one: Telling, two: Telling) -> int:
    """How many sides of the second are also sides of the first."""
    return sum(any(keys & other for other in one.sides) for keys in two.sides)


def toll_gap(one: Telling, two: Telling) -> int | None:
    """How far apart the two ranges of killed are, 0 where they overlap; null where one of them is not known."""
    (low, high), (least, most) = one.killed, two.killed
    if (low is None and high is None) or (least is None and most is None):
        return None
    below = (least or 0) - high if high is not None else 0
    above = (low or 0) - most if most is not None else 0
    return max(below, above, 0)


def _time(one: Telling, two: Telling) -> Part:
    gap = gap_days(one, two)
    if gap:
        # A span of weeks is wide enough as it is.
        if max(one.days, two.days) > WEEK:
            return Part("time", None, gap)
        return Part("time", {1: "next_day", 2: "two_days"}.get(gap), gap)
    if one.days == two.days == 1:
        return Part("time", "same_day")
    return Part("time", "same_days" if max(one.days, two.days) <= WEEK else "same_month")


def _place(one: Telling, two: Telling) -> Part:
    if one.country and two.country and one.country != two.country:
        return Part("place", None)
    if max(one.precision, two.precision) >= REGION:
        return _region(one, two)
    away = away_km(one, two)
    if away is None:
        return Part("place", None)
    if max(one.precision, two.precision) == 4:
        return _province(one, two, away)
    if away <= _NAMESAKES_KM and one_name(one.place_key, two.place_key, close=away <= _CLOSE_KM):
        return Part("place", "same_place", away)
    for limit, weight in ((_CLOSE_KM, "close"), (_NEAR_KM, "near"), (one.reach_km + two.reach_km, "within_reach")):
        if away <= limit:
            return Part("place", weight, away)
    return Part("place", None, away)


def _region(one: Telling, two: Telling) -> Part:
    away = away_km(one, two)
    far = away is not None and max(one.precision, two.precision) == REGION and away > one.reach_km + two.reach_km
    return Part("place", None if far else "no_place", away or 0.0)


def _province(one: Telling, two: Telling, away: float) -> Part:
    wide, narrow = (one, two) if one.precision == 4 else (two, one)
    named = {key for key in (wide.admin_key, wide.place_key) if key}
    if narrow.admin_key in named or (narrow.precision == 4 and narrow.place_key in named):
        return Part("place", "same_province", away)
    return Part("place", "within_reach" if away <= wide.reach_km else None, away)


def _type(ours: Ours, theirs: ForeignEvent) -> Part:
    near = nearness(ours.type, theirs.types)
    if near == "same" and theirs.dataset == "ucdp":
        return Part("type", "any_violence")
    return Part("type", {"same": "same_type"}.get(near, near))


def _sides(ours: Ours, theirs: ForeignEvent, one: Telling, two: Telling) -> Part | None:
    if not one.sides or not two.sides:
        return None
    shared = shared_sides(one, two)
    if not shared and theirs.kind == NON_STATE and ours.country in ours.states:
        return Part("sides", "no_state")
    return Part("sides", ("other_sides", "side")[shared] if shared < 2 else "sides", shared)


def _toll(theirs: ForeignEvent, one: Telling, two: Telling) -> Part | None:
    gap = toll_gap(one, two)
    if gap is None:
        silent = theirs.dataset == "ucdp" and one.killed == (None, None)
        return Part("killed", "no_toll") if silent else None
    if gap == 0:
        if one.best and one.best == two.best:
            return Part("killed", "same_toll" if one.best >= TELLING_TOLL else "same_small_toll")
        return Part("killed", "toll_open" if _open(one, two) else "toll_fits")
    larger = max(value for value in (*one.killed, *two.killed) if value is not None)
    return Part("killed", "toll_near" if gap <= max(2, larger / 2) else "toll_differs", gap)


def _open(one: Telling, two: Telling) -> bool:
    """Whether ours gives only the least, so much lower than theirs that it hardly speaks of the same."""
    least, most = one.killed[0], two.best
    return one.killed[1] is None and least is not None and most is not None and most > 2 * least + 2


def in_words(part: Part, ours: Ours, theirs: ForeignEvent) -> str:
    """One thing compared, as a sentence says it."""
    if part.feature == "busy":
        return f"{part.number:.0f} of theirs lie near there in those days"
    return {"time": _time_words, "place": _place_words, "type": _type_words, "sides": _sides_words}.get(
        part.feature, _toll_words
    )(part, ours, theirs)


def _time_words(part: Part, ours: Ours, theirs: ForeignEvent) -> str:
    days = english_days(ours.first, ours.last), english_days(theirs.first, theirs.last)
    if part.weight == "same_day":
        return f"both on {days[0]}"
    if part.number:
        return f"{part.number:.0f} day{'s' if part.number > 1 else ''} apart: {days[0]} and {days[1]}"
    return f"both on {days[0]}" if days[0] == days[1] else f"the days may be the same: {days[0]} and {days[1]}"


def _place_words(part: Part, ours: Ours, theirs: ForeignEvent) -> str:
    names = ours.place or "a place not named", theirs.place or "a place not named"
    away = f"{part.number:.0f} km apart"
    if part.weight == "same_place":
        return f"both at {ours.place}"
    if part.weight == "same_province":
        return f"{names[0]} and {names[1]} are in one province"
    if part.weight == "no_place":
        return f"{names[0]} and {names[1]}: one of them is no closer than a region"
    if part.weight is None and ours.country != theirs.country:
        return f"different countries: {_country(ours.country)} and {_country(theirs.country)}"
    if part.weight == "within_reach":
        return f"{names[0]} and {names[1]} are {away}, within what the vaguer one allows"
    return f"{names[0]} and {names[1]} are {away}"


def _country(code: str | None) -> str:
    known = countries().get(code or "")
    return known.name if known else code or "none named"


def _type_words(part: Part, ours: Ours, theirs: ForeignEvent) -> str:
    from sayso.vocabulary import load

    types = load("event_types")
    entry = types.get(ours.type)
    noun = (entry.noun or entry.label.lower()) if entry else ours.type
    if part.weight == "any_violence":
        return f"{noun}, which {theirs.kind} violence may be"
    if part.weight == "same_type":
        return f"{noun}, in their words “{theirs.kind}”"
    likely = {"family": "are near each other", "joins": "may be taken for each other"}
    return f"{noun} and “{theirs.kind}” {likely.get(part.weight or '', 'are different acts')}"


def _sides_words(part: Part, ours: Ours, theirs: ForeignEvent) -> str:
    if part.weight == "no_state":
        return "no state took part in theirs, and ours names forces of the country itself"
    if part.weight == "other_sides":
        return "both name sides, and share none"
    return "two sides are the same" if part.number > 1 else "one side is the same"


def _toll_words(part: Part, ours: Ours, theirs: ForeignEvent) -> str:
    tolls = counted(ours.killed_low, ours.killed_high), their_toll(theirs)
    if part.weight == "no_toll":
        return "ours gives no number of killed"
    if part.weight in ("same_toll", "same_small_toll"):
        return f"both give {tolls[0]} killed" if tolls[0] == tolls[1] else f"{tolls[0]} and {tolls[1]} killed"
    if part.weight in ("toll_fits", "toll_open"):
        return f"the numbers of killed fit: {tolls[0]} and {tolls[1]}"
    return f"the numbers of killed differ: {tolls[0]} and {tolls[1]}"


def their_toll(theirs: ForeignEvent) -> str:
    """Their number of killed as people write it; "0 (none, or not known)" for ACLED's zero."""
    if theirs.killed_low is None and theirs.killed_high is None:
        return "0 (none, or not known)" if theirs.killed_best == 0 else "an unknown number"
    return counted(theirs.killed_low, theirs.killed_high)
