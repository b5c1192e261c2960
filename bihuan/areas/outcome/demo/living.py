"""One report and its feedback, day by day, through the ordinary actions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from bihuan.areas.onsite.demo.staying import Stay
from bihuan.areas.onsite.reads import standing_of
from bihuan.areas.outcome.actions.amend_feedback import amend_feedback
from bihuan.areas.outcome.actions.amend_report import amend_report
from bihuan.areas.outcome.actions.approve_report import approve_report
from bihuan.areas.outcome.actions.assemble import assemble
from bihuan.areas.outcome.actions.compose_feedback import compose_feedback
from bihuan.areas.outcome.actions.copy_feedback import copy_feedback
from bihuan.areas.outcome.actions.give_feedback import give_feedback
from bihuan.areas.outcome.actions.hand_in_report import hand_in_report
from bihuan.areas.outcome.actions.issue_report import issue_report
from bihuan.areas.outcome.actions.pass_leading import pass_leading
from bihuan.areas.outcome.actions.pass_office import pass_office
from bihuan.areas.outcome.actions.pass_team import pass_team
from bihuan.areas.outcome.actions.raise_items import raise_items
from bihuan.areas.outcome.actions.receive_feedback import receive_feedback
from bihuan.areas.outcome.actions.start_report import start_report
from bihuan.areas.outcome.actions.tell_principal import tell_principal
from bihuan.areas.outcome.models import Feedback, Report
from bihuan.areas.outcome.reads.citing import uncited
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import CHINA, local_day
from bihuan.problems.actions.accept import accept

from .texts import COPIED, DEMANDS, OPINIONS, OVERALL, SUGGESTIONS

#: shares of the time from leaving to the receipt at which each step is taken
_WAY = {
    "start": 0.08, "hand_in": 0.2, "team": 0.24, "office": 0.34, "leading": 0.5, "approve": 0.7, "issue": 0.75,
    "compose": 0.8, "tell": 0.94, "give": 0.97, "receive": 1.0,
}  # fmt: skip
#: how many of the problems wait to be accepted
_WAITING = 1


class Living:
    """`stay` is over; `days` pass from leaving to the receipt."""

    def __init__(self, stay: Stay, days: int) -> None:
        self.stay, self.group, self.task, self.days = stay, stay.group, stay.task, days
        self.office = self.group.actor(self.group.person("高文静"))
        self.lead = self.group.actor(self.group.person("贺长风"))
        self.code = self.task.org.code.removeprefix("DW-")
        self.report_: Report

    def _day(self, step: str) -> date:
        return min(
            self.task.left_on + timedelta(days=round(_WAY[step] * self.days)), local_day(self.stay.now)
        )

    def _as(self, by: Actor, step: str, hour: int = 10) -> dict[str, Any]:
        """`standing`, `by` and `at` of an action."""
        day = self._day(step)
        at = min(datetime.combine(day, time(hour, 20), CHINA), self.stay.now)
        return {"standing": standing_of(self.task, by, day), "by": by, "at": at}

    def report(self) -> Report:
        """From the signed drafts to its issue; the office says something on the way."""
        member, leader = (self.group.actor(one) for one in (self.stay.members[0], self.stay.leader))
        made = start_report(task=self.task, **self._as(member, "start"))
        name = self.task.org.shown
        amend_report(
            report=made, overall=OVERALL.format(org=name), suggestions="\n".join(SUGGESTIONS),
            **self._as(member, "start", 14),
        )  # fmt: skip
        assemble(report=made, drafts=uncited(made), **self._as(member, "start", 15))
        hand_in_report(report=made, **self._as(member, "hand_in"))
        for step, action, by in (
            ("team", pass_team, leader),
            ("office", pass_office, self.office),
            ("leading", pass_leading, self.lead),
        ):
            action(report=made, on=self._day(step), text=OPINIONS[step], **self._as(by, step))
        document = f"党委常委会会议纪要〔{self._day('approve').year}〕11 号"
        approve_report(
            report=made, on=self._day("approve"), document=document, **self._as(self.lead, "approve")
        )
        issue_report(report=made, on=self._day("issue"), **self._as(self.office, "issue"))
        self.report_ = made
        return made

    def feedback(self) -> Feedback:
        """Composed, told, given, signed for by the head of the organisation, copied."""
        made = compose_feedback(report=self.report_, **self._as(self.office, "compose"))
        opening = OVERALL.format(org=self.task.org.shown)
        amend_feedback(
            feedback=made, opening=opening, demands=DEMANDS, **self._as(self.office, "compose", 15)
        )
        head = self.group.staff.of(self.code, "head")[0]
        tell_principal(feedback=made, on=self._day("tell"), principal=head, **self._as(self.office, "tell"))
        give_feedback(feedback=made, on=self._day("give"), **self._as(self.office, "give"))
        receive_feedback(
            feedback=made,
            on=self._day("receive"),
            receiver=head,
            **self._as(self.group.actor(head), "receive"),
        )
        for body, receiver in COPIED:
            copy_feedback(
                feedback=made, body=body, receiver=receiver, on=self._day("receive"),
                **self._as(self.office, "receive", 15),
            )  # fmt: skip
        return made

    def raise_only(self, feedback: Feedback) -> None:
        raise_items(feedback=feedback, **self._as(self.office, "receive", 16))

    def raise_and_accept(self, feedback: Feedback) -> None:
        """The organisation takes on all but the last."""
        made = raise_items(feedback=feedback, **self._as(self.office, "receive", 16))
        liaison = self.group.actor(self.group.staff.of(self.code, "liaison")[0])
        leaders = [self.group.staff.of(self.code, duty)[0] for duty in ("head", "deputy", "chief")]
        at = min(
            datetime.combine(self._day("receive") + timedelta(days=2), time(9, 40), CHINA), self.stay.now
        )
        for n, problem in enumerate(made[:-_WAITING]):
            accept(problem=problem, lead=leaders[n % len(leaders)], skip_plan=False, by=liaison, at=at)
