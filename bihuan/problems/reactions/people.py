"""The people on the sides of one problem, found when a step has been taken."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.moment import local_day
from bihuan.org.models import Unit
from bihuan.org.reads.nearest import WhoMay
from bihuan.problems.models import Assignment, Extension, Part, Plan, Problem, Submission, Transfer, Voiding

_ASKED = {
    "problem.extension_decided": Extension,
    "problem.transfer_decided": Transfer,
    "problem.voided": Voiding,
}


class Sides:
    """Answers are person ids; a question nobody asks costs no query."""

    def __init__(self, problem: Problem, at: datetime) -> None:
        self.problem = problem
        self.day = local_day(at)
        self.path = problem.unit.path or ""

    def owners(self) -> list[int]:
        """The person in charge; where there is none yet, those of the unit who rectify."""
        if self.problem.lead_id is not None:
            return [self.problem.lead_id]
        return self._may("problem.rectify").nearest(self.path)

    def heads(self) -> list[int]:
        return self._may("problem.reown_own").nearest(self.path)

    def supervising(self, permission: str) -> list[int]:
        """Of the supervising department who may do this; without one, whoever's grant is nearest."""
        home = self.problem.supervisor.path or "" if self.problem.supervisor else ""
        return self._may(permission).nearest(self.path, home=home)

    def verifiers(self, *, minor: bool) -> list[int]:
        """For a general problem put right on the spot the unit's own second pair of eyes comes first."""
        team = {self.problem.submitted_by_id, self.problem.lead_id}
        if minor and self.problem.grade == "general":
            own = [p for p in self._may("problem.verify_minor").nearest(self.path) if p not in team]
            if own:
                return own
        return [p for p in self.supervising("problem.verify") if p not in team]

    def of_unit(self, unit_id: int) -> list[int]:
        """Who answers for a unit that is asked to take a problem over."""
        path = Unit.objects.values_list("path", flat=True).get(pk=unit_id) or ""
        return self._may("problem.rectify").nearest(path)

    def last_submitter(self) -> int | None:
        return self._last(Submission)

    def last_planner(self) -> int | None:
        return self._last(Plan)

    def asker(self, kind: str) -> int | None:
        """Who had asked for what this event decided."""
        return self._last(_ASKED[kind])

    def taking_part(self) -> list[int]:
        """Who handed the problem down and who has verified in it: the other side of the conversation."""
        verify = Part.objects.filter(problem=self.problem, side=Part.Side.VERIFY)
        return [self._last(Assignment), *verify.values_list("person_id", flat=True).distinct()]

    def on_duty(self) -> list[int]:
        return sorted(self._may("duty").all(self.path))

    def _may(self, permission: str) -> WhoMay:
        return WhoMay(permission, day=self.day)

    def _last(self, rows) -> int | None:
        found = rows.objects.filter(problem=self.problem).order_by("-id").values_list("done_by_id", flat=True)
        return found.first()
