"""Who may, in which order, and what must not become public."""

from .exempts import exempts_of, exposure_verdict, shows
from .steps import (
    may_answer,
    may_draft,
    may_draft_under,
    may_keep_catalogue,
    may_speak,
    text_verdict,
    verdict,
)

__all__ = [
    "exempts_of",
    "exposure_verdict",
    "may_answer",
    "may_draft",
    "may_draft_under",
    "may_keep_catalogue",
    "may_speak",
    "shows",
    "text_verdict",
    "verdict",
]
