from __future__ import annotations

import random

import pytest

from sayso.errors import SaysoError
from sayso.sources.decode import decode, refuse_binary


def test_utf_8_needs_no_note() -> None:
    assert decode("Çalıboğazı “x”".encode(), "a") == ("Çalıboğazı “x”", ())


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_declares_the_charset(charset: str) -> None:
    assert decode("Two “rockets”".encode(charset), "a") == ("Two “rockets”", ())


def test_a_declared_charset_is_believed() -> None:
    assert decode("قتل عشرة".encode("cp1256"), "a", "windows-1256") == ("قتل عشرة", ())


def test_windows_punctuation_is_told_and_noted() -> None:
    text, notes = decode("He said: “There is no truth to the reports – none.” It’s over.".encode("cp1252"), "a")
    assert text.startswith("He said: “There")
    assert [(note.code, "cp1252" in note.text) for note in notes] == [("S141", True)]


def test_long_text_in_another_charset_is_told_by_its_letters() -> None:
    words = "По меньшей мере десять человек погибли в субботу в результате нападения вооруженных людей на деревню. " * 5
    text, notes = decode(words.encode("cp1251"), "a")
    assert text == words
    assert notes[0].code == "S141"


def test_a_charset_that_cannot_be_told_is_refused() -> None:
    noise = bytes(random.Random(1).randrange(128, 256) for _ in range(400))
    with pytest.raises(SaysoError, match="S102 a "):
        decode(noise, "a")


@pytest.mark.parametrize("data", [b"\x00\x01\x02text" * 50, "Two rockets".encode("utf-16-le"), b"\x1b[31m\x00" * 20])
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(SaysoError, match="S102"):
        decode(data, "a")


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04....word/document.xml", "a Word document"),
        (b"PK\x03\x04....", "a zip archive"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\x89PNG\r\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Microsoft Office document"),
        (b"{\\rtf1", "an RTF document"),
        (b"\x00\x00\x00\x18ftypmp42", "a video"),
        (b"WARC/1.0\r\n", "a web archive"),
        (b'<?xml version="1.0"?>\n<rss version="2.0">', "a news feed"),
    ],
)
def test_what_is_no_text_is_named(head: bytes, what: str) -> None:
    with pytest.raises(SaysoError, match=f"S111 a.txt is {what}"):
        refuse_binary(head, "a.txt")


@pytest.mark.parametrize("head", [b"", b"PKK fighters", b"BZ hospital", b"<?xml version='1.0'?><html>", b"date 2021"])
def test_text_passes(head: bytes) -> None:
    refuse_binary(head, "a.txt")
