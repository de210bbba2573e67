"""A ledger's incidents and claims in the formats that other programs read: one file a format, streamed."""

from sayso.exchange.export import FORMATS, WHATS, export

__all__ = ["FORMATS", "WHATS", "export"]
