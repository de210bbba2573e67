"""Datelines: where, when and by which agencies a report says it was filed ("BAGHDAD, 12 Jan (Agency) --")."""

from __future__ import annotations

import re

import msgspec

from sayso.errors import SaysoError
from sayso.model import Dateline, Span
from sayso.sources import settings
from sayso.sources.dates import MONTH, calendar_day, day_in_year_before, month_number

# Words in capitals that open a line as a place does, and are none.
_NO_PLACE = frozenset(
    """
    FILE WATCH UPDATE UPDATES BREAKING EXCLUSIVE LIVE VIDEO VIDEOS PHOTO PHOTOS READ MORE NEWS OPINION ANALYSIS FACTBOX
    TIMELINE CORRECTED CORRECTION NOTE EDITORIAL INTERVIEW EXPLAINER FEATURE REPORT URGENT ALERT WARNING SUMMARY
    NATO ISIS ISIL DAESH OPEC UNHCR UNICEF UNESCO OCHA UNRWA OSCE ASEAN ECOWAS AMISOM
    """.split()  # noqa: SIM905 (a list is easier to review without its quotes)
)
_CAPS = r"[A-ZÀ-ÖØ-Þ](?:[A-ZÀ-ÖØ-Þ'’.]|-(?=[A-ZÀ-ÖØ-Þ])){1,24}"
_CAPS_PLACE = rf"{_CAPS}(?:(?:\ |/|,\ |\ /\ ){_CAPS}){{0,5}}"
_MIXED_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{1,24}"
_MIXED_PLACE = rf"(?!(?:The|An?|In|On|At|By|For|Our|This)\ ){_MIXED_WORD}(?:(?:\ |/|,\ ){_MIXED_WORD}){{0,4}}"
_REGION = rf"(?:,\ {_MIXED_WORD}(?:\ {_MIXED_WORD}){{0,2}})"
_WEEKDAY = r"(?:(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thurs|Fri|Sat|Satur|Sun)(?:day)?\.?,?\ )"
_DAY_MONTH = rf"(?:(?P<d1>\d{{1,2}})\ (?P<m1>{MONTH})|(?P<m2>{MONTH})\ (?P<d2>\d{{1,2}}))"
_DAY = rf"(?:(?i:{_WEEKDAY}?{_DAY_MONTH}(?:,?\ (?P<y>\d{{4}}))?)(?!\d))"
_DAY_ALONE = re.compile(_DAY.replace(r"\ ", " "))
_AGENCY = r"(?:\((?P<agency>[^()\n]{2,60})\)|/(?P<slashed>[A-Z][A-Z\ ]{1,20})/)"
_DASH = r"(?:\ ?(?:—|–|--+|―)\ ?-?\s{0,2}|\ -\s{1,2}|-\s{1,2})"
_DASHED = re.compile(r"(?:—|–|--|―|\s-)\s*\Z")
_BYLINE = rf"(?:By\ {_MIXED_WORD}(?:\ (?:and\ )?{_MIXED_WORD}){{1,6}},?\s{{1,2}})?"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text.replace("DAY", _DAY).replace("AGENCY", _AGENCY))


# (form, whether it may also stand behind a title). Every repetition is bounded, and a form is tried on a short window.
_AT_START = [
    # CAIRO — | BEIRUT (AP) — | WASHINGTON, July 5 (Xinhua) -- | BEIRUT, Lebanon (AP) —
    _pattern(rf"{_BYLINE}(?P<span>(?P<place>{_CAPS_PLACE}{_REGION}?)(?:,?\ DAY\.?)?,?(?:\ AGENCY)?{_DASH})"),
    # HOMS (Sputnik) On Thursday | MOSCOW, July 5. /TASS/. The: the agency alone makes it a dateline
    _pattern(rf"{_BYLINE}(?P<span>(?P<place>{_CAPS_PLACE}{_REGION}?)(?:,\ DAY\.?)?,?\ AGENCY[.:]?\ )"),
    # BEIRUT: At least
    _pattern(rf"(?P<span>(?P<place>{_CAPS_PLACE}):\ )"),
    # Beirut (dpa) - | Damascus, 5 July (SANA) –
    _pattern(rf"{_BYLINE}(?P<span>(?P<place>{_MIXED_PLACE})(?:,?\ DAY\.?)?,?\ AGENCY{_DASH})(?![a-z])"),
    # Damascus, SANA –
    _pattern(rf"(?P<span>(?P<place>{_MIXED_PLACE}),\ (?P<agency2>[A-Z]{{2,8}}){_DASH})"),
    # (Damascus) – | (Beirut, June 5, 2020) –
    _pattern(rf"(?P<span>\((?P<place>{_MIXED_PLACE})(?:,\ DAY)?\){_DASH})"),
]
_BEHIND_TITLE = [
    _pattern(rf"[-–—]\s?(?P<span>(?P<place>{_CAPS_PLACE})(?:,?\ DAY\.?)?,?(?:\ AGENCY)?\ ?(?:—|–|--))"),
    _pattern(rf"(?<=[\s.])(?P<span>(?P<place>{_CAPS_PLACE}{_REGION}?)(?:,?\ DAY\.?)?,?\ AGENCY{_DASH})"),
    _pattern(rf"(?<=[\s.])(?P<span>(?P<place>{_CAPS_PLACE})(?:,\ DAY\.?)?,?\ AGENCY\ (?=[A-Z]))"),
]


class FiledDay(msgspec.Struct, frozen=True):
    """The day in a dateline; the year is null where the words leave it open."""

    month: int
    day: int
    year: int | None = None

    def resolve(self, base: str | None) -> str | None:
        """The ISO 8601 day; without a year the latest one not after ``base``; null where that is not known."""
        if self.year is not None:
            try:
                return calendar_day(self.year, self.month, self.day, "", "")
            except SaysoError:
                return None
        return day_in_year_before(self.month, self.day, base) if base else None


class Found(msgspec.Struct, frozen=True):
    """A dateline and where the prose goes on behind it (code points of the whole text)."""

    place: str
    agencies: tuple[str, ...]
    day: FiledDay | None
    span: Span
    end: int
    opens: bool
    """Whether it opens the text, so that all before ``end`` is header."""

    def dateline(self, base: str | None) -> Dateline:
        """The dateline as the account keeps it; ``base`` (ISO 8601) settles a year that the words leave open."""
        return Dateline(
            place=self.place,
            agencies=self.agencies,
            date=self.day.resolve(base) if self.day else None,
            span=self.span,
        )


def read_dateline(text: str, start: int = 0) -> Found | None:
    """The dateline that opens ``text`` at ``start``, or stands close behind a title there; else null. Never raises."""
    window = text[start : start + settings.DATELINE_WINDOW]
    capitals = window.isupper()
    for pattern in _AT_START:
        match = pattern.match(window)
        if match and not (capitals and _may_be_prose(match)) and (found := _found(match, start, opens=True)):
            return found
    for pattern in _BEHIND_TITLE:
        for match in pattern.finditer(window):
            if not (capitals and _may_be_prose(match)) and (found := _found(match, start, opens=False)):
                return found
    return None


def _may_be_prose(match: re.Match[str]) -> bool:
    """Whether, in a text in capitals, what looks like a dateline may be its first words ("THE ARMY (SAA) SAID")."""
    groups = match.groupdict()
    dated = bool(groups.get("m1") or groups.get("m2"))
    agency = groups.get("agency") or groups.get("slashed") or groups.get("agency2")
    dashed = _DASHED.search(match["span"]) is not None
    return not (dated and (agency or dashed)) and not (dashed and len(match["place"].split()) <= (3 if agency else 2))


def _found(match: re.Match[str], start: int, *, opens: bool) -> Found | None:
    groups = match.groupdict()
    place = groups["place"]
    agency = groups.get("agency") or groups.get("slashed") or groups.get("agency2")
    if agency and (dated := _DAY_ALONE.fullmatch(agency.strip())):
        groups, agency = groups | dated.groupdict(), None  # INDIANAPOLIS (July 3, 2015) –
    has_day = bool(groups.get("m1") or groups.get("m2"))
    if not _is_place(place, known_by=agency is not None or has_day, opens=opens):
        return None
    if match["span"].startswith("(") and place.isupper():
        return None  # "(AP) —" names an agency alone
    if agency and not re.search(r"[A-ZÀ-Þ]|^(?:dpa|epd|apa|ata)", agency):
        return None
    day = _day(groups) if has_day else None
    if has_day and day is None:
        return None
    words = match["span"].rstrip()
    begin = start + match.start("span")
    return Found(place, _agencies(agency), day, Span(begin, begin + len(words), words), start + match.end(), opens)


def _is_place(words: str, *, known_by: bool, opens: bool) -> bool:
    """Whether words can be a place; a lone acronym ("US -", "IS —") needs an agency or a day beside it."""
    if any(word in _NO_PLACE for word in re.split(r"[ /,]+", words)):
        return False
    return len(words) >= 4 or (known_by and opens)


def _agencies(words: str | None) -> tuple[str, ...]:
    if not words:
        return ()
    return tuple(part.strip() for part in re.split(r"/|,|&|;|\band\b", words) if part.strip())


def _day(groups: dict[str, str | None]) -> FiledDay | None:
    month = month_number(groups["m1"] or groups["m2"] or "")
    day = int(groups["d1"] or groups["d2"] or 0)
    # 2000 is a leap year: a day that no year has makes it no date.
    try:
        calendar_day(2000, month, day, "", "")
    except SaysoError:
        return None
    return FiledDay(month, day, int(groups["y"]) if groups["y"] else None)
