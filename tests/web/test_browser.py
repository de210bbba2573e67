"""The pages in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from tests.incidents.made import Made

from sayso.ledger.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--use-angle=swiftshader",  # WebGL without a graphics card
    "--enable-unsafe-swiftshader",
)
PATIENCE = 60_000
"""Milliseconds: the machine may be busy with other tests."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address(ledger: Path) -> Iterator[str]:
    """A server of the small ledger, on a free port."""
    yield from served(ledger)


def served(ledger: Path) -> Iterator[str]:
    """The address of a server of a ledger while it is asked for."""
    import uvicorn

    from sayso.web.app import create_app

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(str(ledger)), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    pytest.importorskip("playwright", reason="needs Playwright: make setup")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which every error of a script and every breach of the policy fails the test."""
    found = browser.new_page(viewport={"width": 1440, "height": 900})
    found.set_default_timeout(PATIENCE)
    troubles: list[str] = []
    found.on("pageerror", lambda error: troubles.append(str(error)))
    found.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    # What is still on its way when the reader goes on to another page is aborted, and that is no trouble.
    found.on(
        "requestfailed",
        lambda request: None if request.failure == "net::ERR_ABORTED" else troubles.append(f"failed: {request.url}"),
    )
    found.on("request", lambda request: troubles.append(request.url) if "127.0.0.1" not in request.url else None)
    found.on("dialog", lambda dialog: troubles.append("a script of a report ran"))
    yield found
    found.close()
    assert [trouble for trouble in troubles if "GPU stall" not in trouble and not trouble.startswith("data:")] == []


def test_every_page_opens_without_trouble(page: Page, address: str, pages: list[str]) -> None:
    for path in pages:
        answer = page.goto(address + path, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, path
        assert page.locator("h1").count() == 1, path


def test_from_the_map_to_the_incident_to_the_words(page: Page, address: str, incident_id: str) -> None:
    page.goto(address)
    page.locator("[data-map].live").wait_for()
    assert page.locator(".mapmark").count() == 1  # the other incident is known to a country only
    page.locator(".mapmark").click()
    page.wait_for_url(f"**/incidents/{incident_id}")
    page.locator(".matrix a.saying", has_text="denies").click()
    page.locator("mark", has_text="there was any attack").wait_for()
    assert "claim=" in page.url
    assert page.locator(".matrix [aria-current]").inner_text().startswith("✕ denies")
    frame, hit = page.locator("[data-scroll]").bounding_box(), page.locator("mark").first.bounding_box()
    assert frame is not None
    assert hit is not None
    assert frame["y"] <= hit["y"] <= frame["y"] + frame["height"]
    page.reload()  # the address alone leads to the same words
    assert page.locator("mark").inner_text() == "there was any attack"


def test_the_filter_changes_the_address_and_the_list_without_a_reload(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("window.kept = true")
    page.locator("select[name=status]").select_option("contested")
    page.wait_for_url("**/?status=contested")
    page.locator("h1", has_text="1 incident").wait_for()
    page.locator(".chips a").first.click()
    page.locator("h1", has_text="2 incidents").wait_for()
    page.go_back()
    page.locator("h1", has_text="1 incident").wait_for()
    assert page.evaluate("window.kept") is True


def test_the_bars_can_be_brushed(page: Page, address: str) -> None:
    page.goto(address)
    box = page.locator("[data-brush]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 20, steps=4)
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 20, steps=4)
    page.mouse.up()
    page.wait_for_url("**from=*")


def test_the_arrow_keys_move_in_the_matrix(page: Page, address: str, incident_id: str) -> None:
    page.goto(f"{address}/incidents/{incident_id}")
    page.locator(".matrix a.saying").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**claim=*")


def test_reading_needs_no_scripts(browser: Browser, address: str, incident_id: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator(".svgmap .mark").count() == 1
    page.locator(".svgmap .mark").click()
    assert page.url.endswith(incident_id)
    page.locator(".matrix a.saying", has_text="denies").click()
    assert page.locator("mark").inner_text() == "there was any attack"
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_its_window(browser: Browser, address: str, pages: list[str], width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    for path in pages:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()


def test_on_a_phone_the_speakers_are_an_accordion(browser: Browser, address: str, incident_id: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}/incidents/{incident_id}")
    assert not page.locator(".matrix").is_visible()
    page.locator(".accordion summary", has_text="Army of Testland").click()
    assert page.locator(".accordion q", has_text="there was any attack").is_visible()
    page.close()


def test_text_can_be_told_from_its_ground(browser: Browser, address: str, incident_id: str) -> None:
    """Contrast of at least 4.5 (WCAG AA) of the tokens that text is set in, light and dark."""
    ratio = """([a, b]) => {
      const light = (hex) => [1, 3, 5].map((n) => parseInt(hex.slice(n, n + 2), 16) / 255)
        .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
      const style = getComputedStyle(document.documentElement);
      const [x, y] = [a, b].map((name) => light(style.getPropertyValue(name).trim()));
      return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
    }"""
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{address}/incidents/{incident_id}")
        for text in ("--ink", "--muted", "--asserts", "--denies", "--uncertain"):
            for ground in ("--paper", "--sheet", "--wash"):
                assert page.evaluate(ratio, [text, ground]) >= 4.5, (scheme, text, ground)
        context.close()


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of a ledger in which two sides strike and answer."""
    path = tmp_path_factory.mktemp("war") / "war.db"
    with Store.open(path) as store:
        made = Made(store)
        for number in range(8):
            by, on = ("blue-front", "red-guard") if number % 2 else ("red-guard", "blue-front")
            made.incident(f"A{number}", f"2020-{1 + number:02d}-03", [by], [on], said_by=("monitor",))
        made.incident("B", "2020-08-05", ["red-guard"], ["blue-front"], denied_by=("red-guard",))
        for number in range(1, 8):
            made.link(f"A{number}", f"A{number - 1}", speaker="monitor")
        for day in (11, 12, 13):
            made.incident(f"C{day}", f"2020-08-{day}", ["red-guard"], ["blue-front"])
        made.done()
    yield from served(path)


WAR = ("/dyads", "/dyads?sort=links", "/dyads/blue-front/red-guard", "/campaigns", "/campaigns/C11", "/incidents/A3")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_nothing_keeps_a_page_from_keyboards_and_screen_readers(
    browser: Browser, address: str, pages: list[str], war: str, scheme: Literal["light", "dark"], width: int
) -> None:
    audit = Path(__file__).with_name("audit.js").read_text(encoding="utf-8")
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    for url in [*(address + path for path in pages), *(war + path for path in WAR)]:
        page.goto(url)
        assert page.evaluate(audit) == [], url
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
    context.close()


def test_an_arrow_shows_its_words_by_keyboard_and_by_pointer(page: Page, war: str) -> None:
    page.goto(f"{war}/dyads/blue-front/red-guard")
    page.locator("[data-link='7']").focus()
    assert page.locator("[data-words]").inner_text().startswith("7 ")
    page.locator("[data-link='2'] text").hover()
    assert page.locator("[data-words]").inner_text().startswith("2 ")
    page.locator(".mirror a").first.click()
    page.wait_for_url("**from=2020-01-01*")
    assert page.locator(".strikes > li").count() == 1


def test_a_bar_of_the_analysis_leads_to_its_incidents(page: Page, war: str) -> None:
    page.goto(f"{war}/analysis?by=month")
    page.locator(".plot a").first.click()
    page.wait_for_url("**from=2020-01-01*")
    assert page.locator(".rows > li").count() == 1
