"""Writes docs/images/*.png: the pages of a demo ledger, as a reader sees them. `make screenshots`, or run it by hand.

It reads the bundled reports into a ledger in a temporary folder, serves it on a free port and drives Debian's Chromium.
Chains and dyads are those of made-up reports (made_up.py). `screenshots.py dyad chain` takes these pictures alone.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, NamedTuple

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
    wanted = set(sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        for name, fill, find in (("demo", read_demo, demo_shots), ("made-up", put_made_up, made_up_shots)):
            if wanted and not wanted & NAMES[name]:
                continue
            ledger = Path(folder) / f"{name}.sqlite"
            fill(ledger)
            address, stop = serve(ledger)
            try:
                take(chromium, address, find, wanted)
            finally:
                stop()


class Shot(NamedTuple):
    """A picture: its name, the address of the page, and, of a part of it, which."""

    name: str
    path: str
    size: tuple[int, int] = DESKTOP
    scheme: Literal["light", "dark"] = "light"
    part: str | None = None


def read_demo(ledger: Path) -> None:
    from sayso import intake
    from sayso.examples import report_paths
    from sayso.ledger.store import Store

    with Store.open(ledger) as store:
        for _ in intake.add(store, [str(path) for path in report_paths()]):
            pass


def put_made_up(ledger: Path) -> None:
    from made_up import accounts

    from sayso.incidents import update
    from sayso.ledger.store import Store
    from sayso.ledger.write import put_account

    with Store.open(ledger) as store:
        for account in accounts():
            with store.write() as connection:
                put_account(connection, account, "made up")
                update(connection, [account.report.id])


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


def demo_shots(asked: Any) -> list[Shot]:
    """The pictures of the demo ledger; ``asked`` gets JSON of its pages."""
    rows = asked("/incidents.json?status=contested&sort=speakers")["incidents"]
    incident = f"/incidents/{rows[0]['id']}"
    claims = asked(f"{incident}.json")["claims"]
    denial = next(claim["id"] for claim in claims if claim["stance"] == "denies")
    return [
        Shot("incidents", "/"),
        Shot("incident", f"{incident}?claim={denial}"),
        Shot("incident-dark", f"{incident}?claim={denial}", scheme="dark"),
        Shot("report", f"/reports/{claims[0]['report_id']}"),
        Shot("speakers", "/speakers"),
        Shot("analysis", "/analysis?by=year&and=type"),
        Shot("incidents-phone", "/", PHONE),
        Shot("incident-phone", incident, PHONE),
    ]


def made_up_shots(asked: Any) -> list[Shot]:
    """The pictures of the made-up ledger: its dyad, and the chain that most links are part of."""
    (dyad,) = asked("/dyads.json")["dyads"]
    address = f"/dyads/{dyad['a']['key']}/{dyad['b']['key']}"
    exchange = max(asked(f"{address}.json")["said"], key=lambda one: one["size"])
    middle = exchange["members"][exchange["size"] // 2]["strike"]["incident_id"]
    return [
        Shot("dyad", address, (1200, 900)),
        Shot("chain", f"/incidents/{middle}", part="section.chain"),
    ]


def around(box: Any, pad: int = 16) -> Any:
    """A part of the page with some room about it."""
    return {
        "x": box["x"] - pad,
        "y": box["y"] - pad,
        "width": box["width"] + 2 * pad,
        "height": box["height"] + 2 * pad,
    }


NAMES = {
    "demo": {"incidents", "incident", "incident-dark", "report", "speakers", "analysis"}
    | {"incidents-phone", "incident-phone"},
    "made-up": {"dyad", "chain"},
}
"""The pictures of each ledger."""


def take(chromium: str, address: str, find: Callable[[Any], list[Shot]], wanted: set[str]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        request = browser.new_context().request
        for shot in find(lambda path: request.get(address + path).json()):
            if wanted and shot.name not in wanted:
                continue
            width, height = shot.size
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=shot.scheme)
            page = context.new_page()
            page.goto(address + shot.path, wait_until="networkidle")
            if shot.size == DESKTOP and not shot.part and page.locator("[data-map]").count():
                # A map is drawn once it is in sight.
                page.locator("[data-map]").scroll_into_view_if_needed()
                page.locator("[data-map].live").wait_for()
                page.evaluate("scrollTo(0, 0)")
                page.wait_for_timeout(600)
            file = IMAGES / f"{shot.name}.png"
            if shot.part:
                page.screenshot(path=file, full_page=True, clip=around(page.locator(shot.part).bounding_box()))
            else:
                page.screenshot(path=file)
            context.close()
            print(f"{file.name}: {file.stat().st_size // 1000} kB")
            if file.stat().st_size > LARGEST:
                raise SystemExit(f"{file.name} is larger than {LARGEST // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
