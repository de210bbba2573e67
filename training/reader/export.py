"""Writes the trained reader as ONNX in 8-bit integers: `python -m training.reader.export reader.pt models/reader`.

Matrices are quantised by channel, the words' vectors by row; `--precision full` keeps 32-bit floats, for comparison.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from sayso.reading.encoder.weights import DESCRIPTION, ENCODER, SPEECH, TOKENIZER, VERSION
from training.reader.network import WIDTH, Network
from training.reader.tasks import HEADS, TYPES, base

LABELS = {name: head.names for name, head in HEADS.items()} | {"factuality": ["value"]}
KEPT = [name for name in LABELS if name not in ("trigger_wiki", "trigger_voa", "sides_wiki", "speaker")]
"""Heads that only helped to train are left out."""


class Encoder(nn.Module):
    """What ``encoder.onnx`` computes: the last layer's pieces, the scores of all heads side by side, and the types'."""

    def __init__(self, net: Network, *, small: bool) -> None:
        super().__init__()
        self.net = net
        self.small = small
        table = net.words.weight.detach()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("table", (table / scale).round().to(torch.int8) if small else table)
        heads = [net.heads[name] for name in KEPT]
        self.head = nn.Linear(WIDTH, sum(h.out_features for h in heads))
        with torch.no_grad():
            self.head.weight.copy_(torch.cat([h.weight for h in heads]))
            self.head.bias.copy_(torch.cat([h.bias for h in heads]))

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        words = self.table[ids].float()
        if self.small:
            words = words * self.scale[ids]
        hidden = self.net.encode_words(words, mask)
        return hidden, self.head(hidden), self.net.type_scores(hidden, mask)


def export(weights: Path, folder: Path, *, small: bool = True) -> None:
    """Write the files of the reader and their description."""
    net = Network({name: len(labels) for name, labels in LABELS.items()}, len(TYPES))
    net.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    net.eval()
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.ones(2, 16, dtype=torch.int64)
    with tempfile.TemporaryDirectory() as scratch:
        for name, module, inputs, names, outputs in (
            (ENCODER, Encoder(net, small=small).eval(), (ids, ids), ["ids", "mask"], ["hidden", "scores", "types"]),
            (
                SPEECH,
                net.speech,
                (torch.zeros(2, 16, WIDTH), torch.zeros(2, WIDTH), ids),
                ["hidden", "cue", "distance"],
                ["source", "content"],
            ),
        ):
            raw = Path(scratch) / name
            axes = {n: ({0: "n"} if n in ("types", "cue") else {0: "n", 1: "t"}) for n in (*names, *outputs)}
            torch.onnx.export(
                module,
                inputs,
                str(raw),
                input_names=names,
                output_names=outputs,
                dynamic_axes=axes,
                opset_version=17,
                dynamo=False,
            )
            if small:
                quantize_dynamic(
                    raw,
                    folder / name,
                    per_channel=True,
                    weight_type=QuantType.QInt8,
                    op_types_to_quantize=["MatMul"],
                    nodes_to_exclude=[],
                )
            else:
                shutil.copy(raw, folder / name)
    shutil.copy(base() / TOKENIZER, folder / TOKENIZER)
    chains = {
        name: {
            "transitions": [[round(x, 5) for x in row] for row in chain.transitions.tolist()],
            "first": [round(x, 5) for x in chain.first.tolist()],
        }
        for name, chain in net.chains.items()
    }
    description = {
        "version": VERSION,
        "files": {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in (ENCODER, SPEECH, TOKENIZER)},
        "labels": {name: LABELS[name] for name in KEPT},
        "types": list(TYPES),
        "chains": chains,
        "thresholds": {},
    }
    (folder / DESCRIPTION).write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Write the reader's files from trained weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--precision", choices=["small", "full"], default="small")
    args = parser.parse_args()
    export(args.weights, args.folder, small=args.precision == "small")


if __name__ == "__main__":
    main()
