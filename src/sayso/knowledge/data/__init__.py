"""The reviewable data files: YAML and CSV, read as they are."""

from __future__ import annotations

import csv
import gzip
import json
from importlib.resources import files
from typing import Any


def load_yaml(name: str) -> Any:
    """The content of a YAML file of this folder."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(files(__package__).joinpath(name).read_text("utf-8"), Loader=loader)


def load_csv(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of this folder, by column name; also of one that is packed (.csv.gz)."""
    data = files(__package__).joinpath(name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")
    return list(csv.DictReader(text.splitlines()))


def load_json(name: str) -> Any:
    """The content of a JSON file of this folder."""
    return json.loads(files(__package__).joinpath(name).read_bytes())
