"""What the pages of this room ask."""

from .matrix import Holder, holders_on, matrix_on, matrix_rows, shipped, spelled, unspelled
from .section import Line, Section
from .sections import SECTIONS, sections_of

__all__ = [
    "SECTIONS",
    "Holder",
    "Line",
    "Section",
    "holders_on",
    "matrix_on",
    "matrix_rows",
    "sections_of",
    "shipped",
    "spelled",
    "unspelled",
]
