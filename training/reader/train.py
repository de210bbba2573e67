"""Trains the reader: `python -m training.reader.train OUTPUT [--epochs 4]`, some 80 minutes on two cores.

What is learnt: attributions (PolNeAR), roles and incident types (MUC-4), triggers, sides, modality and stance (our own
annotated accounts; WikiEvents and VOA beside them), factuality (UW, UDS). A layer that a corpus does not annotate
is masked. Nothing of ``../shared/gold`` and no held-out part is read.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from sayso.evaluation.polnear import Said, documents
from sayso.reading.encoder.inference import NOWHERE
from training.corpora import Example, examples
from training.reader.batches import IGNORED, Batch, Speech, Window, batches, example_windows
from training.reader.network import Network
from training.reader.tasks import CORPORA, HEADS, SHARED, TYPES, WEIGHTS, base

SEED = 11
RATE, HEAD_RATE, DECAY = 2e-4, 1e-3, 0.9
WARMUP = 0.06


def losses(net: Network, batch: Batch) -> dict[str, Tensor]:
    """The loss of each head that has anything to learn from the batch."""
    hidden = net.encode(batch.ids, batch.mask)
    scores = net.piece_scores(hidden)
    found: dict[str, Tensor] = {}
    for name, gold in batch.labels.items():
        rows = (gold != IGNORED).any(1)
        if not rows.any():
            continue
        if name in net.chains:
            found[name] = chain_loss(net, name, scores[name][rows], gold[rows])
        else:
            s, g = scores[name][rows].float(), gold[rows]
            found[name] = functional.cross_entropy(s.reshape(-1, s.shape[2]), g.reshape(-1), ignore_index=IGNORED) * 20
    known = ~batch.values.isnan()
    if known.any():
        found["factuality"] = functional.smooth_l1_loss(
            scores["factuality"][..., 0][known].float(), batch.values[known]
        )
    told = batch.types[:, 0] != IGNORED
    if told.any():
        s = net.type_scores(hidden, batch.mask)[told].float()
        found["types"] = functional.binary_cross_entropy_with_logits(s, batch.types[told].float())
    if batch.speech:
        found |= speech_losses(net, hidden, batch.speech)
    return found


def chain_loss(net: Network, name: str, scores: Tensor, gold: Tensor) -> Tensor:
    """The chain's loss over the words (the pieces that have labels) of each row."""
    known = gold != IGNORED
    count = int(known.sum(1).max())
    order = torch.argsort((~known).to(torch.int8), dim=1, stable=True)[:, :count]
    mask = known.gather(1, order)
    s = scores.gather(1, order[:, :, None].expand(-1, -1, scores.shape[2]))
    loss: Tensor = net.chains[name].loss(s, gold.gather(1, order).clamp(min=0), mask)
    return loss


def speech_losses(net: Network, hidden: Tensor, speech: Sequence[tuple[int, Speech]]) -> dict[str, Tensor]:
    """The losses of source and content, one row an attribution."""
    size = max(s.last - s.first for _, s in speech)
    rows, cues, distances, source, content = [], [], [], [], []
    for number, s in speech:
        room = size - (s.last - s.first)
        rows.append(functional.pad(hidden[number, s.first : s.last], (0, 0, 0, room)))
        cues.append(hidden[number, s.cue[0] : s.cue[1]].mean(0))
        distances.append(np.pad(np.arange(s.first, s.last) - s.cue[0], (0, room), constant_values=NOWHERE))
        source.append(np.pad(s.source, (0, room), constant_values=IGNORED))
        content.append(np.pad(s.content, (0, room), constant_values=IGNORED))
    read = net.speech(torch.stack(rows), torch.stack(cues), torch.from_numpy(np.stack(distances)))
    gold = [torch.from_numpy(np.stack(x)) for x in (source, content)]
    return {
        name: chain_loss(net, name, scores, labels)
        for name, scores, labels in zip(("source", "content"), read, gold, strict=True)
    }


def parameter_groups(net: Network, blocks: float = 0.0) -> tuple[list[dict[str, Any]], list[tuple[Tensor, Tensor]]]:
    """Groups of the optimiser, of copies in full precision; and each parameter with its copy.

    Lower layers learn more slowly; the words' own vectors are left as they are.
    """
    masters: list[tuple[Tensor, Tensor]] = []
    net.words.weight.requires_grad = False
    net.speech.blocks.requires_grad_(blocks > 0)  # trained in the second stage
    groups: list[dict[str, Any]] = []
    for name, parameter in net.named_parameters():
        if not parameter.requires_grad:
            continue
        parts = name.split(".")
        if parts[0] == "layers":
            rate = RATE * DECAY ** (5 - int(parts[1]))
        elif name.startswith("speech.blocks"):
            rate = blocks
        elif parts[0] in ("places", "kind", "norm"):
            rate = RATE * DECAY**6
        else:
            rate = HEAD_RATE * (5 if parts[0] == "chains" else 1)
        decay = 0.01 if parameter.ndim > 1 and parts[0] != "chains" else 0.0
        copy = parameter.detach().float().clone()
        masters.append((parameter, copy))
        groups.append({"params": [copy], "lr": rate, "peak": rate, "weight_decay": decay})
    return groups, masters


def kept_weights(net: Network, masters: Sequence[tuple[Tensor, Tensor]]) -> dict[str, Tensor]:
    """The network's weights in full precision."""
    names = {id(parameter): name for name, parameter in net.named_parameters()}
    found = {name: tensor.float() for name, tensor in net.state_dict().items()}
    return found | {names[id(parameter)]: copy.clone() for parameter, copy in masters}


def update(optimiser: torch.optim.Optimizer, masters: Sequence[tuple[Tensor, Tensor]]) -> None:
    """One step of the optimiser on the copies, and the copies back into the network."""
    for parameter, copy in masters:
        copy.grad = None if parameter.grad is None else parameter.grad.float()
        parameter.grad = None
    torch.nn.utils.clip_grad_norm_([copy for _, copy in masters], 5.0)
    optimiser.step()
    with torch.no_grad():
        for parameter, copy in masters:
            parameter.copy_(copy)


def load(tokenizer: Tokenizer, only: Sequence[str]) -> dict[str, list[Window]]:
    """The windows of each corpus."""
    found = {}
    for corpus in only:
        rows = attributed(SHARED / "data/polnear/train.jsonl.gz") if corpus == "polnear" else unattributed(corpus)
        found[corpus] = [w for e, said in rows for w in example_windows(e, tokenizer, HEADS, TYPES, said)]
        print(corpus, len(found[corpus]), "windows", sum(len(w.ids) for w in found[corpus]), "pieces", flush=True)
    return found


def attributed(path: Path) -> Iterator[tuple[Example, Sequence[Said]]]:
    """The reports of PolNeAR: cues as a layer, and whole attributions."""
    for document in documents(path):
        cues = tuple((*span, "cue") for one in document.attributions for span in one.cue)
        yield Example("polnear", document.id, document.text, {"cue": cues}, None), document.attributions


def unattributed(corpus: str) -> Iterator[tuple[Example, Sequence[Said]]]:
    """The examples of a corpus without attributions."""
    return ((example, ()) for example in examples(corpus))


def chosen(found: dict[str, list[Window]], rng: random.Random, shares: Mapping[str, float] = CORPORA) -> list[Window]:
    """The windows of one epoch: each corpus so many times as ``shares`` says, a part of it by chance."""
    rows = []
    for corpus, all_of_it in found.items():
        times = shares[corpus]
        rows += all_of_it * int(times)
        rows += rng.sample(all_of_it, round((times - int(times)) * len(all_of_it)))
    return rows


def main() -> None:
    """Train, and write the weights after every epoch."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("output", type=Path)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--only", nargs="*", default=list(CORPORA))
    parser.add_argument("--limit", type=int, help="stop after so many steps")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    rng = random.Random(SEED)
    args.output.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(base() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    found = load(tokenizer, args.only)
    net = Network({name: len(head.names) for name, head in HEADS.items()} | {"factuality": 1}, len(TYPES))
    net.load_encoder(base() / "model.safetensors")
    net.to(torch.bfloat16)
    net.chains.to(torch.float32)
    groups, masters = parameter_groups(net)
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6)
    plan = [chosen(found, rng) for _ in range(args.epochs)]
    steps = [list(batches(rows, HEADS, len(TYPES), rng)) for rows in plan]
    total = args.limit or sum(map(len, steps))
    print(f"{sum(map(len, steps))} steps", flush=True)
    step, began = 0, time.monotonic()
    kept: dict[str, list[float]] = {}
    for epoch, epoch_batches in enumerate(steps):
        net.train()
        for one in epoch_batches:
            share = step / total
            pace = min(share / WARMUP, 1.0) * max(0.0, (1 - share) / (1 - WARMUP)) if share > 0 else 1e-3
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * min(1.0, pace)
            parts = losses(net, one)
            loss = torch.stack([WEIGHTS.get(name, 1.0) * part.float() for name, part in parts.items()]).sum()
            loss.backward()
            update(optimiser, masters)
            step += 1
            for name, part in parts.items():
                kept.setdefault(name, []).append(float(part.detach()))
            if step % 50 == 0:
                means = {name: round(float(np.mean(values[-200:])), 3) for name, values in kept.items()}
                print(f"{epoch} {step}/{total} {time.monotonic() - began:.0f}s", json.dumps(means), flush=True)
                kept = {}
            if args.limit and step >= args.limit:
                break
        torch.save(kept_weights(net, masters), args.output / "reader.pt")
        print(f"epoch {epoch} kept", flush=True)
        if args.limit and step >= args.limit:
            break


if __name__ == "__main__":
    main()
