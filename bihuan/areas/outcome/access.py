"""Who may read what comes of a task: two rows of the table of the field (§3.10), beside those of `onsite.access`, with
its hats. A test goes through every cell."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from django.db.models import Q

from bihuan.areas.onsite.access import Hat, Standing

from . import states


class Data(StrEnum):
    REPORT = "report"
    SPECIAL = "special"
    FEEDBACK = "feedback"


class Reach(StrEnum):
    """What a cell says. PASSED: once the meeting of the team has passed it; ISSUED: once it was given out."""

    NEVER = "never"
    ALL = "all"
    PASSED = "passed"
    ISSUED = "issued"
    ADDRESSED = "addressed"


_REPORT = {
    Hat.MEMBER: Reach.ALL,
    Hat.LEADER: Reach.ALL,
    Hat.OFFICE: Reach.PASSED,
    Hat.LEADING: Reach.PASSED,
    Hat.HEAD: Reach.PASSED,
    Hat.DISCIPLINE: Reach.PASSED,
    Hat.PERSONNEL: Reach.PASSED,
}
#: NEVER where nothing is written
TABLE: dict[Data, dict[Hat, Reach]] = {
    Data.REPORT: _REPORT,
    Data.SPECIAL: {**_REPORT, Hat.DEPARTMENT: Reach.ADDRESSED},
    Data.FEEDBACK: {
        Hat.MEMBER: Reach.ALL,
        Hat.LEADER: Reach.ALL,
        Hat.OFFICE: Reach.ALL,
        Hat.LEADING: Reach.ALL,
        Hat.HEAD: Reach.ALL,
        Hat.DISCIPLINE: Reach.ISSUED,
        Hat.PERSONNEL: Reach.ISSUED,
        Hat.INSPECTED: Reach.ISSUED,
    },
}

_NOTHING = Q(pk__in=())


def reaches(data: Data, standing: Standing) -> set[Reach]:
    return {TABLE[data].get(hat, Reach.NEVER) for hat in standing.hats} - {Reach.NEVER}


def readable_reports(standing: Standing, departments: Collection[int] = ()) -> Q:
    """Reports of the task whose words this person may open. `departments` are those they act for."""
    found = _NOTHING
    for data, kind in ((Data.REPORT, "task"), (Data.SPECIAL, "special")):
        for reach in reaches(data, standing):
            found |= Q(kind=kind) & _report(reach, departments)
    return Q(task_id=standing.task_id) & found


def listed_reports(standing: Standing, departments: Collection[int] = ()) -> Q:
    """Those that may be seen with their state and days: who is in the chain knows that a report is being written."""
    if reaches(Data.REPORT, standing):
        return Q(task_id=standing.task_id)
    return readable_reports(standing, departments)


def _report(reach: Reach, departments: Collection[int]) -> Q:
    if reach == Reach.ALL:
        return Q(pk__isnull=False)
    if reach == Reach.PASSED:
        return Q(passed_on__isnull=False)
    if reach == Reach.ADDRESSED:
        return Q(state=states.ISSUED, department__in=departments)
    return _NOTHING


def readable_feedback(standing: Standing) -> Q:
    found = reaches(Data.FEEDBACK, standing)
    if Reach.ALL in found:
        return Q(task_id=standing.task_id)
    if Reach.ISSUED in found:
        return Q(task_id=standing.task_id, issued_at__isnull=False)
    return _NOTHING
