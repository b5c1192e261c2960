"""What papers offer to the house: the worker that makes them, and the page of their templates."""

from __future__ import annotations

from bihuan.record.closed import reseal
from bihuan.registry.contract import JobKind, Nav, Offer

from .actions.ask_paper import MAKE
from .jobs import make_asked
from .models import MadePaper
from .policies import RULES_MANAGE
from .words import DATA_WORDS, EVENT_WORDS

OFFER = Offer(
    code="documents",
    title="文书",
    order=80,
    nav=(
        Nav(
            "文书模板",
            "/documents/templates/",
            "file-type-docx",
            section="base",
            order=88,
            needs=RULES_MANAGE,
        ),
    ),
    jobs=(JobKind(MAKE, "制作文书", make_asked, max_attempts=3),),
    urls="bihuan.documents.urls",
    mount="documents",
    event_words=EVENT_WORDS,
    data_words=DATA_WORDS,
    reseal=lambda: reseal(MadePaper),
)
