"""The endpoint reader against a real HTTP server that answers well and badly."""

from __future__ import annotations

import json
import logging
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from tests.readers.conftest import Reply, Server, an_answer, an_event, chat

from sayso.errors import SaysoError
from sayso.model import Account, Report
from sayso.readers.chat import ATTEMPTS, LARGEST, Chat, Endpoint, is_loopback, parse_url
from sayso.readers.checking import fault_of
from sayso.readers.endpoint import EndpointReader, describe, open_endpoint
from sayso.sources import report_from_text


def _read(reader: EndpointReader, report: Report) -> Account:
    found = next(reader.read([report]))
    assert isinstance(found, Account), found
    assert fault_of(found, report) is None
    return found


def _error(reader: EndpointReader, report: Report) -> SaysoError:
    found = next(reader.read([report]))
    assert isinstance(found, SaysoError), found
    assert "\n" not in str(found)
    return found


def _said(account: Account) -> set[tuple[str, str, str | None, str]]:
    """Slot, stance, speaker and evidence of every claim."""
    names = {actor.id: actor.name for actor in account.actors}
    return {(c.slot, c.stance, names.get(c.speaker or ""), c.evidence.text) for c in account.claims}


def _reasons(account: Account) -> str:
    return "\n".join(note.text for note in account.notes)


# Good answers -------------------------------------------------------------------------------------------------------


def test_a_good_answer_becomes_an_account(make_reader: Any, report: Report) -> None:
    account = _read(make_reader(chat(an_answer())), report)
    (event,) = account.events
    assert (event.type, event.modality, event.killed, event.injured) == ("shelling", "actual", (18, None), None)
    assert [m.text for m in event.mentions] == ["rockets hit", "attack"]
    assert event.time is not None
    assert (event.time.start, event.time.end) == ("2021-07-04", "2021-07-04")
    (place,) = [p for p in account.places if p.id == event.place]
    assert (place.name, place.country) == ("Homs", "SYR")
    said = _said(account)
    assert ("occurrence", "denies", "The army", "there was any attack") in said
    assert ("killed", "asserts", "Northern Observatory", "killing at least 18 soldiers") in said
    assert account.reader == "openai:test-model quotes-1"
    assert account.notes == ()


def test_the_carrier_of_a_claim_is_kept(make_reader: Any, report: Report) -> None:
    account = _read(make_reader(chat(an_answer())), report)
    names = {actor.id: actor.name for actor in account.actors}
    (doubt,) = [c for c in account.claims if c.stance == "uncertain"]
    assert names[doubt.via or ""] == "Reuters"
    assert doubt.value is None


def test_the_same_answer_gives_the_same_bytes(make_reader: Any, report: Report) -> None:
    reader = make_reader(chat(an_answer()))
    assert _read(reader, report).to_json() == _read(reader, report).to_json()


def test_the_prompt_holds_the_report_and_the_vocabulary(make_reader: Any, server: Server, report: Report) -> None:
    _read(make_reader(chat(an_answer())), report)
    (asked,) = server.asked
    system, user = (message["content"] for message in asked["messages"])
    assert asked["model"] == "test-model"
    assert "shelling: " in system
    assert "uncertain: " in system
    assert "{types}" not in system
    assert "2021-07-05" in user
    assert "said.\n\nThe army denied" in user
    assert server.paths == ["/v1/chat/completions"]


def test_braces_in_a_report_fill_nothing(make_reader: Any, server: Server) -> None:
    report = report_from_text("Jets hit {published} and {text} in Homs.", published="2021-07-05", title="{before}")
    _read(make_reader(chat({"events": []})), report)
    assert "Jets hit {published} and {text} in Homs." in server.asked[0]["messages"][1]["content"]


@pytest.mark.parametrize("wrapped", ["```json\n{}\n```", "<think>{{x</think>Here it is: {} Done."])
def test_what_stands_around_the_json_is_passed_over(wrapped: str, make_reader: Any, report: Report) -> None:
    head, _, tail = wrapped.rpartition("{}")
    assert len(_read(make_reader(chat(head + json.dumps(an_answer()) + tail)), report).events) == 1


def test_a_report_without_events_is_an_account_without_events(make_reader: Any, report: Report) -> None:
    account = _read(make_reader(chat({"events": [], "attributions": []})), report)
    assert account.events == ()
    assert account.notes == ()


# Times, places and figures are sayso's ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"times": ["a base"]}, "sayso finds no time in these words"),
        ({"places": ["soldiers"]}, "sayso finds no place in these words"),
        ({"killed": ["a base near Homs"]}, "no figure stands in these words"),
        ({"injured": ["killing at least 18 soldiers"]}, "this figure is not of those injured"),
        ({"killed": ["the"]}, "no figure stands in these words"),
        ({"initiators": ["on"]}, "these words name nobody"),
    ],
)
def test_words_that_mean_nothing_for_their_slot_are_refused(
    changes: dict[str, Any], reason: str, make_reader: Any, report: Report
) -> None:
    account = _read(make_reader(chat(an_answer(an_event(**changes)))), report)
    assert reason in _reasons(account)
    assert account.notes[0].code == "S841"
    assert len(account.events) == 1


def test_dates_and_coordinates_that_a_model_adds_are_passed_over(make_reader: Any, report: Report) -> None:
    event = an_event(date="1999-01-01", lat=0.0, lon=0.0, country="USA", killed_number=5000)
    account = _read(make_reader(chat(an_answer(event, verdict="true", reader="evil"))), report)
    assert account == _read(make_reader(chat(an_answer())), report)


def test_a_day_after_publication_is_no_day_of_what_happened(make_reader: Any) -> None:
    report = report_from_text("Rockets hit Homs. Talks begin on 9 August 2021, he said.", published="2021-07-05")
    event = an_event(evidence="Rockets hit Homs", mentions=["Rockets hit"], times=["9 August 2021"], claims=[])
    account = _read(make_reader(chat({"events": [event]})), report)
    assert account.events[0].time is None
    assert "lies after publication" in _reasons(account)


# Answers that do not quote ------------------------------------------------------------------------------------------


def test_an_invented_claim_is_refused_and_counted(make_reader: Any, report: Report) -> None:
    invented = {"slot": "motive", "stance": "asserts", "speaker": "The army", "evidence": "out of sheer malice"}
    event = an_event(claims=[*an_event()["claims"], invented])
    account = _read(make_reader(chat(an_answer(event))), report)
    assert not [c for c in account.claims if c.slot == "motive"]
    assert "“out of sheer malice” was refused: these words do not stand in the report" in _reasons(account)
    assert [note.code for note in account.notes] == ["S841", "S840"]
    assert account.notes[0].text.startswith("1 refusals among the ")


def test_a_claim_of_an_invented_speaker_becomes_nobody_elses(make_reader: Any, report: Report) -> None:
    claim = {"slot": "occurrence", "stance": "asserts", "speaker": "The Kremlin", "evidence": "rockets hit a base"}
    account = _read(make_reader(chat(an_answer(an_event(claims=[claim])))), report)
    assert "occurrence" not in {c.slot for c in account.claims}
    assert "The Kremlin" not in {actor.name for actor in account.actors}


@pytest.mark.parametrize("altered", ["two rockets hit", "Two rockets struck", "Two … rockets", "TWO ROCKETS HIT"])
def test_altered_words_are_no_quote(altered: str, make_reader: Any, report: Report) -> None:
    account = _read(make_reader(chat(an_answer(an_event(mentions=[altered, "attack"])))), report)
    assert [m.text for m in account.events[0].mentions] == ["attack"]
    assert altered in _reasons(account)


def test_an_event_without_a_mention_in_the_report_is_refused(make_reader: Any, report: Report) -> None:
    account = _read(make_reader(chat(an_answer(an_event(), an_event(mentions=["the massacre"])))), report)
    assert len(account.events) == 1
    assert "no mention of it stands in the report" in _reasons(account)


def test_an_answer_without_one_true_quote_is_an_error(make_reader: Any, report: Report) -> None:
    event = {"type": "airstrike", "evidence": "jets", "mentions": ["jets"], "modality": "actual", "claims": []}
    error = _error(make_reader(chat({"events": [event]})), report)
    assert error.code == "S814"
    assert "test-model" in str(error)


def test_unattributed_words_within_what_somebody_says_are_his(make_reader: Any, report: Report) -> None:
    claim = {"slot": "occurrence", "stance": "asserts", "speaker": None, "evidence": "rockets hit a base"}
    account = _read(make_reader(chat(an_answer(an_event(claims=[claim])))), report)
    assert ("occurrence", "asserts", "Northern Observatory", "rockets hit a base") in _said(account)


def test_a_detail_that_stands_only_in_a_denial_is_asserted_by_nobody(make_reader: Any) -> None:
    report = report_from_text("Jets hit Homs. The army denied that it killed 18 people.", published="2021-07-05")
    event = an_event(evidence="Jets hit Homs", mentions=["Jets hit"], killed=["killed 18 people"], claims=[])
    denial = {"source": ["The army"], "cue": ["denied"], "content": ["that it killed 18 people"], "stance": "denies"}
    account = _read(make_reader(chat({"events": [event], "attributions": [denial]})), report)
    assert account.events[0].killed is None
    assert "it stands only in what somebody denies" in _reasons(account)


# Wrong types --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "massacre"},
        {"type": 7},
        {"type": None},
        {"modality": "true"},
        {"modality": ["actual"]},
        {"mentions": 3},
        {"mentions": [None, 3, {}]},
    ],
)
def test_an_event_of_wrong_type_is_refused_and_the_others_stay(
    changes: dict[str, Any], make_reader: Any, report: Report
) -> None:
    account = _read(make_reader(chat(an_answer(an_event(**changes), an_event()))), report)
    assert len(account.events) == 1
    assert account.notes


@pytest.mark.parametrize(
    "changes",
    [
        {"evidence": 4},
        {"times": 4},
        {"times": [["on Sunday"]]},
        {"places": {"name": "Homs"}},
        {"killed": [18]},
        {"claims": "none"},
        {"claims": [1, None, "x", []]},
        {"claims": [{"slot": "verdict", "stance": "asserts", "evidence": "rockets hit"}]},
        {"claims": [{"slot": "place", "stance": "perhaps", "evidence": "Homs"}]},
        {"claims": [{"slot": "place", "stance": "asserts", "evidence": "Homs", "speaker": 5}]},
        {"claims": [{"slot": "initiator", "stance": "asserts", "evidence": "rockets hit"}]},
    ],
)
def test_a_part_of_wrong_type_is_refused_and_the_event_stays(
    changes: dict[str, Any], make_reader: Any, report: Report
) -> None:
    account = _read(make_reader(chat(an_answer(an_event(**changes)))), report)
    assert len(account.events) == 1
    assert {"S840", "S841"} == {note.code for note in account.notes}


def test_a_single_string_stands_for_a_list_of_one(make_reader: Any, report: Report) -> None:
    account = _read(make_reader(chat(an_answer(an_event(places="Homs")))), report)
    assert account.events[0].place is not None


# Broken answers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "I am sorry, I cannot help with that.",
        '{"events": [',
        '{"events": 3}',
        "[]",
        "{}",
        '{"events": [NaN]}',
        '{"events": ' + "[" * 100_000,
    ],
)
def test_an_answer_that_is_not_the_json_asked_for(content: str, make_reader: Any, report: Report) -> None:
    assert _error(make_reader(chat(content)), report).code == "S812"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>It works!</html>",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": [{"message": {"content": 7}}]}',
        b'{"choices": [{"message": {"content": ""}, "finish_reason": "content_filter"}]}',
        b"\xff\xfe",
        b"[" * 200_000,
    ],
)
def test_a_body_that_no_chat_endpoint_sends(body: bytes, make_reader: Any, report: Report) -> None:
    assert _error(make_reader(Reply(body)), report).code == "S812"


def test_an_answer_cut_off_at_the_models_limit(make_reader: Any, report: Report) -> None:
    assert _error(make_reader(chat('{"events": [', finish="length")), report).code == "S813"


def test_a_body_shorter_than_it_says(make_reader: Any, report: Report, waits: list[float]) -> None:
    reply = chat(an_answer())
    reply.length = len(reply.body) + 10
    assert _error(make_reader(reply), report).code in {"S806", "S812"}


def test_a_huge_answer_is_not_read_to_its_end(make_reader: Any, report: Report) -> None:
    assert _error(make_reader(Reply(b" " * (LARGEST + 100_000))), report).code == "S811"


def test_an_answer_of_too_many_items_is_cut_short(make_reader: Any, report: Report) -> None:
    account = _read(make_reader(chat(an_answer(an_event(times=["on Sunday"] * 10_000)))), report)
    assert len(account.events) == 1
    assert "more than 4000 items" in _reasons(account)
    assert len(account.notes) < 250


# The endpoint's moods -----------------------------------------------------------------------------------------------


def test_a_failing_endpoint_is_asked_again(
    make_reader: Any, server: Server, report: Report, waits: list[float]
) -> None:
    account = _read(make_reader(Reply(b"oops", 500), Reply(b"", 503), chat(an_answer())), report)
    assert len(account.events) == 1
    assert waits == [1.0, 2.0]
    assert len(server.asked) == 3


def test_a_busy_endpoint_is_left_alone_as_long_as_it_asks(make_reader: Any, report: Report, waits: list[float]) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    busy = Reply(b"{}", 429, {"Retry-After": "7"})
    _read(make_reader(busy, Reply(b"{}", 429, {"Retry-After": later}), chat(an_answer())), report)
    assert waits[0] == 7.0
    assert 20 < waits[1] <= 30


def test_an_endpoint_that_asks_for_an_hour_is_given_up(make_reader: Any, report: Report, waits: list[float]) -> None:
    assert _error(make_reader(Reply(b"{}", 429, {"Retry-After": "3600"})), report).code == "S810"
    assert waits == []


@pytest.mark.parametrize("after", ["soon", "-1", "", "Mon, 99 Foo 2021"])
def test_a_retry_after_that_means_nothing_is_passed_over(
    after: str, make_reader: Any, report: Report, waits: list[float]
) -> None:
    _read(make_reader(Reply(b"{}", 429, {"Retry-After": after}), chat(an_answer())), report)
    assert waits == [1.0]


def test_an_endpoint_busy_to_the_end(make_reader: Any, server: Server, report: Report, waits: list[float]) -> None:
    assert _error(make_reader(Reply(b"{}", 502)), report).code == "S810"
    assert len(server.asked) == ATTEMPTS
    assert waits == [1.0, 2.0, 4.0]


def test_an_option_that_an_endpoint_refuses_is_left_out(make_reader: Any, server: Server, report: Report) -> None:
    reader = make_reader(Reply(b'{"error": {"message": "temperature is fixed"}}', 400), chat(an_answer()))
    _read(reader, report)
    _read(reader, report)
    assert ["temperature" in asked for asked in server.asked] == [True, False, False]


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key(status: int, make_reader: Any, server: Server, report: Report) -> None:
    error = _error(make_reader(Reply(b'{"error": {"message": "bad key sk-secret"}}', status), key="sk-secret"), report)
    assert error.code == "S807"
    assert "sk-secret" not in str(error)
    assert server.headers[0]["Authorization"] == "Bearer sk-secret"


def test_an_unknown_model_is_told_in_the_endpoints_words(make_reader: Any, report: Report) -> None:
    body = b'{"error": {"message": "model not found,\\n try sk-secret"}}'
    error = _error(make_reader(Reply(body, 404), key="sk-secret"), report)
    assert error.code == "S809"
    assert "model not found, try …" in str(error)


def test_no_redirect_is_followed(make_reader: Any, server: Server, report: Report) -> None:
    error = _error(make_reader(Reply(b"", 307, {"Location": "http://127.0.0.1:1/elsewhere"})), report)
    assert error.code == "S809"
    assert "no redirect is followed" in str(error)
    assert len(server.asked) == 1


def test_a_slow_endpoint(make_reader: Any, report: Report) -> None:
    reply = chat(an_answer())
    reply.pause = 1.0
    assert _error(make_reader(reply, timeout=0.1), report).code == "S808"


def test_an_endpoint_that_drips(make_reader: Any, report: Report) -> None:
    """Each piece comes in time, the whole does not."""
    reply = chat(an_answer())
    reply.pause, reply.pieces = 0.05, 200
    assert _error(make_reader(reply, timeout=0.3), report).code == "S808"


def test_an_endpoint_out_of_reach_costs_a_batch_no_waiting(
    make_reader: Any, server: Server, report: Report, waits: list[float]
) -> None:
    reader = make_reader(chat(an_answer()))
    server.stop()
    errors = list(reader.read([report] * 4))
    assert [error.code for error in errors if isinstance(error, SaysoError)] == ["S806"] * 4
    assert waits == [1.0, 2.0, 4.0]


def test_a_batch_goes_on_after_an_error(make_reader: Any, report: Report) -> None:
    found = list(make_reader(chat("no"), chat(an_answer()), Reply(b"", 404), chat(an_answer())).read([report] * 4))
    kinds = [item.code if isinstance(item, SaysoError) else "account" for item in found]
    assert kinds == ["S812", "account", "S809", "account"]


def test_reports_asked_for_at_once_come_in_their_order(make_reader: Any, server: Server) -> None:
    texts = [f"A blast number {number} hit Homs." for number in range(9)]
    reports = [report_from_text(text, published="2021-07-05") for text in texts]
    reply = chat({"events": [{"type": "bombing", "mentions": ["blast"], "evidence": "blast", "modality": "actual"}]})
    reply.pause = 0.02
    found = list(make_reader(reply, parallel=4).read(reports))
    assert [item.report.text for item in found if isinstance(item, Account)] == texts
    assert server.most_at_once > 1


def test_a_reader_that_is_left_early_asks_for_no_more_than_it_began(make_reader: Any, server: Server) -> None:
    reports = [report_from_text(f"A blast number {number} hit Homs.", published="2021-07-05") for number in range(50)]
    reading = make_reader(chat({"events": []}), parallel=3).read(reports)
    next(reading)
    reading.close()
    assert len(server.asked) <= 4


def test_plain_http_is_no_https(make_reader: Any, server: Server, report: Report, waits: list[float]) -> None:
    server.replies = [chat(an_answer())]
    endpoint = Endpoint(parse_url(server.url.replace("http:", "https:")), "m", None, 2.0)
    assert _error(EndpointReader(Chat(endpoint, sleep=waits.append)), report).code in {"S806", "S808"}
    assert ssl.create_default_context().verify_mode == ssl.CERT_REQUIRED


# Long and foreign reports -------------------------------------------------------------------------------------------


def test_a_long_report_is_read_in_parts(make_reader: Any, server: Server) -> None:
    first = "Rockets hit Homs on Friday, the army said." + " Nothing else was told." * 20
    second = "Jets struck Idlib on Saturday, it said." + " The rest is silence." * 20
    report = report_from_text(f"{first}\n\n{second}", published="2021-07-05")
    one = an_event(evidence="Rockets hit Homs", mentions=["Rockets hit"], times=[], claims=[])
    again = {"type": "airstrike", "evidence": "Jets struck Idlib", "mentions": ["Jets struck"], "modality": "actual"}
    account = _read(make_reader(chat({"events": [one]}), chat({"events": [one, again]}), window=600), report)
    assert [event.type for event in account.events] == ["shelling", "airstrike"]
    assert len(server.asked) == 2
    assert "What stands before" in server.asked[1]["messages"][1]["content"]
    assert "S842" in {note.code for note in account.notes}
    assert "it is told in an earlier part of the report" in _reasons(account)


def test_a_report_in_another_language_is_not_sent(make_reader: Any, server: Server) -> None:
    text = "Les avions ont frappé la ville dimanche, selon le ministère de la défense, qui a publié un communiqué."
    report = report_from_text(text, published="2021-07-05")
    assert _error(make_reader(chat(an_answer())), report).code == "S302"
    assert server.asked == []


@pytest.mark.parametrize("text", ["Attack", "🚀🔥💥", "ROCKETS HIT HOMS", "x" * 30_000, "a\u0301 " * 2000])
def test_odd_texts_are_read_or_refused_in_one_line(text: str, make_reader: Any) -> None:
    report = report_from_text(text, published="2021-07-05")
    event = {"type": "shelling", "evidence": text[:50], "mentions": [text[:6], text], "modality": "actual"}
    found = next(make_reader(chat({"events": [event]})).read([report]))
    if isinstance(found, Account):
        assert fault_of(found, report) is None


# Settings -----------------------------------------------------------------------------------------------------------


def _open(behind: str = "m", **environ: str) -> EndpointReader:
    names = {"url": "SAYSO_ENDPOINT_URL", "key": "SAYSO_ENDPOINT_KEY", "model": "SAYSO_ENDPOINT_MODEL"}
    names |= {"timeout": "SAYSO_ENDPOINT_TIMEOUT", "window": "SAYSO_ENDPOINT_WINDOW"}
    given = {"url": "http://127.0.0.1:1/v1"} | environ
    return open_endpoint(behind, environ={names[name]: value for name, value in given.items() if value})


@pytest.mark.parametrize(
    ("model", "environ", "code"),
    [
        ("m", {"url": ""}, "S803"),
        ("", {}, "S804"),
        (" ", {"model": " "}, "S804"),
        ("m", {"url": "ftp://127.0.0.1/"}, "S805"),
        ("m", {"url": "127.0.0.1:8080/v1"}, "S805"),
        ("m", {"url": "http://"}, "S805"),
        ("m", {"url": "http://host:99999/"}, "S805"),
        ("m", {"url": "http://user:secret@host/v1"}, "S805"),
        ("m", {"url": "http://host/v1\r\nX: y"}, "S805"),
        ("m", {"url": "http://host/ü"}, "S805"),
        ("m", {"timeout": "soon"}, "S818"),
        ("m", {"timeout": "nan"}, "S818"),
        ("m", {"timeout": "-1"}, "S818"),
        ("m", {"window": "1"}, "S818"),
        ("m", {"key": "sk-secret\nX-Other: 1"}, "S819"),
    ],
)
def test_wrong_settings_are_coded_errors(model: str, environ: dict[str, str], code: str) -> None:
    with pytest.raises(SaysoError) as caught:
        _open(model, **environ)
    assert caught.value.code == code
    assert "secret" not in str(caught.value)


def test_settings_come_from_the_environment() -> None:
    reader = _open("", model="llama", key=" sk-1 ", timeout="3")
    assert reader.name == "openai:llama"
    assert "sk-1" not in repr(reader._chat.endpoint)
    assert reader._chat.endpoint.key == "sk-1"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://h/v1", "/v1/chat/completions"),
        ("http://h/v1/", "/v1/chat/completions"),
        ("http://h", "/chat/completions"),
        ("http://h/v1/chat/completions", "/v1/chat/completions"),
    ],
)
def test_the_path_of_an_address_is_completed(url: str, path: str) -> None:
    assert parse_url(url).path == path


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
    ],
)
def test_only_loopback_is_this_machine(host: str, here: bool) -> None:
    assert is_loopback(host) is here


def test_a_reader_says_where_it_sends_texts() -> None:
    assert _open().sends_to is None
    assert _open(url="https://h.example/v1?key=secret").sends_to == "https://h.example/v1/chat/completions"


def test_the_key_is_neither_logged_nor_in_the_account(
    make_reader: Any, report: Report, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    account = _read(make_reader(chat(an_answer()), key="sk-secret"), report)
    assert "sk-secret" not in account.to_json()
    assert "sk-secret" not in caplog.text


def test_doctor_tells_what_is_set_without_the_key() -> None:
    assert "off" in describe({})
    environ = {"SAYSO_ENDPOINT_URL": "http://127.0.0.1/v1?k=secret", "SAYSO_ENDPOINT_KEY": "secret"}
    assert describe(environ).endswith("with a key")
    assert "secret" not in describe(environ)
    assert "S805" in describe({"SAYSO_ENDPOINT_URL": "nonsense"})
