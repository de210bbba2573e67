"""The second stage: the part that reads one attribution, on the finished encoder.

    python -m training.reader.second reader.pt OUTPUT [--epochs 4]      # some 20 minutes on one core

The first stage trains that part without its layers of self-attention (they begin by changing nothing). Here the encoder
stands still, so that what it makes of PolNeAR is computed once.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from training.reader.batches import IGNORED, Speech, Window, batch
from training.reader.network import NOWHERE, Network
from training.reader.tasks import HEADS, TYPES, WEIGHTS, base
from training.reader.train import SEED, chain_loss, load

RATE, BLOCK_RATE = 3e-4, 8e-4
ROWS = 48
WARMUP = 0.05
PARTS = ("speech.", "chains.source", "chains.content")


def features(net: Network, found: Sequence[Window]) -> list[Tensor]:
    """What the encoder makes of each window's pieces."""
    made: list[Tensor | None] = [None] * len(found)
    order = sorted(range(len(found)), key=lambda n: len(found[n].ids))
    with torch.inference_mode():
        for start in range(0, len(order), 8):
            numbers = order[start : start + 8]
            one = batch([found[n] for n in numbers], {}, len(TYPES))
            hidden = net.encode(one.ids, one.mask)
            for row, n in enumerate(numbers):
                made[n] = hidden[row, : len(found[n].ids)].clone()
    return [row for row in made if row is not None]


def rows(found: Sequence[Window], rng: random.Random) -> Iterator[list[tuple[int, Speech]]]:
    """All attributions in batches of like length, in random order."""
    all_of_them = [(n, s) for n, w in enumerate(found) for s in w.speeches]
    all_of_them.sort(key=lambda row: (row[1].last - row[1].first + rng.randint(0, 6), rng.random()))
    groups = [all_of_them[k : k + ROWS] for k in range(0, len(all_of_them), ROWS)]
    rng.shuffle(groups)
    yield from groups


def loss_of(net: Network, hidden: Sequence[Tensor], group: Sequence[tuple[int, Speech]]) -> Tensor:
    """The loss of source and content of one batch."""
    size = max(s.last - s.first for _, s in group)
    pieces, cues, distances, source, content = [], [], [], [], []
    for number, s in group:
        room = size - (s.last - s.first)
        pieces.append(functional.pad(hidden[number][s.first : s.last], (0, 0, 0, room)))
        cues.append(hidden[number][s.cue[0] : s.cue[1]].mean(0))
        distances.append(np.pad(np.arange(s.first, s.last) - s.cue[0], (0, room), constant_values=NOWHERE))
        source.append(np.pad(s.source, (0, room), constant_values=IGNORED))
        content.append(np.pad(s.content, (0, room), constant_values=IGNORED))
    read = net.speech(torch.stack(pieces), torch.stack(cues), torch.from_numpy(np.stack(distances)))
    gold = [torch.from_numpy(np.stack(x)) for x in (source, content)]
    parts = [
        WEIGHTS[name] * chain_loss(net, name, scores, labels)
        for name, scores, labels in zip(("source", "content"), read, gold, strict=True)
    ]
    return torch.stack(parts).sum()


def main() -> None:
    """Train the part, and write all weights of the reader."""
    parser = argparse.ArgumentParser()
    parser.add_argument("weights", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--limit", type=int, help="stop after so many steps")
    args = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    rng = random.Random(SEED)
    tokenizer = Tokenizer.from_file(str(base() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    found = load(tokenizer, ["polnear"])["polnear"]
    net = Network({name: len(head.names) for name, head in HEADS.items()} | {"factuality": 1}, len(TYPES))
    state = torch.load(args.weights, map_location="cpu", weights_only=True)
    lacking = net.load_state_dict(state, strict=False).missing_keys
    assert all(name.startswith("speech.blocks") for name in lacking), lacking
    net.eval()
    net.to(torch.bfloat16)
    hidden = features(net, found)
    net.speech.to(torch.float32)
    net.chains.to(torch.float32)
    print("features made", flush=True)
    net.speech.train()
    trained = [(n, p) for n, p in net.named_parameters() if n.startswith(PARTS)]
    groups = [
        {"params": [p], "lr": rate, "peak": rate}
        for n, p in trained
        for rate in [BLOCK_RATE if "blocks" in n else RATE]
    ]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, weight_decay=0.01)
    steps = [group for _ in range(args.epochs) for group in rows(found, rng)][: args.limit]
    began, kept = time.monotonic(), []
    for step, group in enumerate(steps):
        share = step / len(steps)
        pace = min(1.0, share / WARMUP) * (1 - share)
        for one in optimiser.param_groups:
            one["lr"] = one["peak"] * pace
        with torch.autocast("cpu", torch.bfloat16):
            loss = loss_of(net, hidden, group)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for _, p in trained], 5.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        kept.append(float(loss.detach()))
        if step % 50 == 49:
            print(f"{step + 1}/{len(steps)} {time.monotonic() - began:.0f}s {np.mean(kept[-50:]):.3f}", flush=True)
        if step % 400 == 399 or step + 1 == len(steps):
            made = {n: p.detach().float() for n, p in net.state_dict().items() if n.startswith(PARTS)}
            torch.save(state | made, args.output)


if __name__ == "__main__":
    main()
