"""The table of named places, from UCDP's event file."""

from __future__ import annotations

import gzip
from pathlib import Path

from sayso.knowledge.ucdp import named_places


def test_events_at_one_place_are_one_row(tmp_path: Path) -> None:
    file = tmp_path / "ged.csv.gz"
    row = "X  town,Homs Governorate,,34.80246,36.7076,2.0"
    file.write_bytes(
        gzip.compress(f"where_coordinates,adm_1,adm_2,latitude,longitude,where_prec\n{row}\n{row}\n".encode())
    )
    assert named_places(file) == [("X town", "Homs Governorate", "", "34.8025", "36.7076", "2", "2")]
