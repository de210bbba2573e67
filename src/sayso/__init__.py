"""sayso: the ledger of who says what happened in a war.

``sayso.read`` reads one report, ``sayso.Ledger`` keeps many (docs/python.md). Both load on first use, so that
``import sayso`` is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.api import Ledger, read
    from sayso.model import Account

__version__ = "0.1.0"

__all__ = ["Account", "Ledger", "SaysoError", "__version__", "read"]

_LAZY = {"read": "sayso.api", "Ledger": "sayso.api", "Account": "sayso.model"}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LAZY[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
