"""The steps of one case, each one call to an ordinary action by the person who takes it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bihuan.kernel.moment import local_day
from bihuan.org.demo.group import Group
from bihuan.org.models import Person, Unit
from bihuan.problems.actions.accept import accept
from bihuan.problems.actions.approve_plan import approve_plan
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.ask_transfer import ask_transfer
from bihuan.problems.actions.ask_void import ask_void
from bihuan.problems.actions.assign import assign
from bihuan.problems.actions.close import close
from bihuan.problems.actions.comment import comment
from bihuan.problems.actions.decide_extension import decide_extension
from bihuan.problems.actions.decide_transfer import decide_transfer
from bihuan.problems.actions.decide_void import decide_void
from bihuan.problems.actions.evaluate import evaluate
from bihuan.problems.actions.fix_now import fix_now
from bihuan.problems.actions.propose_plan import propose_plan
from bihuan.problems.actions.raise_problem import raise_problem
from bihuan.problems.actions.recheck import recheck
from bihuan.problems.actions.record_guarantees import record_guarantees
from bihuan.problems.actions.reject import reject
from bihuan.problems.actions.remind import remind
from bihuan.problems.actions.report_progress import report_progress
from bihuan.problems.actions.return_plan import return_plan
from bihuan.problems.actions.submit import submit
from bihuan.problems.models import Problem

from . import texts
from .cases import Case
from .evidence import Evidence
from .measures import drafts


class Acts:
    """One problem through its steps; every method takes the moment at which it happens."""

    def __init__(self, group: Group, case: Case, *, with_exif: bool = False) -> None:
        self.group, self.case = group, case
        self.problem: Problem
        self.evidence = Evidence(case, with_exif=with_exif)

    def _by(self, person: Person):
        return self.group.actor(person)

    def _say(self, lines: tuple[str, ...]) -> str:
        case = self.case
        return case.random.choice(lines).format(fix=case.fix, standard=case.standard, unit=case.unit.shown)

    def raise_it(self, t: datetime) -> None:
        case = self.case
        self.problem = raise_problem(
            source=case.kind.source, unit=case.unit, statement=case.statement, place=case.place,
            equipment=case.equipment, category=case.category.name, basis=self._say(case.category.basis),
            origin_title=case.origin_title, grade=case.grade, timing=case.timing, supervisor=case.office,
            found_by=case.finder, files=self.evidence.found(t), by=self._by(case.finder), at=t, **case.details,
        )  # fmt: skip

    def assign(self, t: datetime) -> None:
        case = self.case
        assign(
            problem=self.problem, lead=case.lead, due_on=case.due_on, needs_plan=case.plan or case.grade != "general",
            supervisor=case.office, text=self._say(texts.ASSIGNED), by=self._by(case.approver), at=t,
        )  # fmt: skip

    def accept(self, t: datetime) -> None:
        accept(problem=self.problem, text=self._say(texts.ACCEPTED), by=self._by(self.case.liaison), at=t)

    def propose(self, t: datetime) -> None:
        case = self.case
        latest = self.problem.due_on or local_day(t) + timedelta(days=120)
        propose_plan(
            problem=self.problem, measures=drafts(case, latest, from_day=local_day(t)), cause=self.evidence.cause(),
            goal=f"{case.standard}，不再发生", text=self._say(texts.PLANNED), by=self._by(case.liaison), at=t,
            stage_goals="每季度末检查一次，12 月底评估全年保持情况" if case.timing == "long_term" else "",
        )  # fmt: skip

    def send_plan_back(self, t: datetime) -> None:
        return_plan(
            problem=self.problem, reason=self._say(texts.RETURNED), by=self._by(self.case.approver), at=t
        )

    def approve(self, t: datetime) -> None:
        approve_plan(
            problem=self.problem, text=self._say(texts.APPROVED), by=self._by(self.case.approver), at=t
        )

    def report(self, t: datetime, percent: int = 100) -> None:
        measures = list(self.problem.measures.order_by("order"))
        done = percent == 100
        report_progress(
            problem=self.problem, percents={m.pk: percent if n == 0 or done else percent // 2 for n, m in enumerate(measures)},
            progress="" if measures else "in_progress", text=self._say(texts.REPORTED),
            documents=self.evidence.documents(measures, t) if done else {},
            files=self.evidence.for_measures(measures, t) if done else (), by=self._by(self.case.lead), at=t,
        )  # fmt: skip

    def submit(self, t: datetime) -> None:
        bare = not self.problem.measures.exists()
        files = self.evidence.done(t) if bare or self.case.random.random() < 0.5 else ()
        submit(
            problem=self.problem,
            text=self._say(texts.SUBMITTED),
            files=files,
            by=self._by(self.case.liaison),
            at=t,
        )

    def fix(self, t: datetime) -> None:
        files = self.evidence.done(t)
        fix_now(
            problem=self.problem,
            text=self._say(texts.FIXED),
            files=files,
            by=self._by(self.case.finder),
            at=t,
        )

    def reject(self, t: datetime) -> None:
        reject(problem=self.problem, reason=self._say(texts.REJECTED), by=self._by(self.case.closer), at=t)

    def close(self, t: datetime, by: Person | None = None) -> None:
        close(problem=self.problem, text=self._say(texts.CLOSED), by=self._by(by or self.case.closer), at=t)

    def look_back(self, t: datetime, passed: bool) -> None:
        found, text = ("", self._say(texts.LOOKED)) if passed else self.case.random.choice(texts.RELAPSED)
        recheck(
            problem=self.problem, passed=passed, found=found, text=text, by=self._by(self.case.looker), at=t
        )

    def ask_longer(self, t: datetime, days: int) -> None:
        later = self.problem.due_on + timedelta(days=days)
        reason = self._say(texts.EXTENSIONS)
        ask_extension(
            problem=self.problem, new_due_on=later, reason=reason, by=self._by(self.case.liaison), at=t
        )

    def answer_longer(self, t: datetime, granted: bool) -> None:
        text = self._say(texts.GRANTED if granted else texts.NOT_GRANTED)
        decide_extension(
            problem=self.problem, granted=granted, text=text, by=self._by(self.case.approver), at=t
        )

    def ask_other(self, t: datetime, unit: Unit) -> None:
        reason = self.case.random.choice(texts.TRANSFERS).format(unit=unit.shown)
        ask_transfer(problem=self.problem, to_unit=unit, reason=reason, by=self._by(self.case.liaison), at=t)

    def answer_other(self, t: datetime, top: str, accepted: bool) -> None:
        """The other unit's liaison takes it, and its people are the case's people from then on."""
        staff, case = self.group.staff, self.case
        asked = staff.of(top, "liaison")[0]
        lead = staff.of(top, "chief")[0]
        text = self._say(texts.TAKEN) if accepted else texts.NOT_TAKEN
        decide_transfer(
            problem=self.problem, accepted=accepted, lead=lead, text=text, by=self._by(asked), at=t
        )
        if accepted:
            case.top, case.unit, case.liaison, case.lead, case.second = (
                top,
                self.group.units[top],
                asked,
                lead,
                lead,
            )

    def ask_void(self, t: datetime) -> None:
        ask_void(problem=self.problem, reason=self._say(texts.VOIDS), by=self._by(self.case.liaison), at=t)

    def decide_void(self, t: datetime) -> None:
        decide_void(
            problem=self.problem,
            granted=True,
            text=self._say(texts.VOIDED),
            by=self._by(self.case.approver),
            at=t,
        )

    def guarantee(self, t: datetime, stops: bool = False) -> None:
        case = self.case
        head = self.group.staff.of(case.top, "head")[0]
        due: date = self.problem.due_on or local_day(t)
        words = {
            key: text.format(
                head=head.title, lead=case.lead.title, office=case.office.shown, fix=case.fix, due=due,
                funds=case.random.randrange(12, 90), unit=case.unit.shown,
            )
            for key, text in texts.GUARANTEES.items()
        }  # fmt: skip
        record_guarantees(
            problem=self.problem, by=self._by(case.liaison), at=t, stops_production=stops, **words
        )

    def evaluate(self, t: datetime) -> None:
        evaluate(problem=self.problem, text=texts.EVALUATED, by=self._by(self.case.approver), at=t)

    def comment(self, t: datetime, by: Person | None = None) -> None:
        comment(
            problem=self.problem, text=self._say(texts.COMMENTS), by=self._by(by or self.case.approver), at=t
        )

    def remind(self, t: datetime) -> None:
        remind(problem=self.problem, text=self._say(texts.REMINDED), by=self._by(self.case.approver), at=t)
