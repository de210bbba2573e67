"""Events of many reports become incidents: by rules that give their reasons in words, and by nothing else."""

from sayso.incidents.chains import Step, chain
from sayso.incidents.compare import Comparison
from sayso.incidents.ids import current_id
from sayso.incidents.join import Changes, explain, update
from sayso.incidents.status import Standing
from sayso.incidents.summary import slot_standings

__all__ = ["Changes", "Comparison", "Standing", "Step", "chain", "current_id", "explain", "slot_standings", "update"]
