"""How a case goes on, as a generator: it yields when its next step is due and is resumed at that moment.

What lies after today is simply never reached, so every state there is comes about by itself.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bihuan.kernel.moment import local_day
from bihuan.org.demo.group import Group

from .acts import Acts
from .cases import Case, may_be_major
from .hours import Hours

Life = Generator[datetime, datetime, None]


@dataclass(slots=True)
class Fate:
    """What the lot has in store. Probabilities are those of a group that takes its loop seriously."""

    spot: bool
    quick: bool
    late: int
    stuck: bool
    sent_back: int
    rejected: int
    extension: str
    transfer: str
    void: bool
    look: str
    comment: bool

    @classmethod
    def draw(cls, case: Case, *, recent: bool) -> Fate:
        random, lot = case.random, case.random.random
        plain = case.grade == "general" and case.timing == "time_limited"
        way = lot() if plain else 1.0
        scene = bool(case.category.scene)
        return cls(
            spot=way < 0.24 and scene,
            quick=(quick := way < 0.42),
            late=random.randrange(1, 13) if lot() < 0.07 else 0,
            stuck=recent and lot() < 0.08,
            sent_back=1 if lot() < 0.2 else 0,
            rejected=random.choice((1, 1, 1, 2)) if lot() < (0.05 if quick else 0.17) else 0,
            extension=random.choice(("granted", "granted", "granted", "refused")) if lot() < 0.12 else "",
            transfer=random.choice(("taken", "taken", "refused")) if lot() < 0.03 else "",
            void=lot() < 0.014,
            look=random.choice(("good",) * 8 + ("bad",)) if lot() < 0.24 else "",
            comment=lot() < 0.06,
        )


def grade(case: Case) -> None:
    """Weight of a case: about ten major ones in a full load, a tenth serious, some that never end."""
    lot = case.random.random()
    if case.random.random() < 0.014 and may_be_major(case):
        case.grade, case.plan = "major", True
    elif lot < 0.09:
        case.grade, case.plan = "serious", True
    elif lot < 0.36 and case.category.name in ("党建责任", "三重一大", "环保设施", "班组管理"):
        case.timing, case.plan = "long_term", True
    else:
        case.plan = lot > 0.72
    if case.plan and case.grade != "major" and case.timing == "time_limited":
        case.due_on = local_day(case.found) + timedelta(days=case.random.choice((45, 45, 60, 60, 75, 90)))
    elif case.timing == "time_limited" and lot > 0.4:
        case.due_on = local_day(case.found) + timedelta(days=case.random.choice((25, 30, 30, 45)))


class Lives:
    def __init__(self, group: Group, hours: Hours, today: date) -> None:
        self.group, self.hours, self.today = group, hours, today

    def begin(self, case: Case) -> Life:
        """A case found by somebody: assigned, taken on, mended, seen, looked at again."""
        recent = (self.today - local_day(case.found)).days < 110
        fate = Fate.draw(case, recent=recent)
        if fate.quick and case.grade == "general" and case.timing == "time_limited":
            case.timing, case.plan, case.due_on = "immediate", False, None
        acts = Acts(self.group, case, with_exif=case.random.random() < 0.01)
        t = yield case.found
        acts.raise_it(t)
        if fate.spot:
            yield from self._spot(acts, t)
            return
        t = yield self.hours.later(t, case.random.choice((0, 0, 1, 1, 2)), case.random)
        acts.assign(t)
        if fate.void:
            t = yield self.hours.later(t, 1, case.random)
            acts.ask_void(t)
            t = yield self.hours.later(t, 2, case.random)
            acts.decide_void(t)
            return
        if fate.transfer:
            t = yield from self._transfer(acts, t, fate.transfer)
        wait = (0, 0, 0, 1) if case.timing == "immediate" else (0, 1, 1, 2)
        t = yield self.hours.later(t, case.random.choice(wait), case.random)
        acts.accept(t)
        yield from self._rectify(acts, t, fate)

    def go_on(self, acts: Acts, t: datetime, *, recent: bool) -> Life:
        """A row that an old ledger left open, from taking it on."""
        fate = Fate.draw(acts.case, recent=recent)
        t = yield self.hours.later(t, 1, acts.case.random)
        acts.accept(t)
        yield from self._rectify(acts, t, fate)

    def _spot(self, acts: Acts, t: datetime) -> Life:
        case = acts.case
        t = yield t + timedelta(minutes=case.random.randrange(12, 160))
        acts.fix(t)
        near = [
            p for p in self.group.staff.of(case.top, "verifier") if p.pk not in (case.finder.pk, case.lead.pk)
        ]
        t = yield self.hours.later(t, case.random.choice((0, 1, 1, 2)), case.random)
        acts.close(t, case.random.choice(near) if near else None)

    def _transfer(self, acts: Acts, t: datetime, how: str) -> Life:
        case = acts.case
        others = [code for code in ("JX", "DL", "YS") if code != case.top]
        top = case.random.choice(others)
        t = yield self.hours.later(t, 1, case.random)
        acts.ask_other(t, self.group.units[top])
        t = yield self.hours.later(t, case.random.choice((1, 2, 3)), case.random)
        acts.answer_other(t, top, how == "taken")
        return t

    def _rectify(self, acts: Acts, t: datetime, fate: Fate) -> Life:
        case, problem = acts.case, acts.problem
        if problem.closure == "planning":
            t = yield from self._plan(acts, t, fate.sent_back)
        if fate.comment:
            t = yield self.hours.later(t, 1, case.random)
            acts.comment(t)
        if problem.measures.exists():
            t = yield self.hours.later(t, case.random.choice((1, 2, 4)), case.random)
            acts.report(t, case.random.choice((20, 30, 50, 60)))
        if case.timing == "long_term" and case.random.random() < 0.6:
            yield from self._for_years(acts, t)
            return
        if (
            fate.extension
            and case.timing == "time_limited"
            and problem.due_on > local_day(t) + timedelta(days=3)
        ):
            t = yield from self._extend(acts, t, fate.extension)
        t = yield self._when_done(acts, t, fate)
        if fate.late and case.random.random() < 0.5:
            acts.remind(t)
            t = yield self.hours.later(t, 0, case.random)
        yield from self._prove(acts, t, fate)

    def _plan(self, acts: Acts, t: datetime, sent_back: int) -> Life:
        random = acts.case.random
        if acts.problem.is_major:
            t = yield self.hours.later(t, 1, random)
            acts.guarantee(t, stops=random.random() < 0.3)
        for turn in range(sent_back + 1):
            t = yield self.hours.later(t, random.choice((1, 2, 3, 4)), random)
            acts.propose(t)
            t = yield self.hours.later(t, random.choice((1, 1, 2, 3)), random)
            if turn < sent_back:
                acts.send_plan_back(t)
            else:
                acts.approve(t)
        return t

    def _for_years(self, acts: Acts, t: datetime) -> Life:
        """Long-term work reports quarter by quarter and never ends by a date."""
        while True:
            t = yield self.hours.later(t, acts.case.random.randrange(55, 70), acts.case.random)
            acts.report(t, acts.case.random.choice((40, 60, 70, 80)))

    def _extend(self, acts: Acts, t: datetime, how: str) -> Life:
        random = acts.case.random
        t = yield self.hours.on(acts.problem.due_on - timedelta(days=random.randrange(2, 5)), t, random)
        acts.ask_longer(t, random.choice((10, 15, 20, 30)))
        t = yield self.hours.later(t, random.choice((1, 1, 2)), random)
        acts.answer_longer(t, how == "granted")
        return t

    def _when_done(self, acts: Acts, t: datetime, fate: Fate) -> datetime:
        """Mostly some days before the deadline; late ones after it; stuck ones very late."""
        random, due = acts.case.random, acts.problem.due_on
        if due is None:
            return self.hours.later(t, random.randrange(20, 60), random)
        if fate.stuck:
            return self.hours.on(due + timedelta(days=random.randrange(12, 60)), t, random)
        if fate.late:
            return self.hours.on(due + timedelta(days=fate.late), t, random)
        left = max(0, (due - local_day(t)).days)
        early = random.uniform(0.35, 0.7) if fate.rejected else random.random() * 0.4
        return self.hours.on(due - timedelta(days=round(left * early)), t, random)

    def _prove(self, acts: Acts, t: datetime, fate: Fate) -> Life:
        """Report, submit, be sent back perhaps, be closed, be looked at again, perhaps begin anew."""
        random = acts.case.random
        looks, again, evaluated = fate.look, fate.rejected, False
        while True:
            if acts.problem.measures.exists():
                acts.report(t)
                t = yield t + timedelta(minutes=random.randrange(10, 50))
            if acts.problem.is_major and not evaluated:
                acts.evaluate(t)
                evaluated = True
                t = yield t + timedelta(minutes=random.randrange(10, 50))
            acts.submit(t)
            t = yield self.hours.later(t, random.choice((0, 1, 1, 2, 3)), random)
            if again:
                again -= 1
                acts.reject(t)
                t = yield self.hours.later(t, random.choice((1, 2, 3)), random)
                continue
            acts.close(t)
            if not looks:
                return
            t = yield self.hours.later(t, random.randrange(42, 58), random)
            acts.look_back(t, looks == "good")
            if looks == "good":
                return
            looks = ""
            t = yield self.hours.later(t, random.randrange(3, 9), random)
