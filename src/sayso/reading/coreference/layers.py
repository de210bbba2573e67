"""The encoder of the reader with more outputs: what its second and its fourth layer of six make of the pieces.

The last layers were trained to say who says and does what; what tells events apart is seen better before them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sayso.reading.encoder.weights import ENCODER, folder

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

EARLY, MIDDLE = (f"/layers.{number}/down_norm/LayerNormalization_output_0" for number in (1, 3))
"""The names of those outputs in the encoder's graph."""
OUTPUTS = ("hidden", "scores", EARLY, MIDDLE)
NAME, OUTPUT, GRAPH = 1, 12, 7
"""Numbers of the fields of an ONNX file: the name of a value, the outputs of a graph, the graph of a model."""


@cache
def seeing() -> InferenceSession:
    """The shipped encoder with ``OUTPUTS``, loaded once a process; it takes what the reader's own takes."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    raw = with_output(with_output((folder() / ENCODER).read_bytes(), EARLY), MIDDLE)
    return InferenceSession(raw, options, providers=["CPUExecutionProvider"])


def with_output(raw: bytes, name: str) -> bytes:
    """An ONNX file whose graph gives one more of its values as an output.

    The file is a protocol buffer: fields that are appended to one are merged with those that it has.
    """
    return raw + _field(GRAPH, _field(OUTPUT, _field(NAME, name.encode())))


def _field(number: int, content: bytes) -> bytes:
    """A field of a protocol buffer, of fewer than 128 bytes."""
    return bytes([number << 3 | 2, len(content)]) + content
