"""Labels: which expressions an article uses for persons, states, organisations, places and events.

Expressions are listed in an alias table that the user can edit, or found in the text by their shape. What is not
certain is left out: a label that is missed is a gap, one that is given to the wrong actor is an error.
"""

from __future__ import annotations

from analysis.labels.aliases import Aliases, read_aliases
from analysis.labels.find import find_labels
from analysis.labels.ledger import label_ledger

__all__ = ["Aliases", "find_labels", "label_ledger", "read_aliases"]
