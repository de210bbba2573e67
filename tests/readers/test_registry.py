from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

import sayso
from sayso.errors import ERRORS, SaysoError
from sayso.model import Account
from sayso.readers import Reader, listing, open_reader, sends_to, signature
from sayso.reading.account import READER
from sayso.sources import report_from_text

MODULE = '''
from sayso.model import Account, Claim, Event, Span


class Tiny:
    """Reads "blast", and nothing else."""

    name = "tiny"
    version = "0.3"

    def __init__(self, model=""):
        self.version = f"0.3{model}"

    def read(self, reports):
        for report in reports:
            at = report.text.find("blast")
            span = Span(at, at + 5, "blast")
            event = Event(id="e1", type="bombing", mentions=(span,))
            claim = Claim(id="c1", event="e1", slot="occurrence", value=None, stance="asserts", evidence=span)
            yield Account(report=report, events=(event,), claims=(claim,))


def boom():
    raise RuntimeError("no weights")


def nothing():
    return object()
'''


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A real installed distribution, as pip leaves it, with readers of its own."""
    (tmp_path / "tiny_reader_of_tests.py").write_text(MODULE)
    info = tmp_path / "tiny_reader-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny-reader\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text(
        dedent("""
        [sayso.readers]
        tiny = tiny_reader_of_tests:Tiny
        boom = tiny_reader_of_tests:boom
        nothing = tiny_reader_of_tests:nothing
        gone = tiny_reader_of_tests_missing:Reader
        sayso = tiny_reader_of_tests:Tiny
        openai = tiny_reader_of_tests:Tiny
        """)
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "tiny_reader_of_tests", raising=False)
    return "tiny"


def test_the_default_is_the_built_in_reader() -> None:
    reader = open_reader()
    assert (reader.name, signature(reader)) == ("sayso", READER)
    assert sends_to(reader) is None


def test_the_built_in_reader_reads_as_ever() -> None:
    text = "Two rockets hit a base near Homs on Sunday, a monitor said."
    assert sayso.read(text, published="2021-07-05", reader="sayso") == sayso.read(text, published="2021-07-05")


def test_a_package_brings_a_reader(package: str) -> None:
    reader = open_reader(package)
    assert isinstance(reader, Reader)
    account = sayso.read("A blast hit the port.", published="2021-07-05", reader=reader)
    assert account.reader == "tiny 0.3"
    assert [event.mentions[0].text for event in account.events] == ["blast"]


def test_what_stands_behind_the_colon_is_the_readers(package: str) -> None:
    assert signature(open_reader(f"{package}:-large")) == "tiny 0.3-large"


def test_a_reader_whose_words_are_not_the_reports_is_refused(package: str) -> None:
    with pytest.raises(SaysoError, match=r"^S815 .*tiny.* does not stand at -1"):
        sayso.read("Nothing happened.", published="2021-07-05", reader=package)


def test_a_package_takes_no_name_of_sayso_s_own(package: str) -> None:
    assert signature(open_reader("sayso")) == READER
    with pytest.raises(SaysoError, match=r"^S80[34] "):
        open_reader("openai")


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("other", {}, "S801"),
        ("", {}, "S801"),
        ("boom", {}, "S802"),
        ("gone", {}, "S802"),
        ("nothing", {}, "S802"),
        ("boom:x", {}, "S802"),
        ("sayso:x", {}, "S817"),
        ("sayso", {"endpoint": "http://127.0.0.1/v1"}, "S817"),
        ("tiny", {"endpoint": "http://127.0.0.1/v1"}, "S817"),
    ],
)
def test_a_reader_that_cannot_be_had_is_a_coded_error(
    name: str, options: dict[str, Any], code: str, package: str
) -> None:
    with pytest.raises(SaysoError) as caught:
        open_reader(name, **options)
    assert caught.value.code == code
    assert "\n" not in str(caught.value)


def test_the_error_names_the_readers_that_there_are(package: str) -> None:
    with pytest.raises(SaysoError, match=r"boom, gone, nothing, openai, sayso, tiny"):
        open_reader("other")


def test_the_list_tells_where_each_comes_from_and_what_is_broken(package: str) -> None:
    listed = {reader.name: reader for reader in listing()}
    assert list(listed)[:2] == ["sayso", "openai"]
    assert READER in listed["sayso"].source
    assert listed["tiny"].source == "package tiny-reader 1.2"
    assert listed["tiny"].todo is None
    assert "S802" in (listed["gone"].todo or "")


def test_every_code_of_readers_is_in_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "readers.md").read_text(encoding="utf-8")
    comparing = "S830", "S839"
    codes = [code for code in ERRORS if "S801" <= code <= "S899" and not comparing[0] <= code <= comparing[1]]
    assert [code for code in codes if code not in page] == []


def test_the_reading_knows_nothing_of_readers() -> None:
    code = "import sys, sayso.reading.account; print([m for m in sys.modules if m.startswith('sayso.readers')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_reader_can_be_given_as_it_is() -> None:
    class Silent:
        name, version = "silent", "1"

        def read(self, reports: Any) -> Any:
            return (Account(report=report) for report in reports)

    report = report_from_text("A blast.", published="2021-07-05")
    assert sayso.read("A blast.", published="2021-07-05", reader=Silent()).report == report
