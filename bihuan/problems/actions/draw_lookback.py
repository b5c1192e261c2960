"""回头看抽查: draw closed problems by lot, and give each to somebody who had no part in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.kernel.moment import day_start, local_day
from bihuan.kernel.refused import Invalid, Refused, Stale
from bihuan.notify.actions.tell_all import tell_all
from bihuan.notify.models import Notice
from bihuan.org.reads import current_pack, values_of, work_calendar
from bihuan.org.reads.nearest import WhoMay
from bihuan.problems import states, words
from bihuan.problems.models import Lookback, LookbackDraw, Measure, Part, Problem, Submission, Verification
from bihuan.problems.policies.lookback import (
    RECHECK,
    DrawRule,
    draw,
    drawn_this_month,
    fingerprint,
    may_draw,
    month_of,
)
from bihuan.problems.querysets import ProblemQuery
from bihuan.record.actions.append import append

#: up to so many numbers the pool stands in the event itself; above, its fingerprint does
IN_EVENT = 1000
Kind = LookbackDraw.Kind


def pool_of(rule: DrawRule, at: datetime) -> ProblemQuery:
    """Closed here, long enough ago, not looked at since and not drawn before for this round."""
    last = day_start(local_day(at) - timedelta(days=rule.after_days - 1))
    drawn = Lookback.objects.filter(problem=OuterRef("pk"), round=OuterRef("round"))
    return Problem.objects.filter(
        ~Exists(drawn), closure=states.CLOSED, closed_by__isnull=False, closed_at__lt=last
    )


@transaction.atomic
def draw_lookback(
    *, by: Actor, at: datetime, reason: str = "", extra: bool = False, seed: str = ""
) -> LookbackDraw:
    """Draw for the month of `at`, or once more (`extra`, with a reason). Returns the draw with its result.

    Raises Refused when the month was drawn, Stale when two drew at the same moment: nobody is drawn twice.
    """
    may = may_draw(by)
    if not may:
        raise Refused(may.reason, may.todo)
    if extra and not reason.strip():
        raise Invalid("没有写追加抽查的原因", "写清为什么再抽一次", field="reason")
    if not extra and drawn_this_month(at):
        raise Refused("本月已经抽过", "要再抽就写明原因，追加抽查")
    pack = current_pack("problems", local_day(at))
    rule = DrawRule.of(values_of(pack))
    seed = seed or token_hex(16)
    rows = dict(pool_of(rule, at).order_by("number").values_list("number", "pk"))
    numbers = list(rows)
    won = draw(numbers, seed, rule.size(len(numbers)))
    try:
        with transaction.atomic():
            made = LookbackDraw.objects.create(
                month=month_of(at),
                kind=Kind.EXTRA if extra else Kind.MONTHLY,
                reason=reason.strip()[:200],
                seed=seed,
                share=rule.share,
                after_days=rule.after_days,
                most=rule.most,
                rule_pack=pack,
                pool="\n".join(numbers),
                pool_sha256=fingerprint(numbers),
                pool_size=len(numbers),
                drawn_size=len(won),
                drawn_at=at,
                drawn_by_id=by.person_id,
            )
            lookbacks = _hand_out(made, [rows[number] for number in won], rule, at)
    except IntegrityError:
        raise Stale() from None
    _write_down(made, numbers, won, by, at)
    _tell(made, lookbacks, by, at)
    return made


def _write_down(made: LookbackDraw, numbers: list[str], won: list[str], by: Actor, at: datetime) -> None:
    append(
        stream=made.stream, kind="lookback.drawn", by=by, at=at, subject=made.month,
        data={
            "month": made.month, "kind": made.kind, "text": made.reason, "seed": made.seed, "share": made.share,
            "pool": numbers if len(numbers) <= IN_EVENT else [], "pool_sha256": made.pool_sha256,
            "pool_size": len(numbers), "drawn": won, "unassigned": made.unassigned,
        },
    )  # fmt: skip


@dataclass(slots=True)
class _Looked:
    """Who had a part in which problem: for many problems in five queries."""

    parts: dict[int, set[int]]

    @classmethod
    def of(cls, problems: list[Problem]) -> _Looked:
        ids = [problem.pk for problem in problems]
        parts: dict[int, set[int]] = defaultdict(set)
        for rows, who in ((Part, "person_id"), (Measure, "owner_id"), (Submission, "done_by_id"),
                          (Verification, "done_by_id")):  # fmt: skip
            for problem, person in rows.objects.filter(problem__in=ids).values_list("problem_id", who):
                parts[problem].add(person)
        for problem in problems:
            parts[problem.pk] |= {problem.lead_id, problem.submitted_by_id, problem.closed_by_id}
        return cls(parts)


def _hand_out(made: LookbackDraw, ids: list[int], rule: DrawRule, at: datetime) -> list[Lookback]:
    """Whoever may look, had no part and has least to do already; the nearer to the unit, the earlier."""
    found = Problem.objects.select_related("unit", "supervisor").in_bulk(ids)
    problems = [found[pk] for pk in ids]
    looked, may = _Looked.of(problems), WhoMay(RECHECK, day=local_day(at))
    load = dict(
        Lookback.objects.filter(is_open=True, assignee__isnull=False)
        .values_list("assignee_id")
        .annotate(n=Count("pk"))
    )
    due = work_calendar().add(local_day(at), rule.due_amount, rule.due_day_type)
    made_ones = []
    for order, problem in enumerate(problems, 1):
        able = may.all(problem.unit.path or "")
        free = [person for person in able if person not in looked.parts[problem.pk]]
        chosen = min(free, key=lambda person: (load.get(person, 0), -able[person], person), default=None)
        if chosen is not None:
            load[chosen] = load.get(chosen, 0) + 1
        made_ones.append(
            Lookback(
                draw=made, problem=problem, round=problem.round, order=order, assignee_id=chosen, due_on=due
            )
        )
    made.unassigned = sum(one.assignee_id is None for one in made_ones)
    LookbackDraw.objects.filter(pk=made.pk).update(unassigned=made.unassigned)
    return Lookback.objects.bulk_create(made_ones, batch_size=500)


def _tell(made: LookbackDraw, lookbacks: list[Lookback], by: Actor, at: datetime) -> None:
    """Who is to look, one line each; and the supervising department, where nobody without a part was found."""
    piles: dict[int, list[Lookback]] = defaultdict(list)
    nobody: dict[int, list[Lookback]] = defaultdict(list)
    supervisors = WhoMay("problem.assign", day=local_day(at)) if made.unassigned else None
    for one in lookbacks:
        if one.assignee_id is not None:
            piles[one.assignee_id].append(one)
        elif supervisors is not None:
            home = one.problem.supervisor.path or "" if one.problem.supervisor else ""
            for person in supervisors.nearest(one.problem.unit.path or "", home=home):
                nobody[person].append(one)
    page = reverse("problems:lookback-draw", args=[made.pk])
    notices = [
        Notice(
            person, f"lookback:{made.pk}:look", words.lookback_told(len(pile), pile[0].due_on), page, "soon"
        )
        for person, pile in piles.items()
    ]
    notices += [
        Notice(person, f"lookback:{made.pk}:nobody", words.lookback_nobody(len(pile)), page, "late")
        for person, pile in nobody.items()
    ]
    tell_all(notices=notices, at=at, by=SYSTEM)
