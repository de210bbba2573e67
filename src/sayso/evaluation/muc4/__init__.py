"""Scores the reading against MUC-4: terrorism and conflict in Latin American newswire, with keys of 24 slots.

``sayso evaluate muc4 PATH`` reads the messages (``messages``), makes templates from their accounts (``mapping``) and
compares them with the keys (``keys``, ``scores``). The names below are those that every scorer of several sets has.
"""

from sayso.evaluation.muc4.page import as_figures, as_page, as_text, difference_lines
from sayso.evaluation.muc4.scorer import score_sets

differences = difference_lines

__all__ = ["as_figures", "as_page", "as_text", "differences", "score_sets"]
