from __future__ import annotations

import gzip
import io
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.model import Report
from sayso.sources import Unread, read_sources

TODAY = date(2022, 1, 1)
PAGE = (
    "<!doctype html><html><head><meta property='article:published_time' content='2021-07-05'></head><body><article>"
    "<p>Two rockets were fired at a base in eastern Syria on Sunday, a war monitor said.</p></article></body></html>"
)


def read(*paths: Path | str, **options: str) -> list[Report | Unread]:
    return list(read_sources([str(path) for path in paths], today=TODAY, **options))  # type: ignore[arg-type]


def codes(found: list[Report | Unread]) -> list[str]:
    return [item.code if isinstance(item, Unread) else "read" for item in found]


def test_every_format_in_one_directory(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" date 2021-07-05 Two died.")
    (tmp_path / "b.html").write_text(PAGE)
    (tmp_path / "c.jsonl").write_text('{"text": "Two died.", "date": "2021-07-05"}\n')
    (tmp_path / "d.csv").write_text("text,date\nTwo died.,2021-07-05\n")
    (tmp_path / "e.tsv").write_text("text\tdate\nTwo died.\t2021-07-05\n")
    (tmp_path / "f.json").write_text('[{"text": "Two died.", "date": "2021-07-05"}]')
    found = read(tmp_path)
    assert codes(found) == ["read"] * 6
    assert [item.published_from for item in found if isinstance(item, Report)] == ["header", "html"] + ["column"] * 4
    assert all(item.bytes_sha256 for item in found[:3] if isinstance(item, Report))


def test_a_page_saved_as_text_is_read_as_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE)
    (report,) = read(tmp_path)
    assert isinstance(report, Report)
    assert report.published_from == "html"


def test_bad_input_is_said_and_the_batch_goes_on(tmp_path: Path) -> None:
    bad = {
        "a-empty.txt": (b"", "S101"),
        "b-blank.txt": (b" \n\t\n", "S101"),
        "c-utf8.txt": (bytes(range(128, 256)) * 9, "S102"),
        "d-undated.txt": (b"Two died.", "S103"),
        "e-year.txt": (b" date 0000-01-01 Two died.", "S104"),
        "f-year.txt": (b" date 99999-01-01 Two died.", "S104"),
        "g-future.txt": (b" date 2031-01-01 Two died.", "S105"),
        "h-pdf.txt": (b"%PDF-1.7\n...", "S111"),
        "i-gzip.jsonl": (gzip.compress(b"{}"), "S111"),
        "j-login.html": (b"<html><body><form></form></body></html>", "S113"),
        "k.csv": (b"a,b\n1,2\n", "S115"),
        "l.jsonl": (b"{\n", "S114"),
        "m-deep.json": (b"[" * 100_000, "S114"),
        "z-good.txt": (b" date 2021-07-05 Two died.", "read"),
    }
    for name, (data, _) in bad.items():
        (tmp_path / name).write_bytes(data)
    found = read(tmp_path)
    assert codes(found) == [code for _, code in bad.values()]
    for item in found[:-1]:
        assert isinstance(item, Unread)
        assert item.message.startswith(f"{item.code} ")
        assert "\n" not in item.message
        assert str(tmp_path) in item.message


def test_fifty_megabytes_of_one_line_are_not_read_into_memory(tmp_path: Path) -> None:
    for name in ("a.txt", "b.html", "c.jsonl", "d.json"):
        with (tmp_path / name).open("wb") as stream:
            stream.write(b"x")
            stream.truncate(50_000_000)
            stream.seek(49_999_999)
            stream.write(b"x")
    assert codes(read(tmp_path)) == ["S107"] * 4


def test_what_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert codes(read(tmp_path)) == ["S109"] * 3
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked" / "a.txt").write_text(" date 2021-07-05 Two died.")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (unread,) = read(tmp_path / "locked")
    assert isinstance(unread, Unread)
    assert unread.code == "S109"
    assert "Permission denied" in unread.message


def test_a_file_name_that_is_no_text_is_shown_escaped(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"a\xff.txt")).write_text("")
    (unread,) = read(tmp_path)
    assert isinstance(unread, Unread)
    assert unread.source.endswith("a\\udcff.txt")
    assert unread.message.encode()


def test_reports_come_one_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" date 2021-07-05 Two died.")
    (tmp_path / "b.txt").write_text(" date 2021-07-05 Three died.")
    found = read_sources([str(tmp_path)], today=TODAY)
    assert isinstance(next(found), Report)
    (tmp_path / "b.txt").write_text("")
    assert isinstance(next(found), Unread)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b" date 2021-07-05 Two died."))
    monkeypatch.setattr(sys, "stdin", stream)
    assert codes(read("-")) == ["read"]


@pytest.mark.parametrize(
    ("options", "code"),
    [({"published": "soon"}, "S104"), ({"published": "2031-01-01"}, "S105"), ({"columns": {"author": "by"}}, "S118")],
)
def test_wrong_options_are_refused_before_anything_is_read(options: dict[str, str], code: str) -> None:
    with pytest.raises(SaysoError, match=code):
        read_sources([], today=TODAY, **options)  # type: ignore[arg-type]


def test_a_given_date_holds_for_all(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Two died.")
    (tmp_path / "b.csv").write_text("text\nThree died.\n")
    found = read(tmp_path, published="5 July 2021")
    assert [item.published for item in found if isinstance(item, Report)] == ["2021-07-05"] * 2
