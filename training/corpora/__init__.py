"""Training data of the reader's heads: the corpora of ``../shared/data`` and our own accounts in one shape.

python -m training.corpora FOLDER      # writes FOLDER/<corpus>.jsonl and prints what is in them
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from training.corpora import accounts, factuality, muc, voa, wikievents
from training.corpora.example import SHARED, Example

__all__ = ["CORPORA", "Example", "examples"]

DATA = SHARED / "data"
CORPORA: dict[str, Callable[[str], Iterator[Example]]] = {
    "muc4": lambda name: muc.read(name, [DATA / "muc4/dev"]),
    "muc4-dev": lambda name: muc.read(name, [DATA / "muc4/tst1", DATA / "muc4/tst2"]),
    "wikievents": lambda name: wikievents.read(name, DATA / "wikievents/train.jsonl.gz"),
    "voa": lambda name: voa.read(name, sorted((DATA / "voa").glob("*.jsonl.gz")), developed_on()),
    "uw": lambda name: factuality.read(name, DATA / "factuality/UW.train.jsonl.gz"),
    "uw-dev": lambda name: factuality.read(name, DATA / "factuality/UW.dev.jsonl.gz"),
    "uds": lambda name: factuality.read(name, DATA / "factuality/UDS_IH2.train.jsonl.gz"),
    "uds-dev": lambda name: factuality.read(name, DATA / "factuality/UDS_IH2.dev.jsonl.gz"),
    "accounts": accounts.read,
}


def developed_on() -> frozenset[str]:
    """The ids of the development accounts' reports, whose figures are not to be those of texts that were trained on."""
    return frozenset(path.name.removesuffix(".gold.json") for path in (SHARED / "gold/accounts").glob("*.gold.json"))


def examples(corpus: str) -> Iterator[Example]:
    """The examples of one corpus, always in the same order. Raises ``KeyError`` for a name that is none of CORPORA."""
    return CORPORA[corpus](corpus)
