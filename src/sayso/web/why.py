"""Why two are one incident, or not: what was weighed, as words with bars, and the page that asks for any two."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Response
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.incidents.grounds import Apart, Grounds, Telling, Weighed, best_words, grounds, kept_apart
from sayso.incidents.verdict import likelihood, percent, verdict
from sayso.web import decisions, privacy, settings
from sayso.web.render import Asked, as_json, at, html, wants_json
from sayso.web.site import Site, site_of

Row = dict[str, Any]

HEAVIEST = 5.0
"""A weight of so many log-odds fills the bar."""
LEAST = 0.05
"""A finding that weighs less is listed without a bar."""
LABELS = {
    "copy": "Copy",
    "type": "Kind of act",
    "time": "Time",
    "place": "Place",
    "sides": "Sides",
    "initiators": "By whom",
    "initiator": "By whom",
    "recipients": "Against whom",
    "recipient": "Against whom",
    "killed": "Killed",
    "injured": "Injured",
    "weapon": "Weapon",
    "names": "Names",
    "ages": "Ages",
    "clock": "Time of day",
    "words": "Words",
    "rare": "Rare words",
    "lag": "Published",
    "outlet": "Outlet",
    "report": "Report",
    "people": "People",
}
JOINS_SHOWN = 25
"""How many tellings of one incident are shown with what joined them; an incident may have thousands."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was compared: ``share`` is its part of the bar, −1 to 1; a null ``weight`` rules out."""

    label: str
    words: str
    weight: float | None
    share: float = 0.0

    @property
    def idle(self) -> bool:
        """Whether it speaks neither for nor against."""
        return self.weight is not None and abs(self.weight) < LEAST

    @property
    def number(self) -> str:
        """The weight as it is written: "+2.5", "−0.7"."""
        return "" if self.weight is None else f"{self.weight:+.1f}".replace("-", "−")


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """Why one report's event is part of an incident: by what was found, or by a person's decision."""

    event: str
    report: Row
    words: str
    findings: list[Finding]
    likelihood: str
    """How likely it is the same as the telling it was joined to ("97 %"); empty for the first."""
    nearest: str | None
    """The event it was joined to."""
    decision: int | None


def joined_of(events: Sequence[Row], reports: Mapping[str, Row], claims: Sequence[Row]) -> tuple[list[Joined], int]:
    """Why the first events of an incident are part of it, and how many further ones it has."""
    order = sorted(events, key=lambda event: (reports[event["report_id"]]["published"], event["id"]))
    told: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        if claim["slot"] == "occurrence":
            told[claim["event_id"]].append(claim["evidence"])
    return [_joined(event, reports, told) for event in order[:JOINS_SHOWN]], len(order[JOINS_SHOWN:])


def _joined(event: Row, reports: Mapping[str, Row], told: Mapping[str, list[str]]) -> Joined:
    reasons = json.loads(event["why"] or "[]")
    score = event["score"]
    weighed = [part for part in reasons if part["feature"] != "decision"]
    return Joined(
        event=event["id"],
        report=reports[event["report_id"]],
        words=best_words(told.get(event["id"], ())) or event["mention"],
        findings=[_finding(part["feature"], part["words"], part["weight"]) for part in weighed],
        likelihood="" if score is None else percent(likelihood(score)),
        nearest=next((part["event"] for part in reasons if part.get("event")), None),
        decision=next((part["decision"] for part in reasons if part.get("decision")), None),
    )


def apart_of(connection: Connection, incident_id: str) -> list[tuple[Apart, str]]:
    """The incidents that this one is close to but not joined with, each with the likelihood of its closest telling."""
    return [(found, percent(likelihood(found.score))) for found in kept_apart(connection, incident_id)]


def _finding(feature: str, words: str, weight: float | None) -> Finding:
    label = LABELS.get(feature, feature.replace("_", " ").capitalize())
    share = 0.0 if weight is None else max(-1.0, min(1.0, weight / HEAVIEST))
    return Finding(label=label, words=words, weight=weight, share=share)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Two tellings beside each other, private names withheld, with what was found and what it comes to."""

    one: Telling
    two: Telling
    findings: list[Finding]
    total: Finding
    refused: bool
    likelihood: str


def shown_pair(pair: Weighed, hidden: privacy.Hidden) -> Shown:
    """A pair as the page shows it; the findings begin with where the log-odds start."""
    compared = pair.comparison
    findings = [_finding(reason.feature, reason.words, reason.weight) for reason in compared.reasons]
    if not compared.refused:
        findings.insert(0, _finding("start", "before anything is known of the two", pair.start))
    return Shown(
        one=_masked(pair.one, hidden),
        two=_masked(pair.two, hidden),
        findings=findings,
        total=_finding("total", "", compared.score),
        refused=compared.refused,
        likelihood=percent(compared.probability),
    )


def _masked(telling: Telling, hidden: privacy.Hidden) -> Telling:
    names = hidden.get(telling.report)
    return telling if names is None else msgspec.structs.replace(telling, words=names.out_of(telling.words) or "")


def why_page(request: Asked) -> Response[Any]:
    """Why two incidents, events or reports (``?a=…&b=…``) are one occurrence, or not; without both, the form alone."""
    site = site_of(request)
    a, b = (request.query_params.get(name, "").strip() for name in ("a", "b"))
    for name, value in (("a", a), ("b", b)):
        if len(value) > settings.FIELD_LENGTH:
            raise SaysoError("S503", name=name, limit=settings.FIELD_LENGTH)
    if not (a and b):
        if wants_json(request):
            raise SaysoError("S520")
        return html("why.html", a=a, b=b, found=None)
    context = _context(site, a, b)
    if wants_json(request):
        return as_json(_for_machines(context))
    return html("why.html", a=a, b=b, **context)


def _context(site: Site, a: str, b: str) -> dict[str, Any]:
    with site.read() as connection:
        found = grounds(connection, a, b)
        barrier = found.barrier if found.best is not None and found.best.comparison.joins else None
        pairs = (*found.pairs, *found.steps, *([barrier] if barrier is not None else []))
        told = {telling.report for pair in pairs for telling in (pair.one, pair.two)}
        titled = {subject.id for subject in (found.first, found.second) if subject.kind == "report"}
        hidden = privacy.hidden_in(connection, sorted(told | titled), include_private=site.include_private)
        rulings = decisions.shown(connection, found.rulings, include_private=site.include_private)
    return {
        "found": _titles_withheld(found, hidden),
        "verdict": verdict(found),
        "pairs": [shown_pair(pair, hidden) for pair in found.pairs],
        "steps": [shown_pair(pair, hidden) for pair in found.steps],
        "barrier": None if barrier is None else shown_pair(barrier, hidden),
        "rulings": rulings,
    }


def _titles_withheld(found: Grounds, hidden: privacy.Hidden) -> Grounds:
    replaced = {}
    for name in ("first", "second"):
        subject = getattr(found, name)
        if subject.kind == "report" and (names := hidden.get(subject.id)):
            replaced[name] = msgspec.structs.replace(subject, title=names.out_of(subject.title))
    return msgspec.structs.replace(found, **replaced)


def _for_machines(context: Mapping[str, Any]) -> dict[str, Any]:
    found: Grounds = context["found"]
    return {
        "verdict": context["verdict"],
        "first": found.first,
        "second": found.second,
        "together": found.together,
        "pairs": [
            {
                "one": pair.one,
                "two": pair.two,
                "refused": weighed.comparison.refused,
                "joins": weighed.comparison.joins,
                "probability": weighed.comparison.probability,
                "log_odds": weighed.comparison.score,
                "reasons": weighed.comparison.as_rows(),
            }
            for pair, weighed in zip(context["pairs"], found.pairs, strict=True)
        ],
        "against": found.against,
        "rulings": context["rulings"],
        "left_out": found.left_out,
    }


PAGES = at("/why", "/why.json")(why_page)
