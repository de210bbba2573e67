"""Writes a made-up allCountries.txt and alternateNamesV2.txt of any size, to measure what building from them needs.

python bench/geonames_dump.py FOLDER ROWS
/usr/bin/time -v sayso gazetteer build --geonames FOLDER --classes all --output FOLDER/g.sqlite
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

CODES = ("P.PPL", "P.PPL", "P.PPL", "P.PPLX", "S.SCH", "S.CH", "H.STM", "T.HLL", "S.AIRF", "L.LCTY", "A.ADM3")
COUNTRIES = ("SY", "IQ", "UA", "CN", "IN", "US", "RU", "MX", "NG", "YE")
SYLLABLES = (
    "ka",
    "ra",
    "mu",
    "ha",
    "li",
    "sha",
    "du",
    "ni",
    "ba",
    "ta",
    "zo",
    "ri",
    "el",
    "qa",
    "fi",
    "wa",
    "no",
    "se",
)
ARABIC = ("كا", "را", "مو", "حا", "لي", "شا", "دو", "ني", "با", "تا", "زو", "ري", "ال", "قا", "في", "وا", "نو")


def name(random_: random.Random, syllables: Sequence[str]) -> str:
    """A name of two to five syllables."""
    return "".join(random_.choices(syllables, k=random_.randint(2, 5))).capitalize()


def write(folder: Path, rows: int) -> None:
    """The two files, with a name in Latin and Arabic letters and some others for every row."""
    random_ = random.Random(7)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        (folder / "allCountries.txt").open("w", encoding="utf-8") as places,
        (folder / "alternateNamesV2.txt").open("w", encoding="utf-8") as others,
    ):
        for number in range(1, rows + 1):
            cls, code = random_.choice(CODES).split(".")
            own, arabic = name(random_, SYLLABLES), name(random_, ARABIC)
            more = [f"{own} {name(random_, SYLLABLES)}", name(random_, SYLLABLES), arabic]
            lat, lon = random_.uniform(-60, 70), random_.uniform(-179, 179)
            country, people = random_.choice(COUNTRIES), int(random_.paretovariate(1) * 100)
            cells = [number, own, own, ",".join(more), f"{lat:.5f}", f"{lon:.5f}", cls, code, country, ""]
            cells += [f"{random_.randint(1, 30):02}", str(random_.randint(1, 300)), "", "", people, "", 100]
            places.write("\t".join(map(str, [*cells, "Asia/Damascus", "2024-01-01"])) + "\n")
            others.write(
                f"{number}\t{number}\tar\t{arabic}\t\t\t\t\t\t\n{rows + number}\t{number}\ten\t{own}\t1\t\t\t\t\t\n"
            )


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
