"""Official papers: letters, the notice of rectification, the closing form; as Word and as PDF."""

from .making import make_paper, own_template
from .outlines import CLOSING, NOTICE, OUTLINES, outline_of
from .saying import closing_facts, letter_facts, notice_facts

__all__ = [
    "CLOSING",
    "NOTICE",
    "OUTLINES",
    "closing_facts",
    "letter_facts",
    "make_paper",
    "notice_facts",
    "outline_of",
    "own_template",
]
