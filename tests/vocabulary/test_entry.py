from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from sayso import model
from sayso.vocabulary import NAMES, load

SHARED = Path(__file__).parents[3] / "shared"


def _words(text: str) -> list[str]:
    return text.split()


ACLED = {
    "Battles": {"Government regains territory", "Non-state actor overtakes territory", "Armed clash"},
    "Protests": {"Excessive force against protesters", "Protest with intervention", "Peaceful protest"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Explosions/Remote violence": {
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Strategic developments": {
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    },
}
ACLED_INTER = {
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
}
PLOVER_CATEGORIES = set(
    _words(
        "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT DEMAND REQUEST DISAPPROVE ACCUSE REJECT THREATEN PROTEST "
        "MOBILIZE SANCTION COERCE ASSAULT INVESTIGATE CRIME"
    )
)
ASSAULT_MODES = set(
    _words(
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
        "heavy-weapons crowd-control unconventional"
    )
)
# The modes of the other categories and the codes 0874, 141, 145 and 154: CAMEO2PLOVER-2021 of the PLOVER project.
OTHER_MODES = {
    "RETREAT": {"release", "return", "ease", "access", "disarm", "ceasefire", "withdraw"},
    "PROTEST": {"demo", "hunger", "boycott", "obstruct", "riot"},
    "MOBILIZE": {"police", "troops"},
    "COERCE": {"restrict", "confiscate", "ban", "curfew", "martial-law", "arrest", "deport"},
}
CAMEO = set(
    _words(
        "016 0871 0874 141 145 154 171 1711 1712 173 175 180 181 182 1821 1822 1823 183 1831 1832 1833 184 185 186 "
        "190 191 192 193 194 195 196 200 201 202 203 204 2041 2042"
    )
)
TYPES = _words(
    "airstrike drone_strike shelling bombing suicide_bombing grenade_attack chemical_attack armed_clash "
    "armed_attack assassination execution abduction arrest sexual_violence siege territory_taken territory_lost "
    "protest riot crowd_violence arson_looting weapons_seized aircraft_downed ceasefire withdrawal deployment "
    "other_violence"
)


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_has_a_label_and_a_help_sentence(name: str) -> None:
    for entry in load(name).values():
        assert entry.label.strip()
        assert entry.help.strip().endswith(".")


def test_the_event_types_are_those_of_the_annotation_guide() -> None:
    assert list(load("event_types")) == TYPES
    guide = SHARED / "gold" / "GUIDE.md"
    if guide.exists():
        paragraph = guide.read_text().split("Types (`type`):")[1].split("**mentions**")[0]
        assert set(TYPES) == set(re.findall(r"[a-z]+(?:_[a-z]+)*", re.sub(r"\([^)]*\)", "", paragraph)))


@pytest.mark.parametrize(
    ("name", "literal"),
    [
        ("slots", model.Slot),
        ("stances", model.Stance),
        ("link_kinds", model.LinkKind),
        ("statuses", model.Status),
        ("modalities", model.Modality),
        ("precisions", model.TimePrecision),
    ],
)
def test_the_values_of_the_model_are_the_keys_of_the_vocabulary(name: str, literal: object) -> None:
    assert tuple(load(name)) == get_args(literal)


def test_every_acled_name_is_in_the_acled_code_book() -> None:
    for entry in load("event_types").values():
        assert entry.codes.acled is not None, entry.name
        subs = ACLED[entry.codes.acled["event_type"]]
        assert {v for k, v in entry.codes.acled.items() if k.startswith("sub_event_type")} <= subs
    inters = {entry.codes.acled["inter"] for entry in load("actor_kinds").values() if entry.codes.acled}
    assert inters <= ACLED_INTER


def test_every_plover_code_is_in_the_plover_lists() -> None:
    for entry in load("event_types").values():
        plover = entry.codes.plover
        assert plover is not None
        assert plover["category"] in PLOVER_CATEGORIES
        modes = ASSAULT_MODES if plover["category"] == "ASSAULT" else OTHER_MODES[plover["category"]]
        assert plover.get("mode") is None or plover["mode"] in modes


def test_every_cameo_and_ucdp_code_is_known() -> None:
    for name in NAMES:
        for entry in load(name).values():
            assert entry.codes.cameo is None or entry.codes.cameo in CAMEO
    assert {e.codes.ucdp for e in load("event_types").values()} <= {None, "1", "2", "3"}
    assert {e.codes.ucdp for e in load("precisions").values()} <= {None, "1", "2", "3", "4", "5"}
    assert [e.codes.ucdp for e in load("place_precisions").values()] == [str(n) for n in range(1, 8)]


def test_every_hxl_cell_has_one_hashtag_and_then_attributes() -> None:
    for name in NAMES:
        for entry in load(name).values():
            for position, tag in enumerate(entry.codes.hxl):
                assert re.fullmatch(r"#[a-z]+" if position == 0 else r"\+[a-z]+", tag), (entry.name, tag)


@pytest.mark.skipif(not (SHARED / "field" / "formats.md").exists(), reason="needs ../shared")
def test_the_acled_names_are_those_of_the_format_notes() -> None:
    notes = (SHARED / "field" / "formats.md").read_text()
    for entry in load("event_types").values():
        for value in (entry.codes.acled or {}).values():
            assert value in notes, value


def test_event_types_join_only_families_that_exist() -> None:
    types = load("event_types")
    families = {entry.family for entry in types.values()}
    assert None not in families
    for entry in types.values():
        assert set(entry.joins) <= families
        assert entry.family not in entry.joins
        assert entry.noun
        assert entry.plural


def test_a_vocabulary_is_read_once_and_cannot_be_changed() -> None:
    types = load("event_types")
    assert load("event_types") is types
    with pytest.raises(TypeError):
        types["airstrike"] = types["riot"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        types["airstrike"].label = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        types["airstrike"].codes.acled["event_type"] = "x"  # type: ignore[index]


def test_an_unknown_vocabulary_is_refused_with_the_list() -> None:
    with pytest.raises(KeyError, match="event_types"):
        load("colours")


@pytest.mark.parametrize("name", NAMES)
def test_the_docs_list_every_entry_with_its_help(name: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    table = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
    for entry in load(name).values():
        assert f"| `{entry.name}` | {entry.label} | {entry.help} |" in table
