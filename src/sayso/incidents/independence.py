"""Who of those who assert something are independent of each other, who is not, and why, in words.

Speakers are independent unless they are one organisation, or one report's text is a near-copy of the other's. A
report's own narration is its publisher's word; that of a copied paragraph is its original's, and that of a report that
credits an agency is the agency's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from sayso.incidents.statement import Statement, Voice, organisations, teller, voices
from sayso.incidents.wording import listed

UNKNOWN = "a report"
"""What stands for a publisher that nobody names."""
_ANOTHER = "another report"
_MOST_NOTES = 3


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """One independent source: an organisation's speakers (``voices``), or a teller's narration (``narrator``)."""

    voices: tuple[Voice, ...] = ()
    narrator: str | None = None
    reports: int
    """How many reports quote it, or tell it in its words."""

    @property
    def note(self) -> str | None:
        """Why all those count once, in words; null where there is nothing to explain."""
        names = list(dict.fromkeys(voice.shown for voice in self.voices))
        if len(names) > 1:
            return f"{listed(names)}, who are one organisation"
        return f"{names[0]}, quoted by {self.reports} reports" if names and self.reports > 1 else None


class Independence(msgspec.Struct, frozen=True, kw_only=True):
    """The independent sources of one assertion, and in words what was not counted as one of its own."""

    groups: tuple[Group, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def narrators(self) -> list[str]:
        """Whose narration counts."""
        return [group.narrator for group in self.groups if group.narrator is not None]

    @property
    def words(self) -> str:
        """What was counted once and what was not counted, as sentences; empty where there is nothing to say."""
        once = [note for group in self.groups if (note := group.note)]
        sentences = [f"Counted once: {_several(once)}."] if once else []
        if self.left_out:
            sentences.append(f"Not counted: {_several(self.left_out)}.")
        return " ".join(sentences)


def independence(statements: Iterable[Statement]) -> Independence:
    """The independent ones among those who assert what these statements say, which are of one slot.

    Statements that deny or doubt are passed over. The answer depends on the statements alone, not on their order
    beyond that of publication.
    """
    said = [s for s in statements if s.stance == "asserts"]
    told = [s for s in said if s.voice is None]
    speakers = voices(said)
    quoting: dict[str, set[str]] = defaultdict(set)
    for s in said:
        if s.voice is not None:
            quoting[s.voice.key].add(s.report_id)
    groups = [
        Group(voices=tuple(members), reports=len(set().union(*(quoting[voice.key] for voice in members))))
        for members in organisations(speakers)
    ]
    quoted = {report for s in said if s.voice is not None for report in (s.report_id, s.copy_root)}
    speaking = {identity for voice in speakers for identity in voice.identities} if told else set()
    counted: dict[str, list[Statement]] = defaultdict(list)
    passing: list[Statement] = []
    for s in told:
        # A report that quotes somebody passes on what it was told: its narration is no second source beside them.
        if quoted & {s.report_id, s.copy_root or s.report_id} or s.independent_source in speaking:
            passing.append(s)
        else:
            counted[s.independent_source].append(s)
    groups += [
        Group(narrator=members[0].original or members[0].publisher or UNKNOWN, reports=_reports(members))
        for members in counted.values()
    ]
    left = [*_carriers(told), *_crediting(told), *_passing_on(passing)]
    return Independence(groups=tuple(groups), left_out=tuple(dict.fromkeys(left)))


def _carriers(told: Sequence[Statement]) -> list[str]:
    """Those whose paragraph repeats another's: "Beta Post, which repeats AFP's text"."""
    carried: dict[str, list[str]] = defaultdict(list)
    for s in told:
        if s.copy_root not in ("", s.report_id):
            carried[_of(s.original or s.publisher)].append(s.carrier or _ANOTHER)
    return [_which(outlets, f"{{}} {owner} text") for owner, outlets in carried.items()]


def _of(publisher: str | None) -> str:
    if publisher is None:
        return "an earlier report's"
    return f"{publisher}'" if publisher.endswith("s") else f"{publisher}'s"


def _crediting(told: Sequence[Statement]) -> list[str]:
    """Those whose dateline credits an agency: "Gamma News, which credits AFP"."""
    credited: dict[str, list[str]] = defaultdict(list)
    for s in told:
        if s.credits and s.copy_root in ("", s.report_id) and s.carrier and teller(s.carrier) != teller(s.credits):
            credited[s.credits].append(s.carrier)
    return [_which(outlets, f"{{}} {agency}", "credits", "credit") for agency, outlets in credited.items()]


def _passing_on(passing: Sequence[Statement]) -> list[str]:
    own = [s for s in passing if s.copy_root in ("", s.report_id)]
    if not own:
        return []
    names = sorted({s.publisher for s in own if s.publisher})
    if not names:
        return ["the reports' own narration, which passes on whom they quote"]
    return [f"the narration of {listed(names)}, which passes on whom it quotes"]


def _which(outlets: Sequence[str], words: str, one: str = "repeats", many: str = "repeat") -> str:
    names = list(dict.fromkeys(outlets))
    return f"{listed(names)}, which {words.format(one if len(names) == 1 else many)}"


def _several(notes: Sequence[str]) -> str:
    shown = list(notes[:_MOST_NOTES])
    more = len(notes) - len(shown)
    return "; ".join([*shown, f"and {more} more"] if more else shown)


def _reports(statements: Iterable[Statement]) -> int:
    return len({s.report_id for s in statements})
