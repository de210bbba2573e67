"""sayso: the ledger of who says what happened in a war."""

__version__ = "0.1.0"
