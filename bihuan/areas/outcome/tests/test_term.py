"""The authority of a team has a term: what was open to it closes with it, on every way in; who was of it is remembered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.areas.inspection.actions.hold_consultation import hold_consultation
from bihuan.areas.inspection.actions.prolong_team import prolong_team
from bihuan.areas.inspection.models import Briefing, Consultation, Member, Round, Team
from bihuan.areas.inspection.tests.before import asked
from bihuan.areas.onsite.models import Complaint, Draft
from bihuan.areas.onsite.reads import standing_of, tasks_of
from bihuan.areas.onsite.reads.desk import desk_lines as onsite_lines
from bihuan.areas.onsite.reads.desk import desk_rows as onsite_rows
from bihuan.areas.onsite.tests.story import Onsite
from bihuan.areas.onsite.tests.test_complaints import complaint
from bihuan.areas.onsite.tests.work import answered, ask, notice
from bihuan.areas.outcome.models import Feedback, Report
from bihuan.areas.outcome.policies.evaluation import may_start_evaluation
from bihuan.areas.outcome.policies.plan import is_reviewer, may_ask_review
from bihuan.areas.outcome.reads import tasks_open_to
from bihuan.areas.outcome.reads.desk import desk_lines, desk_rows
from bihuan.areas.outcome.reads.rectifying import feedbacks_open_to
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE

from .closing_story import Closing
from .story import Outcome

pytestmark = pytest.mark.django_db
TEAM = ("team_leader", "deputy", "member", "other_member")


def ended(onsite: Onsite) -> None:
    Member.objects.update(authorised_until=onsite.day - timedelta(days=1))


def test_what_was_told_before_the_entry(world):
    onsite = Onsite(world)
    asked(onsite, onsite.task)
    present = [world.person(word) for word in ("inspection_officer", "safety_officer")]
    hold_consultation(
        round=onsite.task.round, task=None, held_on=onsite.day, present=present,
        agreed="先看安全投入", considered=[], by=onsite.office, at=onsite.at,
    )  # fmt: skip
    actor = onsite.actor("member")
    for model in (Briefing, Consultation):
        assert model.objects.visible_to(actor).exists()
    ended(onsite)
    for model in (Briefing, Consultation):
        assert not model.objects.visible_to(actor).exists()
        assert model.objects.visible_to(onsite.office).exists()
    Member.objects.update(authorised_until=onsite.day)
    assert Briefing.objects.visible_to(actor).exists()


def test_the_stay_and_its_desks(world):
    """A line of the desk leads to a page that is there: with the term it goes as well."""
    onsite = Onsite(world)
    complaint(onsite), onsite.draft("reviewed"), onsite.draft("handed_in"), notice(onsite)
    answered(onsite, ask(onsite))
    actors = [onsite.actor(word) for word in TEAM]
    assert all(tasks_of(actor).exists() and list(onsite_lines(actor, onsite.at)) for actor in actors)
    ended(onsite)
    for actor in actors:
        assert not tasks_of(actor).exists() and not list(onsite_lines(actor, onsite.at))
        assert not any(rows.exists() for rows in onsite_rows(actor))
        standing = standing_of(onsite.task, actor, onsite.day)
        assert not standing.hats and standing.was_team
    assert Complaint.objects.exists() and Draft.objects.exists()


def test_reports_and_feedback_being_drafted(world):
    outcome = Outcome(world)
    outcome.feedback("composed")
    outcome.report("team", department=world.unit("safety_dept"))
    actors = [outcome.actor(word) for word in TEAM]
    before = [standing_of(outcome.task, actor, outcome.day) for actor in actors]
    assert all(Feedback.objects.readable_by(one).exists() for one in before)
    assert list(desk_lines(actors[0], outcome.at))
    ended(outcome)
    for actor in actors:
        standing = standing_of(outcome.task, actor, outcome.day)
        assert not Feedback.objects.readable_by(standing).exists()
        assert not Report.objects.listed_for(standing).exists()
        assert not tasks_open_to(actor).exists()
        assert not list(desk_lines(actor, outcome.at)) and not any(one.exists() for one in desk_rows(actor))
    prolong_team(team=Team.objects.get(), until=outcome.day, by=outcome.lead, at=outcome.at)
    assert all(tasks_open_to(actor).exists() for actor in actors)


@pytest.mark.parametrize("how", ["the term ended", "the round was archived", "replaced"])
def test_who_was_of_the_team_does_not_judge_afterwards(world, how):
    """Somebody of the office who was lent to the team: when the authority is over, what they found is still theirs."""
    closing = Closing(world)
    plan = closing.plan("reviewing")
    for role in ("inspection_office", "discipline_officer"):
        grant_role(
            role=role, unit=world.unit("group"), person=world.person("member"), from_day=SINCE,
            by=world.actor("security_admin"), at=closing.at,
        )  # fmt: skip
    if how == "replaced":
        removed = {"removed_at": closing.at, "removed_by": world.person("inspection_officer")}
        Member.objects.filter(person=world.person("member")).update(**removed, why_removed="借调期满")
    elif how == "the term ended":
        ended(closing)
    else:
        Round.objects.update(state="archived")
        closing.task.round.refresh_from_db()
    standing = closing.standing("member")
    assert {"office", "discipline"} <= standing.hats and "member" not in standing.hats
    assert not may_start_evaluation(closing.given, closing.day, closing.day, standing)
    assert not may_ask_review(plan, standing)
    assert not any(is_reviewer(closing.review(plan, body), standing, ()) for body in ("office", "discipline"))
    assert feedbacks_open_to(closing.actor("member")).exists()
