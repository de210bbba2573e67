from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
VOA = ROOT.parent / "shared" / "data" / "voa"


@pytest.fixture(scope="module")
def bundle() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bundle_voa", ROOT / "scripts" / "bundle_voa.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cleaned(bundle: ModuleType, *sentences: str, year: str = "2016") -> tuple[str | None, str]:
    """Title and body of sentences that lost their last characters and follow each other."""
    by_offset, offset = {}, 0
    for sentence in sentences:
        by_offset[offset] = sentence
        offset += len(sentence) + 2
    title, body = bundle.clean(by_offset, year)
    return title, body


def test_title_and_dateline_are_split_off(bundle: ModuleType) -> None:
    assert cleaned(bundle, "Bomb Stokes Fears-CAIRO —\xa0-The bomb killed six troops") == (
        "Bomb Stokes Fears",
        "CAIRO — The bomb killed six troops.",
    )


def test_a_title_may_hold_hyphens(bundle: ModuleType) -> None:
    title, body = cleaned(
        bundle, "Iran Strikes With Anti-IS Missile Force-Iran’s strike this week against militants failed"
    )
    assert title == "Iran Strikes With Anti-IS Missile Force"
    assert body == "Iran’s strike this week against militants failed."


@pytest.mark.parametrize(
    "junk",
    [
        "FILE - A fighter stands guard in Aleppo, Syria",
        "Buses wait in Aleppo, Syria, Dec. 14, 2016",
        "A soldier, left, talks to a man in Kabul",
        "Jane Doe contributed to this report",
        "[CDATA[*/-initInfographics({})",
    ],
)
def test_captions_credits_and_junk_go(bundle: ModuleType, junk: str) -> None:
    assert cleaned(bundle, "The army said so on Monday", junk, "Nobody died there")[1] == (
        "The army said so on Monday.\n\nNobody died there."
    )


@pytest.mark.parametrize("head", ["Military outpost-", "Cease-fire -", "Trading blame-", "Rallies in Russia-"])
def test_subheadings_go(bundle: ModuleType, head: str) -> None:
    assert (
        cleaned(bundle, f"{head}Russia blamed the rebels for the attack")[1]
        == "Russia blamed the rebels for the attack."
    )


@pytest.mark.parametrize(
    "words", ["Sunni-Shia tension rose in the city", "U.N. Secretary-General Ban Ki-moon spoke of it"]
)
def test_compounds_stay(bundle: ModuleType, words: str) -> None:
    assert cleaned(bundle, words)[1] == f"{words}."


def test_lost_quotation_marks_come_back(bundle: ModuleType) -> None:
    body = cleaned(
        bundle, "“The car moved fast,” the army said", "“It avoided fire", "It blew up.", "Then it was quiet"
    )[1]
    assert body == "“The car moved fast,” the army said.\n\n“It avoided fire. It blew up.”\n\nThen it was quiet."


def test_what_a_pull_quote_lifts_out_goes(bundle: ModuleType) -> None:
    long = "The only way to help was to take patients out of the hospital and to flee with them, a doctor said"
    assert cleaned(bundle, long, "The only way to help was to take patients out of the hospital", long)[1] == f"{long}."


@pytest.mark.skipif(not VOA.exists(), reason="needs ../shared")
def test_the_bundled_reports_are_what_the_script_makes(bundle: ModuleType, tmp_path: Path) -> None:
    bundle.main(VOA, tmp_path)
    bundled = ROOT / "src" / "sayso" / "examples" / "reports"
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in bundled.glob("20*.txt")}


@pytest.mark.skipif(not VOA.exists(), reason="needs ../shared")
def test_the_founding_report_is_verbatim() -> None:
    seed = ROOT / "src" / "sayso" / "examples" / "reports" / "seed.txt"
    assert seed.read_bytes() == (VOA.parents[1] / "gold" / "seed.txt").read_bytes()
