"""Answer keys of MUC-4: the templates of 24 slots that people filled for each message.

The notation is that of the key files. A slot holds one filler a line; ``/`` stands between alternatives, of which one
is enough; ``?`` before a filler and ``(OPTIONAL)`` behind a template's number mark what need not be found; ``:`` joins
a set fill to the string that it tells of (``REPORTED AS FACT: "FMLN"``); ``-`` is an empty slot and ``*`` one that
cannot apply. A date ``- 04 FEB 90`` is "on or before"; two dates with a hyphen are an interval.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from sayso.errors import SaysoError
from sayso.evaluation.muc4.template import ANYONE, CONFIDENCE, Confidence, Days, Entity, Location, Role, Template

_LINE = re.compile(r"^(?P<number>\d+)\.\s+(?P<slot>[A-Z :]+?)(?:\s{2,}|\t|$)\s*(?P<fill>.*)$")
_STRING = re.compile(r'"((?:\\.|[^"\\])*)"')
_DAY = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-zA-Z]{2})[a-zA-Z]* (?P<year>\d{2})\b")
_INTERVAL = re.compile(r"(?P<from>[^-]*)-(?P<to>.*)")
_KIND = re.compile(r"\s*\([A-Z /-]+\)")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
SLOTS: Mapping[int, Role] = {6: "Weapon", 9: "PerpInd", 10: "PerpOrg", 12: "Target", 18: "Victim"}
DESCRIBED = 19
TYPES = frozenset({"ARSON", "ATTACK", "BOMBING", "FORCED WORK STOPPAGE", "KIDNAPPING", "ROBBERY"})
EMPTY = frozenset({"-", "*", ""})

Slots = dict[int, list[str]]


def read_keys(path: Path) -> dict[str, tuple[Template, ...]]:
    """The templates of each message of a key file, by message id ("TST1-MUC3-0001"); none where it is irrelevant.

    Raises SaysoError S741 with the first line that is no slot, or a template whose incident type is none of the six.
    """
    found: dict[str, list[Template]] = {}
    for number, slots in _blocks(path):
        name = slots[0][0].split()[0] if slots.get(0) else ""
        kept = found.setdefault(name, [])
        if slots.get(1, ["*"])[0] != "*":
            try:
                kept.append(template(slots))
            except ValueError as error:
                raise SaysoError("S741", path=path, number=number, why=error) from error
    return {name: tuple(templates) for name, templates in found.items()}


def _blocks(path: Path) -> Iterator[tuple[int, Slots]]:
    """Each template as its slots' lines, with the number of its first line in the file."""
    slots: Slots = {}
    first = last = 0
    for number, line in enumerate(path.read_text(encoding="latin-1").splitlines(), 1):
        if not line.strip() or line.startswith(";"):
            continue
        if match := _LINE.match(line):
            last = int(match["number"])
            if last == 0:
                if slots:
                    yield first, slots
                slots, first = {}, number
            slots[last] = [match["fill"].strip()]
        elif line[0].isspace() and slots:
            slots[last].append(line.strip())
        else:
            raise SaysoError("S741", path=path, number=number, why="no slot of a template")
    if slots:
        yield first, slots


def template(slots: Slots) -> Template:
    """The template in the lines of its slots. Raises ``ValueError`` where the incident type is none of the six."""
    types = tuple(part.strip() for part in slots[4][0].split("/"))
    if not set(types) <= TYPES:
        raise ValueError(f"incident type {slots[4][0]}")
    roles = {role: entities(slots.get(number, [])) for number, role in SLOTS.items()}
    roles[ANYONE] = people(roles["Victim"], slots.get(DESCRIBED, []))
    return Template(
        types=types,
        roles={role: found for role, found in roles.items() if found},
        days=days(slots.get(2, [""])[0]),
        locations=locations(slots.get(3, [""])[0]),
        confidence=confidences(slots.get(11, [])),
        optional="OPTIONAL" in slots[1][0],
    )


def entities(lines: list[str]) -> tuple[Entity, ...]:
    """The entities of a string slot, one a line; the string behind a colon is another slot's and is left out."""
    found = []
    for line in lines:
        if mentions := tuple(_strings(_own(line))):
            found.append(Entity(mentions, optional=line.lstrip().startswith("?")))
    return tuple(dict.fromkeys(found))


def people(named: tuple[Entity, ...], lines: list[str]) -> tuple[Entity, ...]:
    """The human targets, named or described; a description that a colon joins to a name is of that person."""
    found = list(named)
    for line in lines:
        own = _own(line)
        words, names = set(_strings(own)), set(_strings(line[len(own) :]))
        same = next((k for k, one in enumerate(found) if names & set(one.mentions)), None)
        if same is not None:
            known = found[same]
            found[same] = Entity((*known.mentions, *sorted(words - set(known.mentions))), known.optional)
        elif words:
            found.append(Entity(tuple(_strings(own)), optional=line.lstrip().startswith("?")))
    return tuple(dict.fromkeys(found))


def _strings(fill: str) -> list[str]:
    return [m.replace('\\"', '"') for m in _STRING.findall(fill)]


def _own(line: str) -> str:
    """What stands before the colon that joins a filler to another slot's."""
    outside = _STRING.sub(lambda m: "x" * len(m.group()), line)
    return line[: outside.index(":")] if ":" in outside else line


def confidences(lines: list[str]) -> tuple[Confidence, ...]:
    """How sure the report is of each organisation: "SUSPECTED OR ACCUSED / POSSIBLE: "ELN" / "ARMY"".

    Values in other than the key's five words are left out; there are none in the published keys.
    """
    found = []
    for line in lines:
        own = _own(line)
        values = frozenset(v for part in own.lstrip("? ").split("/") if (v := part.strip()) in CONFIDENCE)
        names = tuple(_strings(line[len(own) :]))
        if values and names:
            found.append(Confidence(names, values))
    return tuple(found)


def days(fill: str) -> tuple[Days, ...]:
    """The alternatives of a date slot; a day without its year, or a month alone, is no date and is left out."""
    found = []
    for part in fill.replace("(", "").replace(")", "").split("/"):
        dates = [day for m in _DAY.finditer(part) if (day := _iso(m))]
        match = _INTERVAL.match(part)
        if match is None and len(dates) == 1:
            found.append(Days(dates[0], dates[0]))
        elif match is not None and len(dates) == 1 and not match["from"].strip():
            found.append(Days(None, dates[0]))
        elif match is not None and len(dates) == 2:
            found.append(Days(dates[0], dates[1]))
    return tuple(found)


def _iso(match: re.Match[str]) -> str | None:
    month = match["month"].upper()
    if month not in MONTHS:
        return None
    return f"19{match['year']}-{MONTHS.index(month) + 1:02}-{int(match['day']):02}"


def locations(fill: str) -> tuple[Location, ...]:
    """The alternatives of a location slot: country, then ever smaller places; both ends of "A - B" are alternatives."""
    if fill.strip() in EMPTY:
        return ()
    found = []
    for part in _alternatives(fill):
        country, *places = (level.strip() for level in _KIND.sub("", part).split(":"))
        *wider, last = places or [""]
        found += [Location(country, (*wider, end.strip()) if end else ()) for end in last.split(" - ")]
    return tuple(found)


def _alternatives(fill: str) -> list[str]:
    """What stands between the slashes outside brackets, without brackets around the whole of one."""
    parts, depth = [""], 0
    for letter in fill:
        depth += (letter == "(") - (letter == ")")
        if letter == "/" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    bare = [part.strip() for part in parts]
    return [part[1:-1] if part.startswith("(") and part.endswith(")") else part for part in bare]
