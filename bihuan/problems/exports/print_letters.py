"""The worker makes the papers of the letters that went out: a portion a job, then the next job."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from bihuan.documents.exports import make_paper
from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid
from bihuan.problems.actions.ask_papers import ask_papers
from bihuan.problems.actions.keep_paper import keep_paper
from bihuan.problems.models import Letter
from bihuan.record.actions.keep_file import keep_file

from .papers import letter_facts, outline_of

PORTION = 100


def unprinted() -> Any:
    """Letters that went out and have no paper yet."""
    return Letter.objects.filter(Q(docx=None), issued_at__isnull=False).order_by("id")


def print_letters(run: Any) -> None:
    """Handler of the job; a second run makes only what is still missing."""
    waiting = unprinted()
    total = min(waiting.count(), PORTION)
    letters = waiting.select_related(
        "problem__unit", "problem__supervisor", "problem__lead", "unit", "received_by"
    )
    done = 0
    for done, letter in enumerate(list(letters[:PORTION]), 1):
        print_letter(letter, run.at)
        run.progress(done, total, f"已成文 {done} 份")
    if waiting.exists():
        ask_papers(by=SYSTEM, at=run.at.replace(microsecond=(run.at.microsecond + 1) % 1_000_000))


def print_letter(letter: Letter, at: datetime) -> bool:
    """Word and, where it can be made, PDF of one letter, kept beside it."""
    outline, facts = outline_of(letter.step), letter_facts(letter, local_day(at))
    try:
        made = make_paper(outline, facts)
    except Invalid:  # checked when it was put in; a letter that went out must still have its paper
        made = make_paper(outline, facts, own=False)
    name = f"{letter.title}_{letter.number}"
    word = keep_file(content=made.docx, name=f"{name}.docx", by=SYSTEM, at=at)
    printed = keep_file(content=made.pdf, name=f"{name}.pdf", by=SYSTEM, at=at) if made.pdf else None
    return keep_paper(letter=letter, docx=word, pdf=printed, by=SYSTEM, at=at)
