"""Events of many reports become incidents: by rules that give their reasons in words, and by nothing else."""

from sayso.incidents.join import Changes, explain, update

__all__ = ["Changes", "explain", "update"]
