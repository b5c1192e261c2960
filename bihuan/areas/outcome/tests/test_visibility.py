"""The rows of the report and the feedback in the table of who may see what, cell by cell; every opening is an event."""

from __future__ import annotations

import pytest

from bihuan.areas.inspection.models import Round
from bihuan.areas.outcome.actions.read_feedback import read_feedback
from bihuan.areas.outcome.actions.read_report import read_report
from bihuan.areas.outcome.models import Feedback, Report
from bihuan.areas.outcome.reads import departments_of, tasks_open_to
from bihuan.kernel.refused import Missing, Refused
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE
from bihuan.record.models import Event

from .story import SECRET, Outcome

pytestmark = pytest.mark.django_db

NO, LIST, READ = "nothing", "listed", "read"
#: who -> the report being drafted, one the team's meeting passed, the special report issued to the safety department,
#: the feedback before the meeting, and after it
CELLS = {
    "member": (READ, READ, READ, READ, READ),
    "other_member": (READ, READ, READ, READ, READ),
    "deputy": (READ, READ, READ, READ, READ),
    "team_leader": (READ, READ, READ, READ, READ),
    "inspection_officer": (LIST, READ, READ, READ, READ),
    "leading": (LIST, READ, READ, READ, READ),
    "head": (LIST, READ, READ, READ, READ),
    "discipline": (LIST, READ, READ, NO, READ),
    "personnel": (LIST, READ, READ, NO, READ),
    "department": (NO, NO, READ, NO, NO),
    "registrar": (NO, NO, NO, NO, NO),
    "unit_head": (NO, NO, NO, NO, READ),
    "liaison": (NO, NO, NO, NO, READ),
    "worker_a": (NO, NO, NO, NO, NO),
    "secretary": (NO, NO, NO, NO, NO),
    "safety_officer": (NO, NO, NO, NO, NO),
    "system_admin": (NO, NO, NO, NO, NO),
    "outsider": (NO, NO, NO, NO, NO),
}
#: a report for the safety department is not for another one
OTHER = "iron_contact"


def _report(outcome: Outcome, report: Report, word: str) -> str:
    """What this person gets of it; the list, the action and its event must agree."""
    standing, departments = outcome.standing(word), departments_of(outcome.actor(word))
    rows = Report.objects.filter(pk=report.pk)
    listed = rows.listed_for(standing, departments).exists()
    readable = rows.readable_by(standing, departments).exists()
    before = Event.objects.filter(kind="outcome.read").count()
    try:
        said = read_report(report=report, departments=departments, **outcome.as_(word))
    except Missing:
        assert not listed and not readable
        got = NO
    except Refused as refused:
        assert listed and not readable and refused.todo
        got = LIST
    else:
        assert SECRET in said.overall and readable and listed
        assert bool(said.opinions) == (word != "department" and report.edition > 0)
        got = READ
    assert Event.objects.filter(kind="outcome.read").count() - before == (got == READ)
    return got


def _feedback(outcome: Outcome, feedback: Feedback, word: str) -> str:
    before = Event.objects.filter(kind="outcome.feedback_read").count()
    try:
        said = read_feedback(feedback=feedback, **outcome.as_(word))
    except Missing:
        got = NO
    else:
        assert SECRET in said.opening
        got = READ
    assert Event.objects.filter(kind="outcome.feedback_read").count() - before == (got == READ)
    return got


def _department(outcome: Outcome, word: str = "department") -> None:
    """The contact of the safety department stands there in `around`; another one, of the iron mill."""
    outcome.world.people[OTHER] = outcome.world.person("duty_officer")
    grant_role(
        role="department_officer", unit=outcome.world.unit("inspection_dept"),
        person=outcome.world.person("duty_officer"), from_day=SINCE,
        by=outcome.world.actor("security_admin"), at=outcome.at,
    )  # fmt: skip


def test_every_cell_of_the_table(outcome):
    special = outcome.report("issued", department=outcome.world.unit("safety_dept"))
    drafting = outcome.report("drafting")
    cells = {word: [_report(outcome, drafting, word)] for word in CELLS}
    for state in ("team", "office", "leading", "committee", "approved"):
        outcome.step(drafting, state)
        if state == "team":
            assert _report(outcome, drafting, "leading") == LIST
    for word in CELLS:
        cells[word] += [_report(outcome, drafting, word), _report(outcome, special, word)]
    feedback = outcome.feedback_of(drafting, "told")
    for word in CELLS:
        cells[word].append(_feedback(outcome, feedback, word))
    outcome.give(feedback)
    for word in CELLS:
        cells[word].append(_feedback(outcome, feedback, word))
    assert {word: tuple(row) for word, row in cells.items()} == CELLS


def test_a_special_report_is_for_the_department_it_is_addressed_to_once_issued(outcome):
    _department(outcome)
    special = outcome.report("approved", department=outcome.world.unit("safety_dept"))
    assert _report(outcome, special, "department") == NO
    outcome.step(special, "issued")
    assert _report(outcome, special, "department") == READ
    assert _report(outcome, special, OTHER) == NO
    assert [task.pk for task in tasks_open_to(outcome.actor("department"))] == [outcome.task.pk]
    assert not tasks_open_to(outcome.actor(OTHER)).exists()


def test_after_the_archive_the_team_reads_nothing(outcome):
    report = outcome.report("issued")
    Round.objects.filter(pk=outcome.task.round_id).update(state="archived")
    outcome.task.round.refresh_from_db()
    for word in ("member", "team_leader", "deputy"):
        assert _report(outcome, report, word) == NO
        assert not tasks_open_to(outcome.actor(word)).exists()
    assert _report(outcome, report, "inspection_officer") == READ


def test_the_inspected_read_no_report_whatever_else_they_may(outcome):
    for role in ("inspection_office", "inspection_head", "discipline_officer"):
        grant_role(
            role=role, unit=outcome.world.unit("group"), person=outcome.world.person("unit_head"),
            from_day=SINCE, by=outcome.world.actor("security_admin"), at=outcome.at,
        )  # fmt: skip
    report = outcome.report("issued")
    assert _report(outcome, report, "unit_head") == NO
    assert not tasks_open_to(outcome.actor("unit_head")).exists()


def test_who_meets_which_task(outcome):
    outcome.report("team")
    met = {word for word in CELLS if tasks_open_to(outcome.actor(word)).exists()}
    assert met == {
        "member", "other_member", "deputy", "team_leader", "inspection_officer", "leading", "head",
    }  # fmt: skip
    outcome.step(Report.objects.select_related("task__round").get(), "office")
    met = {word for word in CELLS if tasks_open_to(outcome.actor(word)).exists()}
    assert {"discipline", "personnel"} < met and not met & {"registrar", "unit_head", "outsider"}
