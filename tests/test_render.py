from io import StringIO
from typing import Literal

import msgspec
import pytest
from rich.console import Console

from sayso.model import (
    Account,
    Actor,
    Claim,
    Dateline,
    Event,
    Interval,
    Link,
    LinkKind,
    Note,
    Place,
    Refused,
    Report,
    Slot,
    Span,
    Stance,
)
from sayso.render import as_text, clean, days, print_account

TEXT = "Jets bombed Aleppo late Sunday, killing 9, residents and a monitor say. The army denied it. It followed a raid."


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words), words)


def claim(
    speaker: str | None,
    words: str,
    slot: Slot = "occurrence",
    stance: Stance = "asserts",
    normalised: object = True,
    value: str | None = None,
    via: str | None = None,
) -> Claim:
    about = {"id": "", "event": "e1", "speaker": speaker, "via": via}
    return Claim(slot=slot, value=value, stance=stance, evidence=span(words), normalised=normalised, **about)  # type: ignore[arg-type]


REPORT = Report(
    id="r",
    text=TEXT,
    published="2020-01-06",
    publisher="The Daily",
    title="Jets over Aleppo",
    dateline=Dateline(place="BEIRUT", agencies=("AP",)),
)
BOMBING = Event(
    id="e1",
    type="airstrike",
    mentions=(span("bombed"),),
    time=Interval(start="2020-01-05", end="2020-01-05", precision="part_of_day", evidence=span("late Sunday")),
    place="p1",
    killed=(9, None),
)
RAID = Event(
    id="e2",
    type="armed_attack",
    mentions=(span("a raid"),),
    time=Interval(start=None, end="2020-01-05", precision="unknown"),
)


def actor(identity: str, name: str) -> Actor:
    return Actor(id=identity, spans=(), name=name)


def account(
    *claims: Claim,
    events: tuple[Event, ...] = (RAID, BOMBING),
    actors: tuple[Actor, ...] = (actor("a1", "residents"), actor("a2", "a monitor"), actor("a3", "The army")),
    links: tuple[Link, ...] = (),
    notes: tuple[Note, ...] = (),
) -> Account:
    place = Place(id="p1", span=span("Aleppo"), name="Aleppo", country="SYR")
    return Account(
        report=REPORT, places=(place,), actors=actors, events=events, claims=claims, links=links, notes=notes
    )


SAID = "Jets bombed Aleppo late Sunday"


def test_header_names_publisher_title_date_and_dateline() -> None:
    text = as_text(account())
    assert text.startswith("Jets over Aleppo\nThe Daily · published 6 January 2020 · filed from BEIRUT (AP)\n")


def test_speakers_in_the_same_words_share_a_line_and_the_denial_has_its_own() -> None:
    text = as_text(account(claim("a1", SAID), claim("a2", SAID), claim("a3", "it", stance="denies")))
    assert f"Happened     ✓ residents and a monitor say “{SAID}”\n" in text
    assert "                 ✕ The army denies “it”\n" in text
    assert "Contested ✓✕: the army denies it; residents and a monitor assert it." in " ".join(text.split())


@pytest.mark.parametrize(
    ("speaker", "verb"),
    [
        (Actor(id="a1", spans=(), name="officials in Aleppo", kind="government"), "say"),
        (Actor(id="a1", spans=(), name="Residents", kind="civilian"), "say"),
        (Actor(id="a1", spans=(), name="Damascus", kind="government", kb_id="actor:x"), "says"),
        (Actor(id="a1", spans=(), name="Reuters", kind="media"), "says"),
        (Actor(id="a1", spans=(), name="Seth Jones"), "says"),
        (Actor(id="a1", spans=(), name="the press"), "says"),
    ],
)
def test_verb_agrees_with_the_speaker(speaker: Actor, verb: str) -> None:
    assert f"{speaker.name} {verb} “" in as_text(account(claim("a1", SAID), actors=(speaker,)))


def test_speakers_with_different_carriers_stay_apart() -> None:
    text = as_text(account(claim("a1", SAID, via="a3"), claim("a2", SAID)))
    assert "✓ residents (via The army) say" in text
    assert "✓ a monitor says" in text


def test_value_is_shown_where_the_words_do_not_tell_it() -> None:
    text = as_text(
        account(
            claim(None, "killing 9", "killed", normalised=[9, None]),
            claim(None, "late Sunday", "time", normalised="2020-01-05"),
            claim(None, "Jets", "weapon", normalised=None, value="jets"),
        )
    )
    assert "✓ the report says at least 9: “killing 9”" in text
    assert "✓ the report says 5 January 2020: “late Sunday”" in text
    assert "✓ the report says “Jets”" in text


def test_unknown_toll_is_not_told_and_none_is() -> None:
    assert "killed" not in as_text(account(events=(RAID,)))
    none = Event(id="e3", type="airstrike", mentions=(), killed=(0, 0), injured=(0, 0))
    assert "An air strike, without casualties, is" in as_text(account(events=(none,)))


def test_latest_event_comes_first_and_what_is_no_occurrence_stands_apart() -> None:
    habit = Event(id="e9", type="shelling", mentions=(), modality="generic")
    text = as_text(account(events=(habit, RAID, BOMBING)))
    assert text.index("e1  ") < text.index("e2  ") < text.index("Not as one thing that happened") < text.index("e9  ")


def test_links_of_the_same_words_are_one_line() -> None:
    kinds: tuple[LinkKind, ...] = ("follows", "similar_to")
    links = tuple(Link(from_="e1", to="e2", kind=kind, evidence=span("It followed a raid")) for kind in kinds)
    text = as_text(account(links=links))
    assert "↳ follows and similar to e2, the report says: “It followed a raid”" in text


def test_notes_say_what_was_not_read() -> None:
    note = Note(code="S310", text="a paragraph in French was not read.", span=span("a raid"))
    text = as_text(account(notes=(note,)))
    assert "S310  a paragraph in French was not read. “a raid”" in text


def test_what_was_refused_is_shown_with_its_words_and_the_reason() -> None:
    low = msgspec.structs.replace(claim("a1", "denied it", stance="denies"), confidence=0.1)
    refused = (Refused(claim=low, reason="confidence 0.10 is below 0.20"),)
    text = as_text(msgspec.structs.replace(account(claim("a2", "Jets bombed Aleppo")), refused=refused), width=120)
    assert "1 refused" in text
    _, _, part = text.partition("Refused: read, but too unlikely\n")
    assert part == "e1  Happened ✕ residents deny “denied it” confidence 0.10 is below 0.20\n"
    assert "denial" not in text


def test_report_without_events_says_so() -> None:
    assert "No event of armed conflict was found in this report." in as_text(account(events=()))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_lines_keep_to_the_width(width: int) -> None:
    text = as_text(account(claim("a1", SAID), claim("a3", TEXT, stance="denies")), width=width)
    assert max(map(len, text.splitlines())) <= width
    assert not any(line.endswith(" ") for line in text.splitlines())


def printed(out: StringIO, *, color_system: Literal["standard"] | None = None, no_color: bool = False) -> str:
    console = Console(file=out, force_terminal=True, width=80, color_system=color_system, no_color=no_color)
    print_account(account(claim("a1", SAID), claim("a3", "it", stance="denies")), console)
    return out.getvalue()


def test_colour_marks_the_stance_on_a_terminal_and_can_be_turned_off() -> None:
    assert "\x1b[1;91m✕" in printed(StringIO(), color_system="standard")
    assert "\x1b[1;91m" not in printed(StringIO(), color_system="standard", no_color=True)


class AsciiStream(StringIO):
    encoding = "ascii"


def test_terminal_without_unicode_gets_symbols_that_it_has() -> None:
    text = printed(AsciiStream())
    assert "x The army denies" in text
    assert "✕" not in text


def test_words_that_could_steer_a_terminal_or_hide_text_are_taken_out() -> None:
    assert clean("a\x1b[31mb\u202ec\r\nd\x9be") == "a [31mb c d e"
    text = as_text(account(claim("a1", SAID), actors=(actor("a1", "[bold]\x1b]0;owned\x07[/bold]"),)))
    assert "\x1b" not in text
    assert "[bold] ]0;owned [/bold] says" in text


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2020-01-05", "2020-01-05", "5 January 2020"),
        ("2020-01-05T20:00", "2020-01-05T23:59", "5 January 2020"),
        ("2020-01-30", "2020-02-02", "30 January – 2 February 2020"),
        ("2020-02-01", "2020-02-29", "February 2020"),
        ("2020-02", "2020-02", "February 2020"),
        ("2020-01-01", "2020-12-31", "2020"),
        ("2020", "2020", "2020"),
        (None, "2020-02-29", "by 29 February 2020"),
        ("2020-02-29", None, "since 29 February 2020"),
        (None, None, "date not known"),
        ("soon", "2020-13-77", "date not known"),
    ],
)
def test_interval_in_words_is_no_narrower_than_its_days(start: str | None, end: str | None, words: str) -> None:
    assert days(start, end) == words
