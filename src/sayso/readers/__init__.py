"""Readers other than the built-in one: a seam by which a user plugs in a larger model (docs/readers.md)."""

from sayso.readers.protocol import Reader, signature
from sayso.readers.registry import listing, open_reader, sends_to

__all__ = ["Reader", "listing", "open_reader", "sends_to", "signature"]
