"""Mixes the weights of both stages: `python -m training.reader.mix first.pt second.pt OUTPUT`.

The second stage goes on from the first, so that a mean of both is a reader too, and a better one than either (Wortsman
et al., "Model soups", ICML 2022). The layers of attention that only the second stage has count by its share.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor

SHARE = 0.35
"""Of the second stage; chosen of 0, 0.35, 0.5 and 1 on PolNeAR's development part and MUC-4's TST1 and TST2."""
NEW = "speech.blocks"
LAST = (".out.", ".down.")
"""The matrices through which a new layer adds to what was there."""


def mixed(first: dict[str, Tensor], second: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """The mean of both, ``share`` of it the second's."""
    found = {}
    for name, tensor in second.items():
        if name.startswith(NEW):
            found[name] = tensor * share if any(part in name for part in LAST) else tensor
        else:
            found[name] = (1 - share) * first[name].float() + share * tensor.float()
    return found


def main() -> None:
    """Write the mean of two readers' weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--share", type=float, default=SHARE)
    args = parser.parse_args()
    both = [torch.load(path, map_location="cpu", weights_only=True) for path in (args.first, args.second)]
    torch.save(mixed(both[0], both[1], args.share), args.output)


if __name__ == "__main__":
    main()
