"""Compare an account that was read with the annotated account of the same report, layer by layer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from sayso.errors import SaysoError
from sayso.evaluation.align import align_events, assign, overlap
from sayso.evaluation.gold import load_gold
from sayso.evaluation.sameness import same_actor, same_days, same_place, same_time, same_words
from sayso.model import Account, Actor, Claim, Event, Report, Span

T = TypeVar("T")
Kind = Literal["missed", "spurious", "different"]

FOUNDING = "founding"
DEVELOPMENT = "development"
FURTHER = "further"

FIGURES: dict[str, str] = {
    "events": "events that were found: a mention overlaps an annotated event's, one to one",
    "types": "of the events found: the type is the same",
    "modality": "of the events found: the modality is the same",
    "time": "of the events found: the intervals meet and the precision is the same",
    "time_days": "of the events found: the interval begins and ends on the same days",
    "place": "of the events found: one name is within the other, or they share a telling word and the country",
    "initiators": "of the events found: each initiator by name",
    "recipients": "of the events found: each recipient by name or by words",
    "weapon": "of the events found: the words for the weapon name the same thing",
    "killed": "of the events found: both ends of the range are the same",
    "injured": "of the events found: both ends of the range are the same",
    "claims": "claims: same event, slot and stance, one to one",
    "claims_speaker": "… and the same speaker (narration is a speaker of its own)",
    "claims_evidence": "… and evidence that shares at least half of the longer wording",
    "speakers": "of the claims found: the speaker is the same, narration counted as one",
    "speakers_named": "of the claims found that are annotated as somebody's: the speaker is the same",
    "speakers_joined": "of the claims found with a speaker in both: one speaker there is one speaker here",
    "denials": "claims that deny: same event and slot",
    "doubts": "claims that say that something is uncertain: same event and slot",
    "denials_doubts": "both together",
    "links": "links: same two events, in the same direction, and same kind",
}


class Tally(msgspec.Struct, frozen=True):
    """How many were read, how many are annotated, and how many of both agree."""

    agree: int = 0
    read: int = 0
    annotated: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.agree + other.agree, self.read + other.read, self.annotated + other.annotated)

    @property
    def precision(self) -> float | None:
        """The share of what was read that is annotated; null where nothing was read."""
        return self.agree / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """The share of what is annotated that was read; null where nothing is annotated."""
        return self.agree / self.annotated if self.annotated else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; null where there is nothing to compare."""
        total = self.read + self.annotated
        return 2 * self.agree / total if total else None


class Difference(msgspec.Struct, frozen=True):
    """One row on which the two accounts do not agree, with the words; ``figure`` is the first figure that it lowers."""

    figure: str
    kind: Kind
    text: str
    span: Span | None = None


class Comparison(msgspec.Struct, frozen=True):
    """The tallies of one report, those over its actual events alone, and every difference."""

    report: Report
    tallies: dict[str, Tally]
    actual: dict[str, Tally]
    differences: tuple[Difference, ...]
    events: dict[str, str] = {}
    """The events that were found: the annotated ids by those that were read."""
    claims: dict[str, bool] = {}
    """The claims that were read and are annotated, by id, and whether the speaker is the same too."""

    @property
    def name(self) -> str:
        """The report's id in the gold files."""
        return self.report.id


def compare(read: Account, annotated: Account) -> Comparison:
    """Compare two accounts of one report; both sets of offsets are of the same text (S702 where they are not)."""
    if read.report.text != annotated.report.text:
        raise SaysoError("S702", name=annotated.report.id)
    comparer = _Comparer(read, annotated)
    tallies, differences = comparer.run()
    actual, _ = _Comparer(only_actual(read), only_actual(annotated)).run()
    return Comparison(
        report=annotated.report,
        tallies=tallies,
        actual=actual,
        differences=tuple(differences),
        events=comparer.annotated_id,
        claims=comparer.found,
    )


def total(comparisons: Iterable[Comparison], *, actual: bool = False) -> dict[str, Tally]:
    """The tallies of many reports added up (micro average)."""
    sums = dict.fromkeys(FIGURES, Tally())
    for comparison in comparisons:
        for figure, tally in (comparison.actual if actual else comparison.tallies).items():
            sums[figure] += tally
    return sums


def only_actual(account: Account) -> Account:
    """The account without planned, hypothetical and generic events and what is claimed of them."""
    kept = {event.id for event in account.events if event.modality == "actual"}
    return msgspec.structs.replace(
        account,
        events=tuple(event for event in account.events if event.id in kept),
        claims=tuple(claim for claim in account.claims if claim.event in kept),
        links=tuple(link for link in account.links if link.from_ in kept and link.to in kept),
    )


def gold_files(path: str | Path) -> dict[str, list[Path]]:
    """The gold files at a path, by group: the founding report, the development accounts, further ones.

    The path is one file, or a folder with seed.json, accounts/*.gold.json or further/*.gold.json (those annotated for
    sayso). Raises SaysoError S703 where none is.
    """
    root = Path(path)
    below = [
        *root.glob("seed.json"),
        *sorted(root.glob("accounts/*.gold.json")),
        *sorted(root.glob("further/*.gold.json")),
    ]
    groups: dict[str, list[Path]] = defaultdict(list)
    for file in [root] if root.is_file() else below:
        founding = file.name in ("seed.json", "founding_report.json")
        groups[FOUNDING if founding else FURTHER if file.parent.name == FURTHER else DEVELOPMENT].append(file)
    if not groups:
        raise SaysoError("S703", path=path)
    return dict(groups)


def evaluate(path: str | Path, read: Callable[[Report], Account] | None = None) -> dict[str, list[Comparison]]:
    """Read every report that has a gold file at ``path`` and compare; ``read`` is by default sayso's own reader."""
    reader = read or _sayso_reader()
    return {group: [_read_and_compare(file, reader) for file in files] for group, files in gold_files(path).items()}


def _sayso_reader() -> Callable[[Report], Account]:
    from sayso.reading.account import read_report

    return read_report


def _read_and_compare(file: Path, read: Callable[[Report], Account]) -> Comparison:
    annotated = load_gold(file)
    return compare(read(as_source(annotated.report)), annotated)


def as_source(report: Report) -> Report:
    """The report as a user's own file would give it, over the very text that was annotated."""
    from sayso.sources import report_from_text

    try:
        source = report_from_text(
            report.text, published=report.published, publisher=report.publisher, title=report.title, source=report.id
        )
    except SaysoError:
        return report
    if source.text[: source.body_start] != report.text[: source.body_start]:
        return report
    # Normalising may mend a character or a space later on; the annotated offsets are of the text before that.
    return msgspec.structs.replace(source, text=report.text)


class _Comparer:
    """One comparison under way: the aligned events, the tallies and the differences so far."""

    def __init__(self, read: Account, annotated: Account) -> None:
        self.read = read
        self.annotated = annotated
        self.pairs = align_events(read.events, annotated.events)
        self.annotated_id = {r.id: a.id for r, a in self.pairs}
        self.tallies: dict[str, Tally] = dict.fromkeys(FIGURES, Tally())
        self.differences: list[Difference] = []
        self.found: dict[str, bool] = {}
        self.speakers: Counter[tuple[str, str]] = Counter()
        """How often a speaker who was read stands where an annotated one does, over the claims found."""

    def run(self) -> tuple[dict[str, Tally], list[Difference]]:
        self.compare_events()
        for read, annotated in self.pairs:
            self.compare_slots(read, annotated)
        self.compare_claims()
        self.compare_links()
        return self.tallies, self.differences

    def add(self, figure: str, agree: int, read: int, annotated: int) -> None:
        self.tallies[figure] += Tally(agree, read, annotated)

    def differ(self, figure: str, kind: Kind, text: str, span: Span | None) -> None:
        self.differences.append(Difference(figure, kind, text, span))

    def compare_events(self) -> None:
        self.add("events", len(self.pairs), len(self.read.events), len(self.annotated.events))
        found_read = {r.id for r, _ in self.pairs}
        found_annotated = {a.id for _, a in self.pairs}
        for event in self.annotated.events:
            if event.id not in found_annotated:
                self.differ("events", "missed", _event_label(event), event.mentions[0])
        for event in self.read.events:
            if event.id not in found_read:
                self.differ("events", "spurious", _event_label(event), event.mentions[0] if event.mentions else None)

    def compare_slots(self, read: Event, annotated: Event) -> None:
        self.one("types", read.type, annotated.type, annotated, _equal)
        self.one("modality", read.modality, annotated.modality, annotated, _equal)
        self.one("time", read.time, annotated.time, annotated, same_time)
        self.one("time_days", read.time, annotated.time, annotated, same_days)
        places = ({p.id: p for p in account.places} for account in (self.read, self.annotated))
        read_place, annotated_place = (
            by_id.get(e.place or "") for by_id, e in zip(places, (read, annotated), strict=True)
        )
        self.one("place", read_place, annotated_place, annotated, same_place)
        self.many("initiators", read.initiators, annotated.initiators, annotated)
        self.many("recipients", read.recipients, annotated.recipients, annotated)
        self.one("weapon", read.weapon, annotated.weapon, annotated, same_words)
        self.one("killed", read.killed, annotated.killed, annotated, _equal)
        self.one("injured", read.injured, annotated.injured, annotated, _equal)

    def one(self, figure: str, read: T | None, annotated: T | None, event: Event, same: Callable[[T, T], bool]) -> None:
        """Compare a slot that holds one value or none."""
        agree = read is not None and annotated is not None and same(read, annotated)
        self.add(figure, int(agree), int(read is not None), int(annotated is not None))
        if agree or (read is None and annotated is None):
            return
        if figure == "time_days" and not (read and annotated and same_time(read, annotated)):  # type: ignore[arg-type]
            return  # told under "time" already
        kind: Kind = "missed" if read is None else "spurious" if annotated is None else "different"
        text = f"{_event_label(event)}: read {_show(read)}, annotated {_show(annotated)}"
        self.differ(figure, kind, text, event.mentions[0])

    def many(self, figure: str, read: Sequence[str | Span], annotated: Sequence[str | Span], event: Event) -> None:
        """Compare a slot that holds any number of actors, one to one."""
        read_forms = [_forms(self.read, side) for side in read]
        annotated_forms = [_forms(self.annotated, side) for side in annotated]
        pairs = assign([[float(same_actor(r, a)) for a in annotated_forms] for r in read_forms])
        self.add(figure, len(pairs), len(read), len(annotated))
        missed = [_show(forms[0]) for i, forms in enumerate(annotated_forms) if i not in {c for _, c in pairs}]
        spurious = [_show(forms[0]) for i, forms in enumerate(read_forms) if i not in {r for r, _ in pairs}]
        if missed or spurious:
            kind: Kind = "missed" if not spurious else "spurious" if not missed else "different"
            text = f"{_event_label(event)}: read {', '.join(spurious) or '–'}, annotated {', '.join(missed) or '–'}"
            self.differ(figure, kind, text, event.mentions[0])

    def compare_claims(self) -> None:
        self.add("claims", 0, len(self.read.claims), len(self.annotated.claims))
        self.add("claims_speaker", 0, len(self.read.claims), len(self.annotated.claims))
        self.add("claims_evidence", 0, len(self.read.claims), len(self.annotated.claims))
        for claim in self.read.claims:
            self.count_stance(claim, Tally(read=1))
        for claim in self.annotated.claims:
            self.count_stance(claim, Tally(annotated=1))
        read_rows = _by_key(self.read.claims, self.annotated_id)
        annotated_rows = _by_key(self.annotated.claims, {e.id: e.id for e in self.annotated.events})
        for key in {**annotated_rows, **read_rows}:
            self.compare_rows(read_rows.get(key, []), annotated_rows.get(key, []))
        self.compare_joining()

    def compare_speakers(self, read: Claim, annotated: Claim, agree: bool) -> None:
        self.add("speakers", int(agree), 1, 1)
        if annotated.speaker is not None:
            self.add("speakers_named", int(agree), 1, 1)
            if read.speaker is not None:
                self.speakers[read.speaker, annotated.speaker] += 1

    def compare_joining(self) -> None:
        """Each speaker who was read stands for one annotated speaker, and the other way round, whatever the names."""
        rows, columns = (sorted(set(ids)) for ids in (zip(*self.speakers, strict=True) if self.speakers else ((), ())))
        weights = [[float(self.speakers[row, column]) for column in columns] for row in rows]
        agree = sum(self.speakers[rows[i], columns[j]] for i, j in assign(weights))
        self.add("speakers_joined", agree, self.speakers.total(), self.speakers.total())

    def count_stance(self, claim: Claim, tally: Tally) -> None:
        if claim.stance == "asserts":
            return
        for figure in ("denials" if claim.stance == "denies" else "doubts", "denials_doubts"):
            self.tallies[figure] += tally

    def compare_rows(self, read: list[Claim], annotated: list[Claim]) -> None:
        """Pair the rows of one event, slot and stance so that most agree on speaker, then evidence, then value."""
        speaker = [[self.same_speaker(r, a) for a in annotated] for r in read]
        evidence = [[overlap(r.evidence, a.evidence) >= 0.5 for a in annotated] for r in read]
        value = [[r.normalised == a.normalised for a in annotated] for r in read]
        pairs = assign(
            [
                [1 + 100 * s + 10 * (s and e) + v for s, e, v in zip(*columns, strict=True)]
                for columns in zip(speaker, evidence, value, strict=True)
            ]
        )
        for i, j in pairs:
            self.add("claims", 1, 0, 0)
            self.found[read[i].id] = speaker[i][j]
            self.compare_speakers(read[i], annotated[j], speaker[i][j])
            self.count_stance(annotated[j], Tally(agree=1))
            text = self.claim_label(annotated[j], self.annotated)
            if not speaker[i][j]:
                who = self.speaker_name(read[i], self.read)
                self.differ("claims_speaker", "different", f"{text} · read as said by {who}", annotated[j].evidence)
                continue
            self.add("claims_speaker", 1, 0, 0)
            if evidence[i][j]:
                self.add("claims_evidence", 1, 0, 0)
            else:
                words = read[i].evidence.text
                self.differ("claims_evidence", "different", f"{text} · read “{words}”", annotated[j].evidence)
        paired_read, paired_annotated = {i for i, _ in pairs}, {j for _, j in pairs}
        unpaired_read = [claim for i, claim in enumerate(read) if i not in paired_read]
        unpaired_annotated = [claim for j, claim in enumerate(annotated) if j not in paired_annotated]
        self.differ_on_claims(unpaired_annotated, "missed", self.annotated)
        self.differ_on_claims(unpaired_read, "spurious", self.read)

    def differ_on_claims(self, claims: list[Claim], kind: Kind, account: Account) -> None:
        """List the claims; assertions on an event that only one side has are told by that event already."""
        aligned = self.annotated_id.keys() if account is self.read else self.annotated_id.values()
        for claim in claims:
            if claim.stance != "asserts" or claim.event in aligned:
                self.differ_on_claim(claim, kind, account)

    def differ_on_claim(self, claim: Claim, kind: Kind, account: Account) -> None:
        figure = {"asserts": "claims", "denies": "denials", "uncertain": "doubts"}[claim.stance]
        self.differ(figure, kind, self.claim_label(claim, account), claim.evidence)

    def same_speaker(self, read: Claim, annotated: Claim) -> bool:
        if read.speaker is None or annotated.speaker is None:
            return read.speaker == annotated.speaker
        return same_actor(_forms(self.read, read.speaker), _forms(self.annotated, annotated.speaker))

    def speaker_name(self, claim: Claim, account: Account) -> str:
        return _show(_forms(account, claim.speaker)[0]) if claim.speaker else "narration"

    def claim_label(self, claim: Claim, account: Account) -> str:
        """A claim in one line, events by their annotated id ("+e3" is an event that was only read)."""
        event = claim.event if account is self.annotated else self.annotated_id.get(claim.event, f"+{claim.event}")
        value = "" if claim.slot == "occurrence" else f" = {_claimed(claim)}"
        return f"{event} {self.speaker_name(claim, account)} {claim.stance} {claim.slot}{value}"

    def compare_links(self) -> None:
        read = {(self.annotated_id.get(x.from_), self.annotated_id.get(x.to), x.kind): x for x in self.read.links}
        annotated = {(x.from_, x.to, x.kind): x for x in self.annotated.links}
        self.add("links", len(read.keys() & annotated.keys()), len(self.read.links), len(annotated))
        for key, link in annotated.items():
            if key not in read:
                self.differ("links", "missed", f"{link.from_} {link.kind} {link.to}", link.evidence)
        for link in self.read.links:
            ends = [self.annotated_id.get(end, f"+{end}") for end in (link.from_, link.to)]
            if (ends[0], ends[1], link.kind) not in annotated:
                self.differ("links", "spurious", f"{ends[0]} {link.kind} {ends[1]}", link.evidence)


def _by_key(claims: Iterable[Claim], events: Mapping[str, str]) -> dict[tuple[str, str, str], list[Claim]]:
    """The claims by event, slot and stance; ``events`` renames events, and one that it lacks keeps a key of its own."""
    rows: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        rows[events.get(claim.event, f"+{claim.event}"), claim.slot, claim.stance].append(claim)
    return rows


def _forms(account: Account, side: str | Span) -> list[str | Span]:
    """What an actor of the account is called: its name first, then its spans."""
    if isinstance(side, Span):
        return [side]
    actor: Actor | None = next((a for a in account.actors if a.id == side), None)
    return [actor.name, *actor.spans] if actor else [side]


def _equal(left: object, right: object) -> bool:
    return left == right


def _event_label(event: Event) -> str:
    modality = "" if event.modality == "actual" else f" ({event.modality})"
    mentions = " / ".join(f"“{mention.text}”" for mention in event.mentions[:3])
    return f"{event.id} {event.type}{modality} {mentions}"


def _claimed(claim: Claim) -> str:
    """What is claimed: ranges and dates as machines have them, the rest in words."""
    return _show(claim.normalised if claim.slot in ("killed", "injured", "time") else claim.value)


def _show(value: object) -> str:
    """A value in a few words for the list of differences."""
    if value is None:
        return "–"
    if isinstance(value, Span):
        return f"“{value.text}”"
    if isinstance(value, list | tuple):
        return f"[{'–'.join('?' if part is None else str(part) for part in value)}]"
    name = getattr(value, "name", None)
    if name is not None:
        return f"{name} ({getattr(value, 'country', None) or '?'})"
    if hasattr(value, "precision"):
        words = getattr(getattr(value, "evidence", None), "text", "")
        return f"{getattr(value, 'start', '')}..{getattr(value, 'end', '')} {value.precision} “{words}”"
    return str(value)
