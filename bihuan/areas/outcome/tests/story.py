"""What comes of the stay in the hot mill: its report taken as far as is wanted, its feedback too."""

from __future__ import annotations

from typing import Any

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.tests.story import DRAFT, SECRET, Onsite
from bihuan.areas.outcome.actions.amend_report import amend_report
from bihuan.areas.outcome.actions.approve_report import approve_report
from bihuan.areas.outcome.actions.assemble import assemble
from bihuan.areas.outcome.actions.compose_feedback import compose_feedback
from bihuan.areas.outcome.actions.give_feedback import give_feedback
from bihuan.areas.outcome.actions.hand_in_report import hand_in_report
from bihuan.areas.outcome.actions.issue_report import issue_report
from bihuan.areas.outcome.actions.pass_leading import pass_leading
from bihuan.areas.outcome.actions.pass_office import pass_office
from bihuan.areas.outcome.actions.pass_team import pass_team
from bihuan.areas.outcome.actions.receive_feedback import receive_feedback
from bihuan.areas.outcome.actions.start_report import start_report
from bihuan.areas.outcome.actions.tell_principal import tell_principal
from bihuan.areas.outcome.models import Feedback, Report
from bihuan.areas.outcome.reads.citing import uncited
from bihuan.org.tests.world import World

OFFICE, LEADING, LEADER = "inspection_officer", "leading", "team_leader"
DOCUMENT = "党委常委会会议纪要〔2025〕12 号"
WAY = ("drafting", "team", "office", "leading", "committee", "approved", "issued")

__all__ = ["DRAFT", "SECRET", "Outcome"]


class Outcome(Onsite):
    """The team has left the hot mill."""

    def __init__(self, world: World, drafts: int = 1) -> None:
        super().__init__(world)
        self.drafts: list[Draft] = [self.draft("signed") for _ in range(drafts)]
        self.task = self.left(self.task)

    def started(self, **more: Any) -> Report:
        """Being drafted, its text written, its findings taken from the signed drafts."""
        made = self.written(start_report(task=self.task, **more, **self.as_("member")))
        assemble(report=made, drafts=uncited(made), **self.as_("member"))
        return made

    def step(self, report: Report, state: str, word: str = "") -> Report:
        """One step forward, into this state, by who would take it."""
        on = {"report": report, "on": self.day}
        if state == "team":
            hand_in_report(report=report, **self.as_(word or "member"))
        elif state == "office":
            pass_team(**on, text="同意送审", **self.as_(word or LEADER))
        elif state == "leading":
            pass_office(**on, **self.as_(word or OFFICE))
        elif state == "committee":
            pass_leading(**on, **self.as_(word or LEADING))
        elif state == "approved":
            approve_report(**on, document=DOCUMENT, **self.as_(word or LEADING))
        else:
            issue_report(**on, **self.as_(word or OFFICE))
        return report

    def report(self, to: str = "drafting", **more: Any) -> Report:
        made = self.started(**more)
        for state in WAY[1 : WAY.index(to) + 1]:
            self.step(made, state)
        return made

    def feedback(self, to: str = "composed") -> Feedback:
        """composed, told, given, received."""
        return self.feedback_of(self.report("approved"), to)

    def feedback_of(self, report: Report, to: str = "composed") -> Feedback:
        made = compose_feedback(report=report, **self.as_(OFFICE))
        for state, do in (("told", self.tell), ("given", self.give), ("received", self.receive)):
            if to == "composed":
                break
            do(made)
            if to == state:
                break
        return made

    def tell(self, feedback: Feedback) -> None:
        head = self.world.person("unit_head")
        tell_principal(feedback=feedback, on=self.day, principal=head, **self.as_(OFFICE))

    def give(self, feedback: Feedback) -> None:
        give_feedback(feedback=feedback, on=self.day, **self.as_(OFFICE))

    def tell_and_give(self, feedback: Feedback) -> None:
        self.tell(feedback)
        self.give(feedback)

    def receive(self, feedback: Feedback) -> None:
        head = self.world.person("unit_head")
        receive_feedback(feedback=feedback, on=self.day, receiver=head, **self.as_("unit_head"))

    def written(self, report: Report) -> Report:
        said = {"overall": f"总体评价：{SECRET}", "suggestions": "建立外委队伍准入清单\n每季度核对一次"}
        return amend_report(report=report, **said, **self.as_("member"))

    def report_again(self, report: Report) -> Report:
        """What was begun is written to the end and handed in."""
        amend_report(report=report, overall="总体好", suggestions="建立清单", **self.as_("member"))
        return self.step(report, "team")

    def task_of_another(self) -> Task:
        """A task at the joint branch in the same round."""
        return Task.objects.create(
            round=self.task.round, org=self.world.party["joint"], mode="regular",
            framework=self.task.framework, from_day=self.day, to_day=self.day,
        )  # fmt: skip
