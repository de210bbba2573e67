"""Further annotated accounts: from an annotator's short YAML to offsets, and from offsets to accounts.

An annotator writes YAML by the guide of the annotated accounts (``../shared/gold/GUIDE.md``), with the report's words
as they stand; ``"the attack#2"`` is the second place where the words stand::

    report: fakes-1924058095        # or the id of a VOA report
    published: 2016-10-26
    events:
      - {id: e1, type: airstrike, modality: actual, mentions: ["Air strikes", "the attack#2"],
         time: [2016-10-26, 2016-10-26, day, "on Wednesday"], place: {name: Hass, admin1: Idlib, country: SYR,
         text: "the village of Hass"}, initiators: [...], recipients: [...], weapon: "Air strikes", killed: [28, null]}
    claims:
      - [e1, killed, [22, 22], asserts, "UNICEF", null, "killing 22 children"]   # event, slot, value, stance,
    links:                                                                       # speaker, via, the words that show it
      - [e2, e1, follows, null, "A day ago"]

What is committed (``training/accounts/*.json``) holds offsets in the stead of others' words, and the text's SHA-256:

    python -m training.annotate FOLDER_OF_YAML      # checks every row and writes training/accounts
    python -m training.annotate --expand FOLDER     # the committed ones with their words, for `sayso evaluate accounts`
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml

from sayso.model import LinkKind, Modality, Slot, Stance, TimePrecision
from sayso.vocabulary import load

SHARED = Path(__file__).parents[1].parent / "shared"
ACCOUNTS = Path(__file__).parent / "accounts"
NTH = re.compile(r"#(\d+)$")
COUNTS = frozenset({"killed", "injured"})

Row = dict[str, Any]


class AnnotationError(ValueError):
    """A row of an annotation that does not hold; says which and why."""


@cache
def texts() -> dict[str, Row]:
    """The reports that may be annotated: FA-KES development and VOA, by id, with text, title and publisher."""
    found: dict[str, Row] = {}
    with gzip.open(SHARED / "data/fakes/dev.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            text = f"{row['article_title']} {row['article_content']}"
            found[f"fakes-{row['unit_id']}"] = {"text": text, "title": row["article_title"], "publisher": row["source"]}
    with gzip.open(SHARED / "data/voa/text_only_event.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            sentences = row["sentences"]
            sentences = json.loads(sentences) if isinstance(sentences, str) else sentences
            text = " ".join(part["text"].replace("\xa0", " ") for part in sentences)
            found[row["id"]] = {"text": text, "title": None, "publisher": "Voice of America"}
    return found


class Compiler:
    """Turns one annotation into offsets, and says of every row that does not hold why."""

    def __init__(self, source: Row, text: str) -> None:
        self.source = source
        self.text = text
        self.events = {str(event["id"]) for event in source["events"]}

    def compiled(self) -> Row:
        """The account as offsets. Raises AnnotationError for the first row that does not hold."""
        return {
            "report": {
                "id": self.source["report"],
                "published": str(self.source["published"]),
                "sha256": hashlib.sha256(self.text.encode()).hexdigest(),
            },
            "events": [self._event(event) for event in self.source["events"]],
            "claims": [self._claim(*row) for row in self.source.get("claims") or []],
            "links": [self._link(*row) for row in self.source.get("links") or []],
        }

    def _event(self, event: Row) -> Row:
        name = str(event["id"])
        _one_of(event["type"], load("event_types"), name)
        _one_of(event.get("modality", "actual"), get_args(Modality), name)
        return {
            "id": name,
            "type": event["type"],
            "modality": event.get("modality", "actual"),
            "mentions": [self._at(words) for words in event["mentions"]],
            "time": self._time(event.get("time"), name),
            "place": self._place(event.get("place")),
            "initiators": [self._at(words) for words in event.get("initiators") or []],
            "recipients": [self._at(words) for words in event.get("recipients") or []],
            "weapon": self._at(event["weapon"]) if event.get("weapon") else None,
            "killed": _count(event.get("killed"), name),
            "injured": _count(event.get("injured"), name),
        }

    def _time(self, time: list[Any] | None, name: str) -> Row | None:
        if time is None:
            return None
        start, end, precision, words = time
        _one_of(precision, get_args(TimePrecision), name)
        if start is not None and end is not None and str(start) > str(end):
            raise AnnotationError(f"{name}: {start} is after {end}")
        return {
            "start": None if start is None else str(start),
            "end": None if end is None else str(end),
            "precision": precision,
            "text": self._at(words),
        }

    def _place(self, place: Row | None) -> Row | None:
        if place is None:
            return None
        words = place.get("text") or place["name"]
        return {
            "name": self._at(place["name"]),
            "admin1": place.get("admin1"),
            "country": place.get("country"),
            "text": self._at(words),
        }

    def _claim(
        self, event: str, slot: str, value: Any, stance: str, speaker: str | None, via: str | None, words: str
    ) -> Row:
        name = f"claim on {event} {slot}"
        _one_of(event, self.events, name)
        _one_of(slot, get_args(Slot), name)
        _one_of(stance, get_args(Stance), name)
        if slot in COUNTS:
            value = _count(value, name)
        elif isinstance(value, str) and slot != "time":
            value = {"at": self._at(value)}
        return {
            "event": event,
            "slot": slot,
            "value": str(value) if slot == "time" and value is not None else value,
            "stance": stance,
            "speaker": self._at(speaker) if speaker else None,
            "via": self._at(via) if via else None,
            "text": self._at(words),
        }

    def _link(self, source: str, target: str, kind: str, speaker: str | None, words: str) -> Row:
        name = f"link {source} {target}"
        _one_of(source, self.events, name)
        _one_of(target, self.events, name)
        _one_of(kind, get_args(LinkKind), name)
        speaker_at = self._at(speaker) if speaker else None
        return {"from": source, "to": target, "kind": kind, "speaker": speaker_at, "text": self._at(words)}

    def _at(self, words: str) -> list[int]:
        """Where the words stand: start and end, in code points of the text."""
        words = str(words)
        nth = NTH.search(words)
        wanted, times = (words[: nth.start()], int(nth[1])) if nth else (words, 1)
        at = -1
        for _ in range(times):
            at = self.text.find(wanted, at + 1)
            if at < 0:
                raise AnnotationError(f"{wanted!r} does not stand {times} times in the report")
        return [at, at + len(wanted)]


def _one_of(value: Any, known: Any, name: str) -> None:
    if value not in known:
        raise AnnotationError(f"{name}: {value!r} is none of {', '.join(map(str, known))}")


def _count(value: Any, name: str) -> list[int | None] | None:
    if value is None:
        return None
    low, high = value
    if low is not None and high is not None and low > high:
        raise AnnotationError(f"{name}: {low} is more than {high}")
    return [low, high]


def expanded(compiled: Row) -> Row:
    """The account in the form of ``../shared/gold``, its words put back from the report's text."""
    report = compiled["report"]
    known = texts()[report["id"]]
    text = known["text"]
    if hashlib.sha256(text.encode()).hexdigest() != report["sha256"]:
        raise AnnotationError(f"{report['id']}: the text is not the one that was annotated")

    def said(at: list[int]) -> str:
        return str(text[at[0] : at[1]])

    def ranged(at: list[int]) -> Row:
        return {"start": at[0], "end": at[1], "text": said(at)}

    def named(at: list[int] | None) -> str | None:
        return None if at is None else said(at)

    def value(of: Any) -> Any:
        return said(of["at"]) if isinstance(of, dict) else of

    events = [
        event
        | {
            "mentions": [ranged(at) for at in event["mentions"]],
            "time": event["time"] and event["time"] | {"text": said(event["time"]["text"])},
            "place": event["place"]
            and event["place"] | {"name": said(event["place"]["name"]), "text": said(event["place"]["text"])},
            "initiators": [{"name": said(at), "text": said(at)} for at in event["initiators"]],
            "recipients": [{"name": said(at), "text": said(at)} for at in event["recipients"]],
            "weapon": named(event["weapon"]),
        }
        for event in compiled["events"]
    ]
    claims = [
        claim
        | {"value": value(claim["value"]), "speaker": named(claim["speaker"]), "via": named(claim["via"])}
        | ranged(claim["text"])
        for claim in compiled["claims"]
    ]
    links = [link | {"speaker": named(link["speaker"])} | ranged(link["text"]) for link in compiled["links"]]
    head = {"id": report["id"], "published": report["published"], "publisher": known["publisher"]}
    return {
        "report": head | {"title": known["title"], "text": text},
        "events": events,
        "claims": claims,
        "links": links,
    }


def accounts() -> Iterator[Row]:
    """All committed annotations, expanded, in the order of their names."""
    for path in sorted(ACCOUNTS.glob("*.json")):
        yield expanded(json.loads(path.read_text(encoding="utf-8")))


def main(folder: Path) -> int:
    """Compile all annotations of a folder; those with an error are named and left out."""
    ACCOUNTS.mkdir(exist_ok=True)
    faults = 0
    for path in sorted(folder.glob("*.yaml")):
        try:
            source = yaml.safe_load(path.read_text(encoding="utf-8"))
            if source["report"] not in texts():
                raise AnnotationError(f"{source['report']} is no report that may be annotated")
            made = Compiler(source, texts()[source["report"]]["text"]).compiled()
        except (AnnotationError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
            print(f"{path.name}: {type(error).__name__}: {error}")
            faults += 1
            continue
        target = ACCOUNTS / f"{source['report']}.json"
        target.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    return 1 if faults else 0


def expand(folder: Path) -> int:
    """Write all committed annotations with their words, as ``../shared/gold`` has them; not to be committed."""
    target = folder / "further"
    target.mkdir(parents=True, exist_ok=True)
    for account in accounts():
        path = target / f"{account['report']['id']}.gold.json"
        path.write_text(json.dumps(account, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(expand(Path(sys.argv[2])) if sys.argv[1] == "--expand" else main(Path(sys.argv[1])))
