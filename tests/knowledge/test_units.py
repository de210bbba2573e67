"""Second-level units: their names without the unit's word, their seats, and when a bare name is theirs."""

from __future__ import annotations

import pytest

from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.names import fold
from sayso.knowledge.units import unit_stem


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Qaḑā’ Sāmarrā’", "samarra"),
        ("Shahrestān-e Fasā", "fasa"),
        ("Caza de Zahleh", "zahleh"),
        ("Sokyryany Raion", "sokyryany"),
        ("Akçakale İlçesi", "akcakale"),
        ("Gao Cercle", "gao"),
        ("Département du Ndé", "nde"),
        ("Rafah", "rafah"),
        ("District", "district"),
    ],
)
def test_the_word_for_the_unit_is_taken_off(name: str, stem: str) -> None:
    assert unit_stem(name) == stem


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Sangin", "AFG"),
        ("Sinjar county", "IRQ"),
        ("Pokrovsk county", "UKR"),
        ("Gao county", "MLI"),
        ("Rutshuru county", "COD"),
        ("Zahleh county", "LBN"),
    ],
)
def test_units_of_countries_at_war_are_found(gazetteer: Gazetteer, name: str, country: str) -> None:
    stem, _, word = name.partition(" ")
    key = fold(stem) + (f"#{word}" if word else "")
    found = [r for r in gazetteer.by_keys([key])[key] if r.country == country]
    assert found
    assert word == "" or [r.kind for r in found] == ["admin2"]


def test_a_unit_has_the_point_of_its_seat_and_a_reach(gazetteer: Gazetteer) -> None:
    key = f"{fold('Sinjar')}#county"
    (unit,) = (r for r in gazetteer.by_keys([key])[key] if r.country == "IRQ")
    assert (unit.kind, unit.admin1, unit.timezone) == ("admin2", "Nineveh", "Asia/Baghdad")
    assert unit.lat == pytest.approx(36.32, abs=0.05)
    assert unit.radius_km is not None
    assert unit.radius_km > 20


def test_a_bare_name_stays_the_town_s(gazetteer: Gazetteer) -> None:
    assert not [r for r in gazetteer.lookup("Sinjar") if r.kind == "admin2" and r.country == "IRQ" and r.tier == 0]


def test_every_country_but_those_without_units_has_some(gazetteer: Gazetteer) -> None:
    import sqlite3

    rows = sqlite3.connect(gazetteer.path).execute(
        "SELECT country, count(*) FROM places WHERE kind = 'admin2' GROUP BY country"
    )
    many = dict(rows.fetchall())
    assert sum(many.values()) > 40_000
    assert all(many[c] >= 10 for c in ("SYR", "IRQ", "YEM", "UKR", "SDN", "AFG", "SOM", "MLI", "COL", "MMR"))
