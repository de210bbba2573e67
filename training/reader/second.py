"""The second stage: on from the first, on disturbed windows, with the layers in which an attribution's pieces meet.

    python -m training.reader.second reader.pt OUTPUT      # some 20 minutes on one core

After the first stage the reader knows its training texts almost by heart. Hidden words and lost commas make them new.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training.reader.batches import batches
from training.reader.disturb import disturbed
from training.reader.network import DROPOUT, Network
from training.reader.tasks import HEADS, TYPES, WEIGHTS, base
from training.reader.train import SEED, chosen, kept_weights, load, losses, parameter_groups, update

CORPORA = {"polnear": 1.0, "muc4": 1.0, "accounts": 2.0, "wikievents": 0.15, "voa": 0.15, "uw": 0.4, "uds": 0.2}
SHARE = 0.6
"""Of the rates of the first stage."""
BLOCK_RATE = 8e-4
WARMUP = 0.05
MARKS = (",", '"', "'", "“", "”", "‘", "’", "`")


def main() -> None:
    """Train on, and write the weights every so often."""
    parser = argparse.ArgumentParser()
    parser.add_argument("weights", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--epochs", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(SEED + 1)
    torch.set_num_threads(1)
    rng = random.Random(SEED + 1)
    tokenizer = Tokenizer.from_file(str(base() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    found = load(tokenizer, list(CORPORA))
    net = Network({name: len(head.names) for name, head in HEADS.items()} | {"factuality": 1}, len(TYPES))
    lacking = net.load_state_dict(torch.load(args.weights, map_location="cpu", weights_only=True), strict=False)
    assert all(name.startswith("speech.blocks") for name in lacking.missing_keys), lacking.missing_keys
    net.to(torch.bfloat16)
    net.chains.to(torch.float32)
    groups, masters = parameter_groups(net, blocks=BLOCK_RATE / SHARE)
    for group in groups:
        group["peak"] *= SHARE
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6)
    marks = frozenset(n for mark in MARKS if (n := tokenizer.token_to_id(mark)) is not None)
    steps = []
    for _ in range(args.epochs):
        rows = [disturbed(w, marks, rng) for w in chosen(found, rng, CORPORA)]
        steps += list(batches(rows, HEADS, len(TYPES), rng))
    print(f"{len(steps)} steps, dropout {DROPOUT}", flush=True)
    net.train()
    began = time.monotonic()
    kept: dict[str, list[float]] = {}
    for step, one in enumerate(steps):
        share = step / len(steps)
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * min(1.0, share / WARMUP) * (1 - share)
        parts = losses(net, one)
        torch.stack([WEIGHTS.get(name, 1.0) * part.float() for name, part in parts.items()]).sum().backward()
        update(optimiser, masters)
        for name, part in parts.items():
            kept.setdefault(name, []).append(float(part.detach()))
        if step % 50 == 49:
            means = {name: round(float(np.mean(values)), 3) for name, values in kept.items()}
            print(f"{step + 1}/{len(steps)} {time.monotonic() - began:.0f}s {means}", flush=True)
            kept = {}
        if step % 300 == 299 or step + 1 == len(steps):
            torch.save(kept_weights(net, masters), args.output)
    print("done", flush=True)


if __name__ == "__main__":
    main()
