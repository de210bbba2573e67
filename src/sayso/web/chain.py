"""The chain of an incident as its page shows it: who says each link, in which words, and who denies it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from markupsafe import Markup, escape
from sqlalchemy.engine import Connection

from sayso.incidents import dyads, exchanges
from sayso.incidents.campaigns import Campaign, campaign
from sayso.incidents.chains import Chain, Edge, Node, Voice, chain
from sayso.incidents.features import day
from sayso.vocabulary import load
from sayso.web import privacy, words
from sayso.web.site import Site

VOICES = 4
"""Tellings of one link that are shown with their words; the number of the others is told."""
NODES_DRAWN = 12
"""Incidents of a chain that are drawn; the list has them all."""
AROUND_DAYS = 60
"""Exchanges that an incident is part of are looked for among strikes this many days before and after it."""
AROUND = 200


class ShownVoice(msgspec.Struct, frozen=True, kw_only=True):
    """A telling as it may be shown: ``speaker`` null is the report's own narration."""

    report_id: str
    publisher: str | None
    published: str
    speaker: str | None
    via: str | None
    evidence: str


class ShownEdge(msgspec.Struct, frozen=True, kw_only=True):
    """A link with its voices as they may be shown; ``more`` reports tell it besides."""

    kind: str
    label: str
    from_incident: str
    to_incident: str
    reports: int
    speakers: int
    voices: list[ShownVoice]
    more: int
    denied: list[ShownVoice]

    @property
    def disputed(self) -> bool:
        """Whether somebody denies that the one was done for the other."""
        return bool(self.denied)


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One incident of the chain, with the links that lead from it to earlier ones (or from which it was answered)."""

    node: Node
    here: bool
    when: str | None
    links: list[tuple[ShownEdge, Node | None]]


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """An exchange that the incident is part of."""

    names: tuple[str, str]
    address: str
    ground: str
    size: int
    first: str
    last: str


class ShownChain(msgspec.Struct, frozen=True, kw_only=True):
    """All that the chain's section of an incident's page shows."""

    members: list[Member]
    loose: list[tuple[str, str, ShownVoice]]
    """How the link reads from the incident, the words for the other event, and who says it."""
    left_out: int
    drawing: Markup
    campaign: Campaign | None
    exchanges: list[Membership]
    stub: list[str]
    """The words by which an incident is known that is known from mentions alone."""


def of(site: Site, connection: Connection, incident: dict[str, Any], mentions: Sequence[str] = ()) -> ShownChain:
    """The chain of an incident (its row); ``mentions`` are the words that tell of it, for a stub."""
    found = chain(connection, incident["id"])
    shown = shown_edges(site, connection, found.edges)
    members = _members(found, shown, incident["id"])
    return ShownChain(
        members=members,
        loose=_loose(site, connection, found),
        left_out=found.left_out,
        drawing=arcs([member.node for member in members], shown, incident["id"]),
        campaign=campaign(connection, incident["id"]),
        exchanges=_exchanges(connection, incident),
        stub=list(dict.fromkeys(mentions))[:VOICES] if incident["stub"] else [],
    )


def for_machines(found: ShownChain) -> dict[str, Any]:
    """The chain as JSON."""
    edges = {(e.kind, e.from_incident, e.to_incident): e for member in found.members for e, _ in member.links}
    return {
        "links": list(edges.values()),
        "incidents": [member.node for member in found.members],
        "outside": [{"link": link, "mention": mention, "said": voice} for link, mention, voice in found.loose],
        "left_out": found.left_out,
        "campaign": None if found.campaign is None else found.campaign.attacks,
        "exchanges": found.exchanges,
    }


def shown_edges(site: Site, connection: Connection, edges: Sequence[Edge]) -> list[ShownEdge]:
    """Links with the names of private persons withheld from their words."""
    told = [voice for edge in edges for voice in (*edge.voices[:VOICES], *edge.denied[:VOICES])]
    hidden = privacy.hidden_in(connection, {voice.report_id for voice in told}, include_private=site.include_private)
    kinds = load("link_kinds")
    found = []
    for edge in edges:
        voices = [_shown(voice, hidden) for voice in edge.voices[:VOICES]]
        found.append(
            ShownEdge(
                kind=edge.kind,
                label=kinds[edge.kind].label,
                from_incident=edge.from_incident,
                to_incident=edge.to_incident,
                reports=edge.reports,
                speakers=edge.speakers,
                voices=voices,
                more=max(0, edge.tellings - len(voices)),
                denied=[_shown(voice, hidden) for voice in edge.denied[:VOICES]],
            )
        )
    return found


def _shown(voice: Voice, hidden: privacy.Hidden) -> ShownVoice:
    facts = {name: getattr(voice, name) for name in ShownVoice.__struct_fields__}
    return ShownVoice(**privacy.withheld(facts, hidden))


def _members(found: Chain, shown: Sequence[ShownEdge], here: str) -> list[Member]:
    """The incidents of the chain as they happened; a link stands with the incident that answers or follows."""
    if not found.edges:
        return []
    linked = {end for edge in found.edges for end in (edge.from_incident, edge.to_incident)}
    nodes = sorted((found.nodes[key] for key in linked | {here} if key in found.nodes), key=lambda n: _moment(n, found))
    members = []
    for node in nodes:
        mine = [(edge, found.nodes.get(edge.to_incident)) for edge in shown if edge.from_incident == node.id]
        when = words.interval(node.start, node.end) if node.start or node.end else None
        members.append(Member(node=node, here=node.id == here, when=when, links=mine))
    return members


def _moment(node: Node, found: Chain) -> tuple[str, int, str]:
    """Where an incident stands in the chain: by its date; without one, just before the first that came after it."""
    if node.start or node.end:
        return node.start or node.end or "", 1, node.id
    later = (found.nodes[edge.from_incident] for edge in found.edges if edge.to_incident == node.id)
    return min((one.start or one.end or "~" for one in later), default="~"), 0, node.id


def _loose(site: Site, connection: Connection, found: Chain) -> list[tuple[str, str, ShownVoice]]:
    reports = {one.voice.report_id for one in found.loose}
    hidden = privacy.hidden_in(connection, reports, include_private=site.include_private)
    kinds = load("link_kinds")
    rows = []
    for one in found.loose:
        label = kinds[one.kind].label if one.outgoing else kinds[one.kind].inverse or kinds[one.kind].label
        names = hidden.get(one.voice.report_id)
        mention = names.out_of(one.mention) if names else one.mention
        rows.append((label, mention or "", _shown(one.voice, hidden)))
    return rows


def _exchanges(connection: Connection, incident: dict[str, Any]) -> list[Membership]:
    """The exchanges that the incident is part of, among the strikes around it."""
    at = day(incident["start"])
    if at is None:
        return []
    since, until = _shifted(at, -AROUND_DAYS), _shifted(at, AROUND_DAYS)
    found = []
    for a, b in dyads.dyads_of(connection, incident["id"])[:4]:
        strikes = dyads.strikes(connection, a, b, since, until, AROUND)
        if len(strikes) < exchanges.LEAST:
            continue
        links = dyads.linked_among(connection, sorted({one.incident_id for one in strikes}))
        names = dyads.names(connection, (a, b))
        said = exchanges.said(strikes, links)
        for one in (*said, *exchanges.unsaid(exchanges.patterns(strikes), said)):
            days = [member.strike for member in one.members]
            if incident["id"] not in {strike.incident_id for strike in days}:
                continue
            found.append(
                Membership(
                    names=(names.get(a, a), names.get(b, b)),
                    address=f"/dyads/{a}/{b}",
                    ground=one.ground,
                    size=one.size,
                    first=words.day((days[0].start or "")[:10]),
                    last=words.day((days[-1].start or "")[:10]),
                )
            )
    return found


def _shifted(at: date, days: int) -> str:
    """A day moved, but not out of the calendar."""
    try:
        return (at + timedelta(days=days)).isoformat()
    except OverflowError:
        return at.isoformat()


def arcs(nodes: Sequence[Node], edges: Sequence[ShownEdge], here: str) -> Markup:
    """The chain as arcs over its incidents, drawn from left to right as they happened, not to scale."""
    drawn = list(nodes)[:NODES_DRAWN]
    if len(drawn) < 3:
        return Markup("")
    width, line = 480, 92
    step = (width - 60) / (len(drawn) - 1)
    x = {node.id: 30 + number * step for number, node in enumerate(drawn)}
    parts = []
    for edge in edges:
        if edge.from_incident not in x or edge.to_incident not in x:
            continue
        x1, x2 = x[edge.to_incident], x[edge.from_incident]
        tall = min(26 + abs(x2 - x1) * 0.32, line - 10)
        quote = edge.voices[0].evidence if edge.voices else ""
        disputed = " disputed" if edge.disputed else ""
        parts.append(
            f'<path class="arc {edge.kind}{disputed}" d="M{x1:.1f} {line - 5}C{x1:.1f} {line - tall:.1f} {x2:.1f} '
            f'{line - tall:.1f} {x2:.1f} {line - 5}"><title>{escape(edge.label)}: “{escape(quote)}”</title></path>'
        )
    for number, node in enumerate(drawn):
        kind = "here" if node.id == here else "stub" if node.stub else ""
        parts.append(
            f'<a href="/incidents/{escape(node.id)}"><title>{escape(node.title)}</title>'
            f'<circle class="{kind}" cx="{x[node.id]:.1f}" cy="{line}" r="5"/></a>'
        )
        if len(drawn) <= 5 or number in (0, len(drawn) - 1):
            exact = node.start is not None and node.end is not None and node.start[:10] == node.end[:10]
            when = words.day((node.start or node.end or "")[: 10 if exact else 7]) or "no date"
            parts.append(f'<text x="{x[node.id]:.1f}" y="{line + 20}">{escape(when)}</text>')
    return Markup(
        f'<svg class="chainarcs" viewBox="0 0 {width} {line + 26}" role="img" '
        f'aria-label="The links of the chain, drawn; the list below has them in words">{"".join(parts)}</svg>'
    )
