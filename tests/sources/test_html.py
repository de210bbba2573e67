from __future__ import annotations

from datetime import date

import pytest

from sayso.errors import SaysoError
from sayso.sources.html import looks_like_html, read_html

TODAY = date(2022, 1, 1)
HEAD = """<title>Rockets hit base - The Daily</title><meta property="og:title" content="Rockets hit base">
<meta property="og:site_name" content="The Daily"><link rel="canonical" href="https://example.org/a">"""
DATE = '<meta property="article:published_time" content="2021-07-05T10:00:00Z">'
BODY = """<nav>Home About us</nav><article><h1>Rockets hit base</h1>
<p>BEIRUT (AP) — Two rockets were fired at a base in eastern Syria on Sunday, a monitor said.</p>
<p>The US military <b>denied</b> there was any attack. “There is no truth to the reports,” a spokesman said.</p>
</article><footer>Copyright 2019 The Daily</footer>"""


def page(head: str = HEAD + DATE, body: str = BODY) -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def test_the_article_and_what_the_page_says_of_it() -> None:
    report = read_html(page(), "a.html", today=TODAY)
    assert report.text == (
        "BEIRUT (AP) — Two rockets were fired at a base in eastern Syria on Sunday, a monitor said.\n\n"
        "The US military denied there was any attack. “There is no truth to the reports,” a spokesman said."
    )
    assert (report.title, report.publisher, report.url) == ("Rockets hit base", "The Daily", "https://example.org/a")
    assert (report.published, report.published_from) == ("2021-07-05", "html")
    assert report.dateline is not None
    assert report.dateline.agencies == ("AP",)


def test_a_page_without_a_date_is_refused_and_a_given_date_mends_it() -> None:
    with pytest.raises(SaysoError, match="S103"):
        read_html(page(HEAD), "a.html", today=TODAY)
    assert read_html(page(HEAD), "a.html", published="2021-07-05", today=TODAY).published == "2021-07-05"


def test_a_page_of_the_future_is_refused() -> None:
    with pytest.raises(SaysoError, match="S105"):
        read_html(page(HEAD + DATE.replace("2021", "2099")), "a.html", today=TODAY)


@pytest.mark.parametrize("body", ["", "<form><input name=password></form>", "<p>404</p>", "<script>x()</script>"])
def test_a_page_without_an_article_is_refused(body: str) -> None:
    with pytest.raises(SaysoError, match=r"S113 a\.html"):
        read_html(page(body=body), "a.html", today=TODAY)


def test_no_markup_survives_a_hostile_page() -> None:
    hostile = BODY.replace(
        "<p>The US",
        "<script>alert(1)</script><svg onload=alert(2)><style>p{x:url(javascript:3)}</style>"
        "<iframe src='data:text/html,4'></iframe><img src=x onerror=alert(5)><noscript><b>6</b></noscript></svg>"
        "<p>The US",
    )
    text = read_html(page(body=hostile), "a.html", today=TODAY).text
    assert "any attack" in text
    assert not any(word in text for word in ("alert", "script", "onerror", "<", "url("))


def test_a_page_of_endless_depth_is_refused_or_read_but_never_breaks() -> None:
    deep = page(body="<div>" * 40_000 + "<p>" + "Deep text. " * 30)
    with pytest.raises(SaysoError, match="S113"):
        read_html(deep, "a.html", today=TODAY)


def test_a_page_of_endless_tags_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(SaysoError, match=r"S107 a\.html is larger than 50,000 tags"):
        read_html(page(body="<p>a</p>" * 500_000), "a.html", today=TODAY)


def test_the_declared_charset_is_used() -> None:
    data = page('<meta charset="windows-1252">' + HEAD + DATE).decode().encode("cp1252")
    report = read_html(data, "a.html", today=TODAY)
    assert "“There is no truth" in report.text
    assert report.notes == ()


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"<!DOCTYPE html>", True),
        (b"\xef\xbb\xbf\n <html lang=en>", True),
        (b"<!-- x --><!doctype HTML>", True),
        (b"A <html> tag", False),
        (b"<?xml?><rss>", False),
    ],
)
def test_pages_are_told_by_their_beginning(head: bytes, expected: bool) -> None:
    assert looks_like_html(head) is expected
