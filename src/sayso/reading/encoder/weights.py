"""The files of the trained reader: where they lie, whether they are the ones that belong together, and their sessions.

``models/reader`` holds the encoder, the part that reads attributions, the tokenizer, and ``reader.json`` with the hash
of each, the labels of every head, the thresholds and the version. docs/reader.md is the model card.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from sayso.errors import SaysoError
from sayso.reading.encoder.decoding import Floats

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

ENCODER, SPEECH, TOKENIZER, DESCRIPTION = "encoder.onnx", "speech.onnx", "tokenizer.json", "reader.json"
VERSION = "sayso-reader-1"
"""The version of the weights that this code is for."""
CHAINS = ("cue", "source", "content")
NEEDED = frozenset({"cue", "muc", "described", "confidence", "trigger", "modality", "sides", "stance", "factuality"})
"""The heads that the reading asks for."""


class Chain(msgspec.Struct, frozen=True):
    """How well one label follows another, and begins a sequence."""

    transitions: list[list[float]]
    first: list[float]

    def arrays(self) -> tuple[Floats, Floats]:
        """Both as arrays."""
        return np.array(self.transitions, dtype=np.float32), np.array(self.first, dtype=np.float32)


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """The content of ``reader.json``."""

    version: str
    files: dict[str, str]
    """SHA-256 of each file."""
    labels: dict[str, list[str]]
    """The labels of every head over pieces, in the order of the encoder's columns; one name for a single value."""
    types: list[str]
    """Incident types that a window is scored for."""
    chains: dict[str, Chain]
    thresholds: dict[str, float]
    selection: dict[str, dict[str, float]] = {}
    """By role, the weights that decide which names are kept (``entities``)."""

    def columns(self) -> dict[str, slice]:
        """Where each head's labels stand among the encoder's scores."""
        found, at = {}, 0
        for head, labels in self.labels.items():
            found[head] = slice(at, at + len(labels))
            at += len(labels)
        return found


class Reader(msgspec.Struct, frozen=True):
    """The trained reader, ready to run."""

    description: Description
    encoder: InferenceSession
    speech: InferenceSession
    tokenizer: Tokenizer


def folder() -> Path:
    """The folder of the files: within the installed package, or at the root of a checkout."""
    package = Path(__file__).parents[2]
    installed = package / "models" / "reader"
    return installed if installed.is_dir() else package.parents[1] / "models" / "reader"


def describe(path: Path) -> Description:
    """What ``reader.json`` says, with the files checked against it.

    Raises SaysoError S321 where a file is missing, S322 where one is other than its hash says, S323 where the
    description is none, or its labels are not those that the reading asks for.
    """
    try:
        description = msgspec.json.decode((path / DESCRIPTION).read_bytes(), type=Description)
    except OSError as error:
        raise SaysoError("S321", path=path / DESCRIPTION) from error
    except msgspec.DecodeError as error:
        raise SaysoError("S323", path=path / DESCRIPTION, why=error) from error
    if description.version != VERSION:
        raise SaysoError("S323", path=path / DESCRIPTION, why=f"version {description.version}, not {VERSION}")
    if lacking := sorted(NEEDED - description.labels.keys()) or sorted(set(CHAINS) - description.chains.keys()):
        raise SaysoError("S323", path=path / DESCRIPTION, why=f"no labels for {', '.join(lacking)}")
    for name in (ENCODER, SPEECH, TOKENIZER):
        try:
            found = hashlib.sha256((path / name).read_bytes()).hexdigest()
        except OSError as error:
            raise SaysoError("S321", path=path / name) from error
        if found != description.files.get(name):
            raise SaysoError("S322", path=path / name)
    return description


@cache
def load_reader(path: Path | None = None, threads: int = 1) -> Reader:
    """The trained reader, checked and loaded once a process. Raises what ``describe`` raises, and S323."""
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    path = path or folder()
    description = describe(path)
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    encoder, speech = (
        InferenceSession(path / name, options, providers=["CPUExecutionProvider"]) for name in (ENCODER, SPEECH)
    )
    tokenizer = Tokenizer.from_file(str(path / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    width = next(o.shape[-1] for o in encoder.get_outputs() if o.name == "scores")
    told = sum(map(len, description.labels.values()))
    if width != told:
        raise SaysoError("S323", path=path / DESCRIPTION, why=f"{told} labels for {width} scores")
    return Reader(description, encoder, speech, tokenizer)
