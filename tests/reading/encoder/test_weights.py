"""The files of the trained reader: what is missing, changed or of another make is told by its code."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import SaysoError
from sayso.reading.encoder.weights import (
    CHAINS,
    DESCRIPTION,
    ENCODER,
    NEEDED,
    SPEECH,
    TOKENIZER,
    Chain,
    Reader,
    describe,
    folder,
    load_reader,
)

FILES = (ENCODER, SPEECH, TOKENIZER)
Made = Callable[..., Path]


def shipped() -> dict[str, Any]:
    """The description of the installed reader, to be changed."""
    found: dict[str, Any] = json.loads((folder() / DESCRIPTION).read_text("utf-8"))
    return found


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A folder with the shipped description, changed by ``change``, and small files that are what it names."""

    def make(change: Callable[[dict[str, Any]], object] = lambda _: None) -> Path:
        told = shipped()
        for name in FILES:
            (tmp_path / name).write_text(name)
            told["files"][name] = hashlib.sha256(name.encode()).hexdigest()
        change(told)
        (tmp_path / DESCRIPTION).write_text(json.dumps(told), encoding="utf-8")
        return tmp_path

    return make


def linked(path: Path) -> Path:
    """A folder with links to the installed files, the description left out."""
    for name in FILES:
        (path / name).symlink_to(folder() / name)
    return path


def test_files_that_belong_together_are_described(made: Made) -> None:
    found = describe(made())
    assert found.labels.keys() >= NEEDED
    assert found.chains.keys() >= set(CHAINS)
    assert found.version == shipped()["version"]


@pytest.mark.parametrize("name", [*FILES, DESCRIPTION])
def test_a_missing_file_is_named(name: str, made: Made) -> None:
    path = made()
    (path / name).unlink()
    with pytest.raises(SaysoError, match=f"^S321 .*{re.escape(name)} is missing"):
        describe(path)


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_other_content_than_its_hash_is_named(name: str, made: Made) -> None:
    path = made()
    (path / name).write_text("another")
    with pytest.raises(SaysoError, match=f"^S322 .*{re.escape(name)} is not the file"):
        describe(path)


@pytest.mark.parametrize("name", FILES)
def test_a_file_without_a_hash_is_none_that_belongs(name: str, made: Made) -> None:
    with pytest.raises(SaysoError, match=f"^S322 .*{re.escape(name)}"):
        describe(made(lambda told: told["files"].pop(name)))


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"version": "1"}'])
def test_a_description_that_is_none_does_not_fit(content: str, made: Made) -> None:
    path = made()
    (path / DESCRIPTION).write_text(content)
    with pytest.raises(SaysoError, match=r"^S323 ") as raised:
        describe(path)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("head", sorted(NEEDED))
def test_a_head_that_the_reading_asks_for_must_be_there(head: str, made: Made) -> None:
    with pytest.raises(SaysoError, match=rf"^S323 .*no labels for {head}\b"):
        describe(made(lambda told: told["labels"].pop(head)))


@pytest.mark.parametrize("chain", CHAINS)
def test_a_chain_that_the_reading_asks_for_must_be_there(chain: str, made: Made) -> None:
    with pytest.raises(SaysoError, match=rf"^S323 .*\b{chain}\b"):
        describe(made(lambda told: told["chains"].pop(chain)))


def test_all_heads_that_lack_are_named_together(made: Made) -> None:
    def change(told: dict[str, Any]) -> None:
        del told["labels"]["stance"], told["labels"]["muc"]

    with pytest.raises(SaysoError, match="muc, stance"):
        describe(made(change))


@pytest.mark.parametrize("more", [-1, 1])
def test_labels_must_be_as_many_as_the_encoder_scores(more: int, tmp_path: Path) -> None:
    told = shipped()
    told["labels"]["muc"] = told["labels"]["muc"][:-1] if more < 0 else [*told["labels"]["muc"], "B-other"]
    (linked(tmp_path) / DESCRIPTION).write_text(json.dumps(told), encoding="utf-8")
    count = sum(map(len, shipped()["labels"].values()))
    with pytest.raises(SaysoError, match=f"^S323 .*{count + more} labels for {count} scores"):
        load_reader(tmp_path)


def test_files_that_are_broken_are_never_loaded(made: Made) -> None:
    path = made()
    (path / ENCODER).write_text("another")
    with pytest.raises(SaysoError, match=r"^S322 "):
        load_reader(path)


def test_columns_of_heads_follow_each_other_without_gaps(reader: Reader) -> None:
    columns = reader.description.columns()
    ends = [0, *(where.stop for where in columns.values())]
    assert [where.start for where in columns.values()] == ends[:-1]
    assert [where.stop - where.start for where in columns.values()] == [
        len(labels) for labels in reader.description.labels.values()
    ]


def test_the_installed_reader_scores_each_label_and_type(reader: Reader) -> None:
    width = {output.name: output.shape[-1] for output in reader.encoder.get_outputs()}
    assert width["scores"] == sum(map(len, reader.description.labels.values()))
    assert width["types"] == len(reader.description.types)


def test_spans_are_outside_begin_and_inside(reader: Reader) -> None:
    labels = reader.description.labels
    assert labels["cue"] == ["O", "B-cue", "I-cue"]
    for head in ("muc", "described", "sides"):
        begins = [label.removeprefix("B-") for label in labels[head][1::2]]
        assert labels[head] == ["O", *(f"{mark}-{name}" for name in begins for mark in "BI")]


def test_chains_are_of_three_labels(reader: Reader) -> None:
    for name in CHAINS:
        transitions, first = reader.description.chains[name].arrays()
        assert (transitions.shape, first.shape) == ((3, 3), (3,))


def test_a_chain_goes_from_row_to_column() -> None:
    transitions, first = Chain([[0.0, 1.0], [2.0, 3.0]], [4.0, 5.0]).arrays()
    assert (transitions[0, 1], transitions[1, 0], first[1]) == (1.0, 2.0, 5.0)


def test_the_reader_is_loaded_once() -> None:
    assert load_reader() is load_reader()
