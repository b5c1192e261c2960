"""Who opens a visit of the upper level, prolongs and ends it; who looks, who says what was found, who answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bihuan.areas.inspection.models import Task
from bihuan.areas.outcome import states, words
from bihuan.areas.outcome.models import CheckVerdict, CheckVisit
from bihuan.areas.outcome.reads.checking import checkable_tasks, visits_of_office
from bihuan.areas.outcome.reads.inside import is_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.org.models import Grant, Person
from bihuan.org.roles import VISITORS

_LATEST, _OFFICE = "刷新页面看最新情况", "由巡察办办"


def may_open_checks(by: Actor) -> Verdict:
    if by.may(states.PLAN):
        return Verdict.yes()
    return Verdict.not_yours(_OFFICE, "请巡察办办理")


def may_open_check(
    tasks: Iterable[Task], members: Iterable[Person], until_on: date, by: Actor, day: date
) -> Verdict:
    """`until_on` is the last day. Members come from outside: they hold the one role and no other."""
    may = may_open_checks(by)
    if not may:
        return may
    ready = set(checkable_tasks(by).values_list("pk", flat=True))
    for task in tasks:
        if task.pk not in ready:
            return Verdict.no(f"{task}的问题还没有下达整改，或是您本人所在的单位", "换一项任务")
    for person in members:
        may = _comes_from_outside(person, tasks, until_on, day)
        if not may:
            return may
    return Verdict.yes()


def _comes_from_outside(person: Person, tasks: Iterable[Task], until_on: date, day: date) -> Verdict:
    standing = Grant.objects.standing(day).held_by(person.pk, day).distinct()
    roles = {grant.role: grant for grant in standing}
    granted = [grant for code, grant in roles.items() if code in VISITORS]
    if not granted:
        return Verdict.no(f"{person.name}没有“上级检查人员”的授权", "请系统管理员开账号，安全管理员授权")
    if len(roles) > len(granted):
        return Verdict.no(f"{person.name}在本集团还有别的授权，不是上级来人", "换一个人，或先收回别的授权")
    if all(grant.to_day and grant.to_day < until_on for grant in granted):
        return Verdict.no(f"{person.name}的授权先到期", "请安全管理员重新授权，或缩短期限")
    if any(is_of(task, person) for task in tasks):
        return Verdict.no(f"{person.name}在被查验的单位", "换一个人")
    return Verdict.yes()


def manages_check(visit: CheckVisit, by: Actor) -> Verdict:
    if not by.may(states.PLAN) or not visits_of_office(by).filter(pk=visit.pk).exists():
        return Verdict.not_yours(_OFFICE, "请巡察办办理")
    return Verdict.yes()


def may_change_check(visit: CheckVisit, by: Actor, day: date) -> Verdict:
    """Prolong or withdraw, while there is something left of it."""
    may = manages_check(visit, by)
    if may and visit.ended_at is not None:
        return Verdict.no("已经终止", "要再看，另开一次")
    if may and visit.until_on < day:
        return Verdict.no("已经到期", "要再看，另开一次")
    return may


def looks(visit: CheckVisit, by: Actor, day: date) -> bool:
    """A member of the check, inside its term. Whatever else they are counts for nothing here."""
    return CheckVisit.objects.of_member(by, day).filter(pk=visit.pk).exists()


def may_look_at(visit: CheckVisit, by: Actor, day: date) -> Verdict:
    if looks(visit, by, day) or visits_of_office(by).filter(pk=visit.pk).exists():
        return Verdict.yes()
    return Verdict.not_yours("没有找到")


def may_say_verdict(visit: CheckVisit, known: CheckVerdict | None, by: Actor, day: date) -> Verdict:
    if not looks(visit, by, day):
        return Verdict.not_yours("由检查人员在期限内记", "请检查组办理")
    if known is not None and known.settled_at is not None:
        return Verdict.no("巡察办已经处理，结论不能再改", _LATEST)
    return Verdict.yes()


def may_settle(verdict: CheckVerdict, by: Actor) -> Verdict:
    may = manages_check(verdict.visit, by)
    if may and verdict.settled_at is not None:
        return Verdict.no("已经处理", _LATEST)
    if may and verdict.verdict != words.FALSE:
        return Verdict.no("结论不是“不实”，不用处理", "")
    return may
