"""Figures about the loop, each with its numerator, its denominator and the rows behind both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet

from bihuan.kernel.moment import day_start, local_day
from bihuan.org.models import Unit
from bihuan.org.reads import rule
from bihuan.record.models import Event
from bihuan.registry.contract import Fact, FactRow, Period, Scope

from .models import Closure, Likeness, Lookback, Problem, Recheck

PACK = "problems"
_BACK = ("problem.reopened", "problem.rechecked")


def _base(scope: Scope, period: Period) -> QuerySet[Problem]:
    """Live problems of the scope that were found in the period, as this reader may see them."""
    found = Problem.objects.visible_to(scope.actor).live().found_between(period.start, period.end)
    if period.problems is not None:
        found = found.filter(pk__in=period.problems())
    if scope.unit_id is not None:
        found = found.in_unit(Unit.objects.get(pk=scope.unit_id).path or "")
    return found


def _rows(over: QuerySet[Problem], under: QuerySet[Problem]) -> Iterable[FactRow]:
    """A row per responsible unit: `over` of `under`. Two queries, whatever the number of units."""
    named: dict[int, str] = {}
    whole: dict[int, list[str]] = defaultdict(list)
    part: dict[int, list[str]] = defaultdict(list)
    columns = ("unit_id", "unit__name", "number")
    for unit_id, name, number in under.order_by("number").values_list(*columns):
        named[unit_id] = name
        whole[unit_id].append(number)
    for unit_id, _, number in over.order_by("number").values_list(*columns):
        part[unit_id].append(number)
    for unit_id in sorted(named):
        yield FactRow(
            subject=f"unit:{unit_id}",
            label=named[unit_id],
            numerator=len(part[unit_id]),
            denominator=len(whole[unit_id]),
            keys=tuple(part[unit_id]),
            all_keys=tuple(whole[unit_id]),
        )


def total(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    base = _base(scope, period)
    return _rows(base, base)


def open_count(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    base = _base(scope, period)
    return _rows(base.open(), base)


def overdue(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    """Overdue ÷ open. Overdue is a query, not a state."""
    base = _base(scope, period)
    return _rows(base.overdue(local_day(at)), base.open())


def completion(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    """Done ÷ all. Basically done is not done; what a ledger only states is apart, see `stated`.

    Source: a published municipal ledger counts 688 done of 697 and leaves 4 basically done out.
    """
    base = _base(scope, period).verified_here()
    return _rows(base.filter(progress="done"), base)


def basically_done(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    base = _base(scope, period).verified_here()
    return _rows(base.filter(progress="basically_done"), base)


def stated_completion(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    """Closed by a ledger's word alone ÷ all: how much of the ledger rests on what was stated."""
    base = _base(scope, period)
    return _rows(base.merely_stated(), base)


def closed(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    """Closed by a second person ÷ all."""
    base = _base(scope, period).verified_here()
    return _rows(base.done_with(), base)


def on_time(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    """Submitted by the current deadline ÷ closed ones that had a deadline."""
    base = _base(scope, period).verified_here().done_with()
    judged = Closure.objects.filter(round=F("problem__round"), on_time__isnull=False)
    good = judged.filter(on_time=True)
    return _rows(
        base.filter(pk__in=good.values("problem_id")), base.filter(pk__in=judged.values("problem_id"))
    )


def reopened(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    """Came back ÷ ever closed: the relapse rate (反弹率)."""
    base = _base(scope, period)
    ever = base.filter(pk__in=Closure.objects.values("problem_id"))
    back = ever.filter(pk__in=Closure.objects.filter(round__lt=F("problem__round")).values("problem_id"))
    return _rows(back, ever)


def _seen(scope: Scope, period: Period) -> QuerySet[Problem]:
    """Live problems of the scope as this reader may see them, whenever they were found."""
    return _base(scope, Period(None, None, problems=period.problems))


def lookback(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    """Looked at ÷ drawn, of the draws of the period."""
    drawn = _on_days(Lookback.objects.all(), "draw__drawn_at", period)
    base = _seen(scope, period)
    done = drawn.filter(recheck__isnull=False)
    return _rows(
        base.filter(pk__in=done.values("problem_id")), base.filter(pk__in=drawn.values("problem_id"))
    )


def paper_only(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    """Put right on paper only ÷ looked at again, of the look-backs of the period."""
    looked = _on_days(Recheck.objects.all(), "done_at", period)
    base = _seen(scope, period)
    bad = looked.filter(found="paper_only")
    return _rows(
        base.filter(pk__in=bad.values("problem_id")), base.filter(pk__in=looked.values("problem_id"))
    )


def _on_days(rows: QuerySet, name: str, period: Period) -> QuerySet:
    """Rows whose moment `name` lies on the days of the period, both included, in China."""
    if period.start is not None:
        rows = rows.filter(**{f"{name}__gte": day_start(period.start)})
    if period.end is not None:
        rows = rows.filter(**{f"{name}__lt": day_start(period.end + timedelta(days=1))})
    return rows


def recurrence(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    """Opened again, or confirmed as repeated, within the window of the pack after closing ÷ ever closed here."""
    ever = _base(scope, period).filter(pk__in=Closure.objects.values("problem_id"))
    if not ever.exists():  # an empty house has no rule pack to ask
        return []
    window = timedelta(days=int(rule(PACK, "repeat.window_days", local_day(at)).value))
    return _rows(ever.filter(pk__in=_back_within(window, ever, at)), ever)


def _back_within(window: timedelta, ever: QuerySet[Problem], at: datetime) -> set[int]:
    """Only what came back at all is read: few, whatever the number of problems."""
    back: dict[int, list[date]] = defaultdict(list)
    repeats = Problem.objects.live().filter(repeat_of__in=ever.values("pk"))
    for pk, day, raised in repeats.values_list("repeat_of_id", "found_on", "raised_at"):
        back[pk].append(day or local_day(raised))
    came = list(ever.filter(round__gt=1).values_list("pk", flat=True))
    for chunk in _chunks([f"problem:{pk}" for pk in came]):
        events = Event.objects.filter(stream__in=chunk, kind__in=_BACK, recorded_at__lte=at)
        for stream, data, when in events.values_list("stream", "data", "occurred_at"):
            if data.get("to") == "rectifying":
                back[int(stream.partition(":")[2])].append(local_day(when))
    found = set()
    for chunk in _chunks(list(back)):
        closed = Closure.objects.filter(problem__in=chunk).values_list("problem_id", "done_at")
        for pk, done in closed:
            first = local_day(done)
            if any(first <= day <= first + window for day in back[pk]):
                found.add(pk)
    return found


def _chunks(items: list) -> Iterable[list]:
    return (items[start : start + 500] for start in range(0, len(items), 500))


def repeat_incomplete(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    """The same thing at the same place after it was closed, or found by looking back ÷ all."""
    base = _base(scope, period)
    same = Likeness.objects.filter(verdict="same", problem__repeat_of=F("like")).filter(
        Q(like__is_open=False) | Q(like__round__gt=1)
    )
    looked = Recheck.objects.filter(found="incomplete")
    over = base.filter(Q(pk__in=same.values("problem_id")) | Q(pk__in=looked.values("problem_id")))
    return _rows(over, base)


def repeat_not_spread(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    """What had been found elsewhere before and was not looked for here ÷ all."""
    base = _base(scope, period)
    spread = Likeness.objects.filter(verdict="spread", problem__repeat_of=F("like"))
    return _rows(base.filter(pk__in=spread.values("problem_id")), base)


FACTS = (
    Fact("problems.total", "问题数", total, kind="count"),
    Fact("problems.open", "未销号", open_count),
    Fact("problems.overdue", "逾期", overdue, note="逾期件数 ÷ 未销号件数；长期坚持的不按日期算逾期"),
    Fact(
        "problems.completion",
        "完成率",
        completion,
        note="已完成 ÷ 全部；基本完成不计入；不含台账载明已销号的",
    ),
    Fact("problems.basically_done", "基本完成", basically_done, note="单列，不计入完成"),
    Fact(
        "problems.stated_completion",
        "台账载明销号",
        stated_completion,
        note="原台账载明、未在本系统核验的 ÷ 全部",
    ),
    Fact("problems.closed", "销号率", closed, note="经第二人核验销号 ÷ 全部；不含台账载明已销号的"),
    Fact("problems.on_time", "按期整改率", on_time, note="在期限内申请销号并通过 ÷ 有期限的已销号"),
    Fact("problems.lookback", "回头看完成率", lookback, note="已回头看 ÷ 抽中，按抽取时间"),
    Fact(
        "problems.paper_only",
        "纸面整改率",
        paper_only,
        note="回头看认定纸面整改 ÷ 回头看，按回头看时间；一件问题只算一次",
    ),
    Fact("problems.reopened", "反弹率", reopened, note="销号后又打开 ÷ 曾经销号"),
    Fact(
        "problems.recurrence",
        "重复发生率",
        recurrence,
        note="销号后在规则包的认定期内又打开，或被认定重复发生、举一反三不到位 ÷ 曾经在本系统销号",
    ),
    Fact(
        "problems.repeat_incomplete",
        "整改不彻底",
        repeat_incomplete,
        note="认定为同一处重复发生，或回头看认定整改不彻底 ÷ 全部",
    ),
    Fact(
        "problems.repeat_not_spread",
        "举一反三不到位",
        repeat_not_spread,
        note="认定为别处有过、本处又发生 ÷ 全部",
    ),
)
