"""Writes docs/images/*.png: the pages of a demo ledger, as a reader sees them. `make screenshots`, or run it by hand.

It reads the bundled reports into a ledger in a temporary folder, serves it on a free port and drives Debian's Chromium.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Literal

IMAGES = Path(__file__).parent.parent / "docs" / "images"
LARGEST = 300_000
"""Bytes: a larger picture is one that nobody waits for."""
FLAGS = ["--no-sandbox", "--no-first-run", "--disable-background-networking", "--use-angle=swiftshader"]
FLAGS.append("--enable-unsafe-swiftshader")
DESKTOP, PHONE = (1440, 900), (390, 844)


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("the screenshots need Chromium: apt-get install chromium")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "demo.sqlite"
        read_demo(ledger)
        address, stop = serve(ledger)
        try:
            take(chromium, address)
        finally:
            stop()


def read_demo(ledger: Path) -> None:
    from sayso import intake
    from sayso.examples import report_paths
    from sayso.ledger.store import Store

    with Store.open(ledger) as store:
        for _ in intake.add(store, [str(path) for path in report_paths()]):
            pass


def serve(ledger: Path) -> tuple[str, Any]:
    """The address of a server in the background, and what stops it."""
    import uvicorn

    from sayso.web.app import create_app

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(str(ledger)), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)

    def stop() -> None:
        server.should_exit = True
        thread.join(10)

    return f"http://127.0.0.1:{listener.getsockname()[1]}", stop


def take(chromium: str, address: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        asked = browser.new_context().request
        rows = asked.get(f"{address}/incidents.json?status=contested&sort=speakers").json()["incidents"]
        incident = f"/incidents/{rows[0]['id']}"
        claims = asked.get(f"{address}{incident}.json").json()["claims"]
        report = f"/reports/{claims[0]['report_id']}"
        denial = next(claim["id"] for claim in claims if claim["stance"] == "denies")
        shots: tuple[tuple[str, str, tuple[int, int], Literal["light", "dark"]], ...] = (
            ("incidents", "/", DESKTOP, "light"),
            ("incident", f"{incident}?claim={denial}", DESKTOP, "light"),
            ("incident-dark", f"{incident}?claim={denial}", DESKTOP, "dark"),
            ("report", report, DESKTOP, "light"),
            ("speakers", "/speakers", DESKTOP, "light"),
            ("analysis", "/analysis?by=year&and=type", DESKTOP, "light"),
            ("incidents-phone", "/", PHONE, "light"),
            ("incident-phone", incident, PHONE, "light"),
        )
        for name, path, size, scheme in shots:
            width, height = size
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = context.new_page()
            page.goto(address + path, wait_until="networkidle")
            if size == DESKTOP and page.locator("[data-map]").count():
                # A map is drawn once it is in sight.
                page.locator("[data-map]").scroll_into_view_if_needed()
                page.locator("[data-map].live").wait_for()
                page.evaluate("scrollTo(0, 0)")
                page.wait_for_timeout(600)
            file = IMAGES / f"{name}.png"
            page.screenshot(path=file)
            context.close()
            print(f"{file.name}: {file.stat().st_size // 1000} kB")
            if file.stat().st_size > LARGEST:
                raise SystemExit(f"{file.name} is larger than {LARGEST // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
