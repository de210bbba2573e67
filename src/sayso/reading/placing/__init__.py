"""Event and place: how likely it is that an act happened at each place that its sentence names.

A small trained model over pairs of an act's word and a name; the words around them and the parse between them decide.
"""

from sayso.reading.placing.model import Binder, binder
from sayso.reading.placing.names import Name, names_of

__all__ = ["Binder", "Name", "binder", "names_of"]
