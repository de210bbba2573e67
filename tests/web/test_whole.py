"""Every page over a small war whose words are hostile and one of whose people is private: escaped, withheld, whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from litestar.testing import TestClient
from tests.comparing.conftest import ACLED, table
from tests.web.conftest import HOST, HOSTILE, TEXT, account, span
from tests.web.test_security import Elements, Isolated

from sayso import incidents
from sayso.comparing.compare import compare
from sayso.comparing.keep import keep
from sayso.incidents.deciding import say_apart
from sayso.incidents.estimate import About, Estimate, Run
from sayso.incidents.estimate import keep as keep_estimates
from sayso.incidents.truth import Parameters
from sayso.ledger.records import WHAT
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account, Actor, Claim, Interval, Link
from sayso.web.app import create_app
from sayso.web.security import GuardedLitestar

Client = TestClient[GuardedLitestar]
SECRET = "Darwish"
"""In the name of the private person, who speaks, acts, suffers, links and changes the account."""

ABOUT = About(
    model="m", parameters=Parameters(), incidents=40, disputed=7, speakers=9, labels=99, refused={}, filters=HOSTILE
)


def _estimate(incident: str) -> Estimate:
    return Estimate(incident_id=incident, asserts=2, denies=1, probability=0.87, low=0.41, high=0.99)


def told(number: int) -> Account:
    """The account of one report: two named sides, and the private person in every part that there is."""
    text = f"{TEXT} Hassan Darwish said {number + 3} were killed, in revenge for the raids. It was attack {number}."
    one = account(text, published=(date(2021, 7, 5) + timedelta(days=3 * number)).isoformat(), publisher=HOSTILE[:40])
    day = (date(2021, 7, 4) + timedelta(days=3 * number)).isoformat()
    when = Interval(start=day, end=day, precision="day", evidence=span("late Sunday", text))
    army, guard, person = (
        Actor(id="a2", spans=one.actors[1].spans, name=f"Army {HOSTILE}", kb_id="army", kind="military", country="SYR"),
        Actor(id="a4", spans=(span("a war monitor", text),), name=f"Guard {HOSTILE}", kb_id="guard", kind="militia"),
        one.actors[2],
    )
    toll = {"event": "e1", "slot": "killed", "stance": "asserts", "evidence": span(f"{number + 3} were killed", text)}
    revenge = span("in revenge for the raids", text)
    return msgspec.structs.replace(
        one,
        actors=(one.actors[0], army, person, guard),
        events=(
            msgspec.structs.replace(one.events[0], time=when, recipients=("a4", "a3")),
            msgspec.structs.replace(one.events[1], initiators=("a4", "a3"), recipients=("a2",)),
        ),
        claims=(
            *(claim for claim in one.claims if claim.event != "e3"),
            Claim(id="c7", value=str(number + 3), normalised=[number + 3] * 2, speaker="a3", **toll),  # type: ignore[arg-type]
            Claim(id="c8", value=str(number), normalised=[number] * 2, speaker="a1", **toll),  # type: ignore[arg-type]
            Claim(id="c9", event="e1", slot="motive", value=None, stance="denies", evidence=revenge, speaker="a3"),
        ),
        links=(
            Link(from_="e1", to="e2", kind="retaliation_for", speaker="a3", evidence=revenge),
            Link(from_="e1", to="e2", kind="similar_to", speaker="a1", evidence=revenge),
        ),
    )


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("war")
    with Store.open(folder / "war.sqlite") as store:
        with store.write() as connection:
            made = [told(number) for number in range(4)]
            for one in made:
                put_account(connection, one, "test")
            incidents.update(connection, [one.report.id for one in made])
            events = connection.exec_driver_sql(
                "SELECT id FROM events WHERE type = 'shelling' ORDER BY start"
            ).scalars()
            first, second, *others = events  # The others stay one, so that one incident has copies.
            say_apart(connection, f"Rana {HOSTILE}", [first], [second, *others], HOSTILE)
            say_apart(connection, f"Rana {HOSTILE}", [second], others, HOSTILE)
            rows = connection.exec_driver_sql("SELECT id FROM incidents ORDER BY id").scalars()
            keep_estimates(connection, Run(about=ABOUT, estimates=[_estimate(row) for row in rows]))
        with store.read() as connection:
            compared = compare(connection, _theirs(folder))
        with store.write() as connection:
            keep(connection, f"ACLED {HOSTILE}", compared)
    with TestClient(create_app(str(folder / "war.sqlite")), base_url=HOST) as client:
        yield client


def _theirs(folder: Path) -> Path:
    row = ACLED | {"event_date": "2021-07-04", "location": HOSTILE, "actor1": HOSTILE, "latitude": "35.1"}
    path = folder / "theirs.csv"
    path.write_text(table([row], list(row)))
    return path


@pytest.fixture(scope="module")
def pages(war: Client) -> dict[str, str]:
    """Every page of incidents, sides, speakers, counts, comparisons and decisions, by its address."""
    rows = war.get("/incidents.json").json()["incidents"]
    found = ["/", "/?view=table", "/reports", "/speakers", "/dyads", "/analysis", "/compare", "/decisions", "/about"]
    found += [f"/analysis?by={by}&and=month" for by in ("side", "country", "admin1", "type", "status")]
    found += [f"/incidents/{row['id']}" for row in rows]
    found += [f"/reports/{row['id']}" for row in war.get("/reports.json").json()["reports"]]
    for row in war.get("/dyads.json").json()["dyads"]:
        found.append(f"/dyads/{row['a']['key']}/{row['b']['key']}?fit=1")
    for row in war.get("/speakers.json").json()["speakers"]:
        found += [f"/speakers/{row['id']}", *(f"/speakers/{row['id']}/record/{what}" for what in WHAT)]
    found += [f"/compare/1?show={show}" for show in ("both", "ours", "theirs", "also", "vague")]
    found += [f"/why?a={rows[0]['id']}&b={row['id']}" for row in rows[1:3]]
    series = next(page for row in rows if war.get(page := f"/campaigns/{row['id']}").status_code == 200)
    answers = {page: war.get(page) for page in (*found, series)}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {page: answer.text for page, answer in answers.items()}


def test_the_war_has_pages_of_each_kind(pages: dict[str, str]) -> None:
    for kind in ("/dyads/", "/campaigns/", "/compare/", "/why?", "/incidents/", "/speakers/"):
        assert any(page.startswith(kind) for page in pages), kind
    together = "".join(text for page, text in pages.items() if page.startswith("/incidents/"))
    for title in ("Decisions by people", "Killed and injured", "What it answered", "since when"):
        assert title in together, title


def test_no_page_holds_an_element_that_somebody_wrote(pages: dict[str, str]) -> None:
    for page, text in pages.items():
        for tag, attributes in Elements(text).found:
            assert tag != "img", page
            assert not any(name.startswith("on") for name in attributes), page
            assert tag != "script" or (attributes["src"] or "").startswith("/static/js/"), page
            assert "style" not in attributes, page


def test_words_that_turn_the_direction_keep_it_to_themselves(pages: dict[str, str]) -> None:
    assert [page for page, text in pages.items() if not all(Isolated(text).turns)] == []


def test_a_private_name_is_on_no_page_and_in_no_data(war: Client, pages: dict[str, str]) -> None:
    assert [page for page, text in pages.items() if SECRET in text] == []
    for page in pages:
        path, mark, query = page.partition("?")
        if path in ("/", "/about") or path.startswith("/reports/"):
            continue
        answer = war.get(f"{path}.json{mark}{query}")
        assert answer.status_code == 200, page
        assert answer.headers["content-type"].startswith("application/json"), page
        assert (SECRET in answer.text) is False, page


def test_each_page_is_whole_without_scripts_and_by_keyboard(pages: dict[str, str]) -> None:
    for page, text in pages.items():
        found = Elements(text).found
        assert sum(tag == "h1" for tag, _ in found) == 1, page
        assert sum(attributes.get("aria-current") == "page" for _, attributes in found) <= 1, page
        ids = [attributes["id"] for _, attributes in found if "id" in attributes]
        assert len(ids) == len(set(ids)), page
        links = [attributes.get("href") or "" for tag, attributes in found if tag == "a"]
        assert all(links), page
        assert {link[1:] for link in links if link.startswith("#")} <= set(ids), page
