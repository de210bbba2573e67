"""Events of many reports become incidents: by rules that give their reasons in words, and by nothing else.

Names load on first use: the statuses serve a single account too, which needs no database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.incidents.chains import Chain, Edge, chain
    from sayso.incidents.compare import Comparison
    from sayso.incidents.ids import current_id
    from sayso.incidents.join import any_stale, settle_stale, update
    from sayso.incidents.relinking import Relinked, relink
    from sayso.incidents.settling import Changes
    from sayso.incidents.status import Standing
    from sayso.incidents.summary import slot_standings

__all__ = [
    "Chain",
    "Changes",
    "Comparison",
    "Edge",
    "Relinked",
    "Standing",
    "any_stale",
    "chain",
    "current_id",
    "relink",
    "settle_stale",
    "slot_standings",
    "update",
]

_LAZY = {
    "Chain": "chains",
    "Edge": "chains",
    "chain": "chains",
    "Comparison": "compare",
    "current_id": "ids",
    "Changes": "settling",
    "Relinked": "relinking",
    "relink": "relinking",
    "any_stale": "join",
    "settle_stale": "join",
    "update": "join",
    "Standing": "status",
    "slot_standings": "summary",
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'sayso.incidents' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"sayso.incidents.{_LAZY[name]}"), name)
