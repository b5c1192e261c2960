"""What the pages of this room ask."""

from .matrix import Holder, holders_on, matrix_on, matrix_rows, shipped, spelled, unspelled
from .sections import SECTIONS, Line, Section, sections_of

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
