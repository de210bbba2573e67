"""Comparing a file with the ledger over the span and the countries that both could have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.engine import Connection

from sayso.comparing import ours as incidents
from sayso.comparing.candidates import SLACK_DAYS
from sayso.comparing.foreign import DATASETS, ForeignEvent
from sayso.comparing.kinds import covered
from sayso.comparing.match import Matcher
from sayso.comparing.ours import Ours
from sayso.comparing.read import Foreign, read_foreign
from sayso.comparing.result import About, Comparison, Entry
from sayso.errors import SaysoError
from sayso.incidents.wording import english_days, listed


def compare(
    connection: Connection,
    path: str | Path,
    *,
    since: str | None = None,
    until: str | None = None,
    countries: Sequence[str] = (),
) -> Comparison:
    """Match the incidents of the ledger with the events of a file of ACLED or UCDP GED, one to one.

    ``since`` and ``until`` are days (YYYY-MM-DD), inclusive, ``countries`` alpha-3 codes; without them the span and the
    countries are those that both sides have events of. ``connection`` is one of ``Store.read()``.
    Raises S108, S109, S102, S830, S833 and S835 (the file), S834 (nothing in common), S838 (a day that is none).
    """
    first, last = _day(since), _day(until)
    return matched(connection, read_foreign(path), first, last, tuple(code.upper() for code in countries))


def matched(
    connection: Connection, foreign: Foreign, since: date | None, until: date | None, countries: tuple[str, ...] = ()
) -> Comparison:
    """The comparison with events that are read already. Raises S834."""
    known = incidents.countries(connection)
    region = frozenset(countries) & known if countries else known & {e.country for e in foreign.events if e.country}
    start, end = _span(connection, foreign.events, since, until, region, foreign)
    theirs = [e for e in foreign.events if e.country in region and e.first <= end and e.last >= start]
    around = timedelta(days=SLACK_DAYS)
    loaded = incidents.load_ours(connection, start - around, end + around, region)
    ours = [event for event in loaded if _could_have(foreign.dataset, event)]
    never = sum(event.first <= end and event.last >= start for event in loaded) - sum(
        event.first <= end and event.last >= start for event in ours
    )
    entries = [entry for entry in Matcher(ours, theirs).entries() if _within(entry, start, end)]
    return Comparison(
        about=_about(connection, foreign, (start, end), region, theirs, entries, never),
        entries=entries,
    )


def _could_have(dataset: str, event: Ours) -> bool:
    """Whether an incident is of a kind that the dataset has: UCDP has only violence in which people were killed."""
    return covered(dataset, event.type) and not (dataset == "ucdp" and event.killed_high == 0)


def _within(entry: Entry, start: date, end: date) -> bool:
    """Whether an entry is of the span; incidents a day or two outside it are there only to be matched."""
    return entry.theirs is not None or (entry.ours is not None and entry.ours.first <= end and entry.ours.last >= start)


def _span(
    connection: Connection,
    events: Sequence[ForeignEvent],
    since: date | None,
    until: date | None,
    region: frozenset[str],
    foreign: Foreign,
) -> tuple[date, date]:
    """The days that both sides have, narrowed by the user's. Raises S834 where there are none."""
    first, last = incidents.spans(connection)
    here = [event for event in events if event.country in region]
    if first is not None and last is not None and here:
        start = max(first, min(e.first for e in here), since or date.min)
        end = min(last, max(e.last for e in here), until or date.max)
        if start <= end:
            return start, end
    raise SaysoError(
        "S834",
        name=foreign.file,
        theirs=f"{len(events)} {DATASETS[foreign.dataset]}",
        span=english_days(events[0].first, max(e.last for e in events)) if events else "no known day",
        countries=listed(sorted({e.country or "?" for e in events}) or ["no country"], 6),
    )


def _about(
    connection: Connection,
    foreign: Foreign,
    span: tuple[date, date],
    region: frozenset[str],
    theirs: Sequence[ForeignEvent],
    entries: Sequence[Entry],
    never: int,
) -> About:
    counts: Counter[str] = Counter()
    differs: Counter[str] = Counter()
    for entry in entries:
        counts[entry.outcome] += 1
        if entry.outcome not in ("both", "ours", "theirs"):
            counts[f"{entry.outcome}:{'ours' if entry.ours else 'theirs'}"] += 1
        differs.update(difference.detail for difference in entry.differs)
        differs["any"] += bool(entry.differs)
    elsewhere = sum(event.country not in region for event in foreign.events)
    outside = {
        "theirs:country": elsewhere,
        "theirs:time": len(foreign.events) - elsewhere - len(theirs),
        "ours:kind": never,
        "ours:undated": incidents.undated(connection, region),
        "ours:no_country": incidents.without_country(connection),
    }
    return About(
        dataset=foreign.dataset,
        file=foreign.file,
        since=span[0],
        until=span[1],
        countries=tuple(sorted(region)),
        ours=sum(entry.ours is not None for entry in entries),
        theirs=len(theirs),
        counts=dict(sorted(counts.items())),
        differs={name: count for name, count in sorted(differs.items()) if count},
        outside={name: count for name, count in outside.items() if count},
        bad_rows=foreign.bad_rows,
        bad=tuple(foreign.bad),
    )


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise SaysoError("S838", value=text) from None
