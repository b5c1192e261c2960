"""One report and its feedback, day by day, through the ordinary actions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from bihuan.areas.onsite.demo.staying import Stay
from bihuan.areas.onsite.demo.texts import DRAFTS
from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.reads import standing_of
from bihuan.areas.onsite.words import RESPONSIBILITIES
from bihuan.areas.outcome.actions.amend_feedback import amend_feedback
from bihuan.areas.outcome.actions.amend_report import amend_report
from bihuan.areas.outcome.actions.approve_report import approve_report
from bihuan.areas.outcome.actions.assemble import assemble
from bihuan.areas.outcome.actions.compose_feedback import compose_feedback
from bihuan.areas.outcome.actions.copy_feedback import copy_feedback
from bihuan.areas.outcome.actions.give_feedback import give_feedback
from bihuan.areas.outcome.actions.hand_in_report import hand_in_report
from bihuan.areas.outcome.actions.issue_report import issue_report
from bihuan.areas.outcome.actions.keep_finding import keep_finding
from bihuan.areas.outcome.actions.pass_leading import pass_leading
from bihuan.areas.outcome.actions.pass_office import pass_office
from bihuan.areas.outcome.actions.pass_team import pass_team
from bihuan.areas.outcome.actions.raise_items import raise_items
from bihuan.areas.outcome.actions.receive_feedback import receive_feedback
from bihuan.areas.outcome.actions.start_report import start_report
from bihuan.areas.outcome.actions.tell_principal import tell_principal
from bihuan.areas.outcome.models import Feedback, Report, ReportFinding
from bihuan.areas.outcome.reads.citing import uncited
from bihuan.areas.outcome.words import bears
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import CHINA, local_day

from .texts import COPIED, DEMANDS, OPINIONS, OVERALL, SORTED, SUGGESTIONS

#: shares of the time from leaving to the receipt at which each step is taken
_WAY = {
    "start": 0.04, "hand_in": 0.1, "team": 0.13, "office": 0.18, "leading": 0.25, "approve": 0.5, "issue": 0.6,
    "compose": 0.8, "tell": 0.94, "give": 0.97, "receive": 1.0,
}  # fmt: skip


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
        drafts = list(uncited(made))
        for n, finding in enumerate(assemble(report=made, drafts=drafts, **self._as(member, "start", 15))):
            self._sort(made, finding, drafts[n], n, member)
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

    def _sort(self, report: Report, finding: ReportFinding, draft: Draft, n: int, by: Actor) -> None:
        """Into its category, with how much it weighs; the words stay those of the draft."""
        title, _, _, basis, nature, _, who, kind, _ = DRAFTS[n]
        category, severity = SORTED[n]
        keep_finding(
            report=report, finding=finding, focus=finding.focus, drafts=[draft], category=category, severity=severity,
            said={"phenomenon": title, "nature": nature, "responsibility": bears(who, dict(RESPONSIBILITIES)[kind]),
                  "basis": basis},
            **self._as(by, "start", 16),
        )  # fmt: skip

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
