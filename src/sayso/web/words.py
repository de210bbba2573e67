"""Dates, numbers and incidents in words: nothing said more exactly than it is known."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from sayso.vocabulary import load

MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PART_OF_DAY = re.compile(
    r"\b(early|late|dawn|daybreak|morning|midday|noon|afternoon|evening|dusk|night|overnight|midnight)\b", re.IGNORECASE
)
SETTLED = frozenset(
    {"area", "camp", "city", "district", "neighborhood", "neighbourhood", "province", "region", "suburb", "town"}
    | {"village"}
)
"""Common words at the end of a place's name that one is in, not at."""
COUNTRY_ONLY = 6


def day(iso: str) -> str:
    """An ISO date or date-time as "4 Jul 2021", with its time of day where it has one; other text as it is."""
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?(?:T(\d\d:\d\d))?.*", iso)
    if not match:
        return iso
    year, month, number, clock = match.groups()
    if int(month) > 12:
        return iso
    words = f"{MONTHS[int(month)]} {year}" if number is None else f"{int(number)} {MONTHS[int(month)]} {year}"
    return f"{words}, {clock}" if clock and clock != "00:00" else words


def interval(start: str | None, end: str | None) -> str:
    """An inclusive interval: "4 Jul 2021", "28 Jun – 4 Jul 2021", "Feb 2021", "by 28 Feb 2021", "since …"."""
    if start is None and end is None:
        return "date not stated"
    if start is None or end is None:
        return f"by {day(str(end))}" if start is None else f"since {day(start)}"
    if start[:10] == end[:10]:
        return day(start)
    if is_whole(start, end, 4):
        return start[:4]
    if is_whole(start, end, 7):
        return day(start[:7])
    first, last = day(start[:10]), day(end[:10])
    if start[:7] == end[:7]:
        return f"{first.split()[0]}–{last}"
    return f"{first.rsplit(' ', 1)[0]} – {last}" if start[:4] == end[:4] else f"{first} – {last}"


def is_whole(start: str, end: str, digits: int) -> bool:
    """Whether an interval is exactly one year (4 digits) or one month (7 digits) of the calendar."""
    if start[:digits] != end[:digits]:
        return False
    try:
        first, last = date.fromisoformat(start[:10]), date.fromisoformat(end[:10])
    except ValueError:
        return False
    whole_months = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    return whole_months and (digits == 7 or (first.month, last.month) == (1, 12))


def part_of_day(time_words: str | None) -> str | None:
    """The part of the day that a report's words name: "late Sunday" is "late"."""
    match = PART_OF_DAY.search(time_words or "")
    return match.group(1).lower() if match else None


def when(row: Mapping[str, Any]) -> str:
    """When something happened, from ``start``, ``end`` and, for the part of the day, ``time_words``."""
    words = interval(row["start"], row["end"])
    part = part_of_day(row.get("time_words")) if row.get("time_precision") == "part_of_day" else None
    return f"{words}, {part}" if part else words


def toll(low: int | None, high: int | None) -> str | None:
    """A range as words: "5", "12–15", "at least 18", "up to 5"; ``None`` where nothing is known."""
    if low is None and high is None:
        return None
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def casualties(row: Mapping[str, Any]) -> str | None:
    """ "12–15 killed, 3 injured" of an incident or event; ``None`` where neither is stated."""
    parts = [
        f"{words} {slot}" for slot in ("killed", "injured") if (words := toll(row[f"{slot}_low"], row[f"{slot}_high"]))
    ]
    return ", ".join(parts) or None


def where(row: Mapping[str, Any], country_names: Mapping[str, str]) -> str:
    """Where something happened: "Al-Omar field, Deir ez-Zor, Syria"; a country alone is "somewhere in Syria"."""
    country = country_names.get(row["country"] or "", row["country"])
    name, precision = row["place_name"], row["place_precision"]
    if (precision == COUNTRY_ONLY and country) or (not name and country):
        return f"somewhere in {country}"
    if not name:
        return "place not stated"
    parts = [name, *(part for part in (row["admin1"], country) if part and part.casefold() not in name.casefold())]
    return ", ".join(parts)


def preposition(row: Mapping[str, Any]) -> str:
    """The word between what happened and its place; empty where the place itself begins with "somewhere"."""
    name, precision = row["place_name"], row["place_precision"]
    if precision == COUNTRY_ONLY or not name:
        return ""
    last = name.split()[-1]
    if last == "border":
        return "on the"
    if precision == 2:
        return "near"
    # "Al-Omar field", "Tanf base": a name that ends in a common word is mostly a thing that one is at.
    return "at" if last.islower() and last not in SETTLED else "in"


def at(row: Mapping[str, Any], country_names: Mapping[str, str]) -> str:
    """Where, with its preposition: "at Al-Omar field, Deir ez-Zor, Syria"; ", place not stated" where none is known."""
    words = where(row, country_names)
    if words == "place not stated":
        return f", {words}"
    return f" {preposition(row)} {words}" if preposition(row) else f" {words}"


def noun(event_type: str) -> str:
    """What a sentence calls one event of a type: "air strike"."""
    entry = load("event_types").get(event_type)
    return (entry.noun or entry.label.lower()) if entry else event_type.replace("_", " ")


def opening(text: str) -> str:
    """A text with its first letter as a capital, as it opens a line; the rest is untouched."""
    return text[:1].upper() + text[1:]


def within(name: str) -> str:
    """A name as it stands within a sentence: "The U.S. military" is "the U.S. military" there."""
    article, space, rest = name.partition(" ")
    return f"{article.lower()}{space}{rest}" if rest and article in ("A", "An", "The") else name


def label(vocabulary: str, value: str) -> str:
    """The label of a vocabulary's value, or the value itself where the vocabulary does not know it."""
    entry = load(vocabulary).get(value)
    return entry.label if entry else value.replace("_", " ")


def about_km(kilometres: float) -> str:
    """A distance as roughly as it is meant: 259.2 is "about 260 km"."""
    return f"about {float(f'{kilometres:.2g}'):g} km"


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 report", "1,204 reports"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def headline(row: Mapping[str, Any]) -> str:
    """The header sentence of an incident: its title, hedged by its status, with the part of the day if known."""
    part = part_of_day(row.get("time_words")) if row.get("time_precision") == "part_of_day" else None
    return f"{row['title']}, {part}" if part else str(row["title"])


def tally(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Stance and words of a row's counts: ("asserts", "4 say"), ("denies", "1 denies"); none for a zero."""
    verbs = {"asserts": ("says", "say"), "denies": ("denies", "deny"), "uncertain": ("unsure", "unsure")}
    return [(stance, f"{row[stance]} {verbs[stance][0 if row[stance] == 1 else 1]}") for stance in verbs if row[stance]]


def last_day(month: str) -> str:
    """The last day of a month: "2021-02" is "2021-02-28". Raises ``ValueError`` for what is no month."""
    first = date.fromisoformat(f"{month}-01")
    return first.replace(day=calendar.monthrange(first.year, first.month)[1]).isoformat()
