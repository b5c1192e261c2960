"""What of a rectification is made public, and what is left out: the seam to the room `publication`."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.areas.outcome import words
from bihuan.areas.outcome.models import Exemption, Feedback
from bihuan.org.models import Unit
from bihuan.problems import states as loop
from bihuan.publication.models import Entry
from bihuan.publication.reads import entry_of
from bihuan.registry.lines import Exempt

from .figures import figures_of
from .inside import main_unit
from .lists import Line, lines_of

ENTRY, PREFIX = "inspection.rectification", "outcome.feedback:"


def origin_of(feedback: Feedback) -> str:
    return f"{PREFIX}{feedback.pk}"


def entry() -> Entry:
    return entry_of(ENTRY)


def unit_of(feedback: Feedback) -> Unit | None:
    """In whose name it is made public."""
    return main_unit(feedback.task)


def exempts(origin: str) -> Iterator[Exempt]:
    """Asked by `publication` before a text goes out: what was exempted, and what is asked and not decided."""
    if not origin.startswith(PREFIX):
        return
    pk = origin.removeprefix(PREFIX)
    rows = Exemption.objects.filter(item__feedback=pk, item__problem__isnull=False).exclude(granted=False)
    for row in rows.select_related("item__problem").order_by("item__order"):
        yield Exempt(row.item.problem.number, row.item.problem.statement)


def texts_of(feedback: Feedback) -> tuple[str, str]:
    """(inside, outside): both leave out what is exempt; the one for society says no measures."""
    hidden = set(
        Exemption.objects.filter(item__feedback=feedback)
        .exclude(granted=False)
        .values_list("item", flat=True)
    )
    shown = [line for line in lines_of(feedback) if line.problem is not None and line.item.pk not in hidden]
    now = figures_of([feedback.pk])
    head = words.public_head(feedback.task.org.name, now.total, now.done, now.basically, now.rest)
    inside = [head, *(_told(n, line, measures=True) for n, line in enumerate(shown, 1))]
    outside = [head, *(_told(n, line, measures=False) for n, line in enumerate(shown, 1))]
    return "\n".join(inside), "\n".join(outside)


def _told(number: int, line: Line, *, measures: bool) -> str:
    done = line.problem.closure in loop.DONE_WITH
    taken = [one.text for one in line.measures] if measures else []
    return words.public_line(number, line.problem.statement, taken, done=done)
