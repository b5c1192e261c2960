"""Official papers: letters, the notice of rectification, the closing form; as Word and as PDF."""

from .forms import FORMS
from .outlines import CLOSING, NOTICE, OUTLINES, outline_of
from .saying import closing_facts, letter_facts, notice_facts

__all__ = [
    "CLOSING",
    "FORMS",
    "NOTICE",
    "OUTLINES",
    "closing_facts",
    "letter_facts",
    "notice_facts",
    "outline_of",
]
