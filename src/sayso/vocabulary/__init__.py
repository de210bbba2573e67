"""The words that sayso uses, as YAML that a domain expert can review: entries with a label, a help text and codes.

One file a vocabulary; the file's keys are the values that the model, the ledger and every export hold.
"""

from sayso.vocabulary.entry import NAMES, Codes, Entry, load

__all__ = ["NAMES", "Codes", "Entry", "load"]
