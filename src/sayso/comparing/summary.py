"""A comparison in sentences and lines: the same words in the terminal and on the pages."""

from __future__ import annotations

from sayso.comparing.foreign import DATASETS, ForeignEvent
from sayso.comparing.ours import Ours
from sayso.comparing.result import DETAILS, About, Entry
from sayso.comparing.score import their_toll
from sayso.incidents.wording import counted, english_days, listed
from sayso.knowledge.countries import countries


def summary(about: About) -> list[str]:
    """What was compared and found, in a few sentences; what lies outside, with its number."""
    theirs, counts = DATASETS[about.dataset], about.counts
    both = counts.get("both", 0)
    found = [
        f"{about.ours:,} incidents of sayso and {about.theirs:,} events of {theirs} ({about.file}), "
        f"{english_days(about.since, about.until)}, {_places(about)}.",
        f"{both:,} in both, {counts.get('ours', 0):,} only in sayso, {counts.get('theirs', 0):,} only in {theirs}.",
    ]
    if about.differs.get("any"):
        details = ", ".join(
            f"{word} {about.differs[detail]:,}" for detail, word in DETAILS.items() if about.differs.get(detail)
        )
        found.append(f"Of those in both, {about.differs['any']:,} differ: {details}. Neither is called right.")
    found += _unmatched(about, theirs)
    return found + _outside(about, theirs)


def _unmatched(about: About, theirs: str) -> list[str]:
    words = {
        "also": "tell of parts of what is matched",
        "unclear": "fit several about equally well and are left unmatched",
        "vague": "are too vague in date or place to be matched",
    }
    found = []
    for outcome, meaning in words.items():
        numbers = [(about.counts.get(f"{outcome}:{side}", 0), side) for side in ("ours", "theirs")]
        sides = [f"{number:,} of {'sayso' if side == 'ours' else theirs}" for number, side in numbers if number]
        if sides:
            found.append(f"{' and '.join(sides)} {meaning}.")
    return found


def _outside(about: About, theirs: str) -> list[str]:
    words = {
        "theirs:time": f"{{}} of {theirs} are of other days",
        "theirs:country": f"{{}} of {theirs} are in other countries",
        "ours:kind": f"incidents of kinds that {theirs} does not have: {{}}",
        "ours:undated": "incidents without a known beginning or end: {}",
        "ours:no_country": "incidents in no known country: {}",
    }
    parts = [text.format(f"{about.outside[key]:,}") for key, text in words.items() if about.outside.get(key)]
    found = [f"Not compared: {'; '.join(parts)}."] if parts else []
    if about.bad_rows:
        found.append(f"{about.bad_rows:,} rows of the file could not be used.")
    return found


def _places(about: About) -> str:
    known = countries()
    return listed([known[code].name if code in known else code for code in about.countries] or ["nowhere"], 5)


def ours_line(event: Ours) -> str:
    """An incident on one line: title, its number of killed, its id."""
    return f"{event.title}{_toll(event.killed_low, event.killed_high)}  {event.id}"


def theirs_line(event: ForeignEvent) -> str:
    """A foreign event on one line: what, where, when, sides, killed, its id."""
    place = event.place or event.admin1 or event.country or "place not stated"
    sides = f", {' – '.join(event.sides)}" if event.sides else ""
    what = event.kind[:1].upper() + event.kind[1:] if event.kind else "Event"
    days = english_days(event.first, event.last)
    return f"{what} in {place}, {days}{sides}, {their_toll(event)} killed  {DATASETS[event.dataset]} {event.id}"


def lines(entry: Entry) -> list[str]:
    """An entry on a few lines: the event, the other side's, how they differ, why it is or is no match."""
    found = [ours_line(entry.ours)] if entry.ours else []
    if entry.theirs:
        found.append(theirs_line(entry.theirs))
    found += [difference.words for difference in entry.differs]
    if entry.why:
        found.append(f"because {'; '.join(entry.why)}")
    if entry.also:
        found.append(f"also: {', '.join(entry.also)}")
    if entry.near and entry.outcome in ("ours", "theirs"):
        found.append(f"closest: {entry.near}, not matched because {entry.note}")
    elif entry.note:
        found.append(entry.note)
    return found


def _toll(low: int | None, high: int | None) -> str:
    return "" if low is None and high is None else f", {counted(low, high)} killed"
