"""The filters of the ledger as words of a queryset."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from bihuan.kernel.actor import Actor
from bihuan.org.models import BusinessLine, Unit
from bihuan.org.reads import portfolio_of
from bihuan.problems import states
from bihuan.problems.models import Likeness, Lookback, Part, Problem, Submission
from bihuan.problems.querysets import EVERYTHING, NOTHING, ProblemQuery, within
from bihuan.ui.lists.spans import Span, read_span

from .looks import LOOKS

_SPANS = {"today": "today", "three": "next-3", "seven": "next-7", "month": "this-month"}


class LedgerQuery(ProblemQuery):
    """The filters of the ledger as words. The day and the reader come in with `seen_by`, not from outside."""

    day: date
    reader: Actor

    def _clone(self):  # type: ignore[no-untyped-def]
        twin = super()._clone()
        twin.day, twin.reader = self.day, self.reader
        return twin

    @classmethod
    def seen_by(cls, actor: Actor, day: date, may_see: Q | None = None) -> LedgerQuery:
        """What the reader may see; `may_see` is that in the shorter words of `sight_of`, made once a page."""
        rows = cls(model=Problem)
        rows.day, rows.reader = day, actor
        return rows.visible_to(actor) if may_see is None else rows.filter(may_see)  # type: ignore[return-value]

    def in_units(self, ids: tuple[str, ...]) -> LedgerQuery:
        """Responsibility of these units or of one below them."""
        known = Unit.objects.filter(pk__in=[i for i in ids if i.isdecimal()]).exclude(path=None)
        paths = Q(pk__in=())
        for path in known.values_list("path", flat=True):
            paths |= Q(path__startswith=path)
        return self.filter(unit__in=Unit.objects.filter(paths).values("pk"))

    def at_stage(self, codes: tuple[str, ...]) -> LedgerQuery:
        chosen = set(codes) & set(LOOKS)
        chosen |= set(states.OPEN) if "open" in codes else set()
        chosen |= set(states.DONE_WITH) if "done" in codes else set()
        return self.open() if set(codes) == {"open"} else self.filter(closure__in=chosen)

    def sources(self, codes: tuple[str, ...]) -> LedgerQuery:
        return self.from_source(*codes)

    def graded(self, codes: tuple[str, ...]) -> LedgerQuery:
        return self.filter(grade__in=codes)

    def timed(self, codes: tuple[str, ...]) -> LedgerQuery:
        return self.filter(timing__in=codes)

    def progressed(self, codes: tuple[str, ...]) -> LedgerQuery:
        return self.filter(progress__in=codes)

    def by_clock(self, code: str) -> LedgerQuery:
        if code == "late":
            return self.overdue(self.day)
        if code == "none":
            return self.open().filter(due_on=None).exclude(timing="long_term")
        span = read_span(_SPANS[code], self.day)
        return (
            self.due_within(max(self.day, span.start), span.end)
            if code != "month"
            else self._this_month(span)
        )

    def _this_month(self, span: Span) -> LedgerQuery:
        """本月到期 counts what is late already: it is due this month all the same."""
        return self.open().filter(due_on__gte=span.start, due_on__lte=span.end).exclude(timing="long_term")

    def found_in(self, span: Span) -> LedgerQuery:
        return self.found_between(span.start, span.end)

    def supervised_by(self, ids: tuple[str, ...]) -> LedgerQuery:
        return self.filter(supervisor__in=[i for i in ids if i.isdecimal()])

    def led_by(self, name: str) -> LedgerQuery:
        return self.filter(Q(lead__name__contains=name) | Q(lead_text__contains=name))

    def in_category(self, text: str) -> LedgerQuery:
        return self.filter(category__contains=text)

    def by_history(self, code: str) -> LedgerQuery:
        return self.filter(taken_over=code == "taken")

    def with_guesses(self, _: bool) -> LedgerQuery:
        return self.exclude(guessed={})

    def repeated(self, _: bool) -> LedgerQuery:
        return self.filter(Q(repeat_of__isnull=False) | Q(round__gt=1))

    def to_look_back(self, _: bool) -> LedgerQuery:
        return self.filter(pk__in=Lookback.objects.filter(is_open=True).values("problem_id"))

    def likely_repeats(self, _: bool) -> LedgerQuery:
        """Looks like an earlier one and waits for somebody to say whether it is."""
        waiting = Likeness.objects.filter(problem=OuterRef("pk"), verdict="")
        return self.filter(Exists(waiting), repeat_of=None)

    def mine(self, code: str) -> LedgerQuery:
        me = self.reader.person_id
        if code == "lead":
            return self.open().filter(lead_id=me)
        if code == "raised":
            return self.filter(raised_by_id=me)
        if code == "portfolio":
            return self.charged_to(portfolio_of(me, self.day))  # type: ignore[return-value]
        return self.awaiting_me()

    def in_lines(self, ids: tuple[str, ...]) -> LedgerQuery:
        """Categories of these business lines."""
        lines = BusinessLine.objects.filter(pk__in=[i for i in ids if i.isdecimal()])
        return self.filter(category__in=[word for line in lines for word in line.categories])

    def awaiting_me(self) -> LedgerQuery:
        """In verification, within what this person may verify, and not of their own making."""
        may = within(self.reader.reaches_for("problem.verify"))
        minor = within(self.reader.reaches_for("problem.verify_minor"))
        small = Submission.objects.filter(problem=OuterRef("pk"), round=OuterRef("round"), on_the_spot=True)
        own = Part.objects.filter(problem=OuterRef("pk"), person_id=self.reader.person_id, side="rectify")
        if may is not EVERYTHING and minor is not NOTHING:
            may |= minor & Q(Exists(small), grade="general")
        return self.filter(
            may,
            ~Exists(own),
            ~Q(lead_id=self.reader.person_id),
            closure=states.VERIFYING,
        )
