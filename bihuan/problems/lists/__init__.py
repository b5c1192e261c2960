"""The ledger: `Ledger` is the list, `look_of` and `clock_of` say how a problem looks on any page."""

from .ledger import Ledger
from .looks import LOOKS, clock_of, look_of, source_label

__all__ = ["LOOKS", "Ledger", "clock_of", "look_of", "source_label"]
