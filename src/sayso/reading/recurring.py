"""Events that the rules take for single ones and the trained reader for what happens again and again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sayso.model import Modality
from sayso.reading.encoder.decoding import shares
from sayso.reading.encoder.inference import Encoded
from sayso.reading.encoder.weights import Description
from sayso.reading.events import Draft
from sayso.reading.syntax import Syntax

HEAD = "modality"
RECURRING: Modality = "generic"
LEAST = 0.6
"""The mean share, over the words of all mentions, from which the trained reader is believed."""


def mark_recurring(drafts: Sequence[Draft], s: Syntax, encoded: Encoded, description: Description) -> None:
    """Make generic what is told as actual and marked as recurring: "they shell the town every night"."""
    if not drafts or not len(encoded.scores[HEAD]):
        return
    share = shares(encoded.scores[HEAD][:, 1:])[:, description.labels[HEAD].index(RECURRING) - 1]
    words = encoded.words()
    for draft in drafts:
        if draft.modality != "actual":
            continue
        inside = np.zeros(len(words), dtype=bool)
        for mention in draft.mentions:
            start, end = s.start[mention.trigger.lo], s.end[mention.trigger.hi - 1]
            inside |= (words[:, 0] < end) & (words[:, 1] > start)
        if inside.any() and float(share[inside].mean()) >= LEAST:
            draft.modality = RECURRING
