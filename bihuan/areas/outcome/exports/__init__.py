"""What the worker puts together for a check of the upper level."""

from .pack import Entry, entries_of, zipped
from .thread import THREAD

__all__ = ["THREAD", "Entry", "entries_of", "zipped"]
