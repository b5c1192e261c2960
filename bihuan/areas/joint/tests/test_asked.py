"""What a department finds on its page of what it was asked, and which clues: its own, and no more than the table says."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.inspection.tests.before import asked
from bihuan.areas.joint.reads import sections_of
from bihuan.areas.joint.reads.section import Section
from bihuan.areas.onsite.actions.confirm_clue import confirm_clue
from bihuan.areas.onsite.actions.receive_clue import receive_clue
from bihuan.areas.onsite.models import Clue
from bihuan.areas.onsite.reads.handed import clues_to
from bihuan.areas.onsite.tests.story import AROUND, Onsite
from bihuan.areas.onsite.tests.test_clues import SAID, clue, transferred
from bihuan.areas.onsite.tests.work import answered, ask
from bihuan.areas.outcome.actions.ask_plan_review import ask_plan_review
from bihuan.areas.outcome.models import PlanReview
from bihuan.areas.outcome.policies.plan import is_reviewer
from bihuan.areas.outcome.reads.reviewing import open_reviews, reviews_of
from bihuan.areas.outcome.reads.standing import departments_of
from bihuan.areas.outcome.tests.closing_story import Closing
from bihuan.areas.outcome.tests.story import OFFICE
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE

pytestmark = pytest.mark.django_db
EVERYBODY = (*(word for word, *_ in AROUND), "inspection_officer", "unit_head", "liaison", "outsider")


@pytest.fixture
def onsite(world) -> Onsite:
    return Onsite(world)


def page(onsite: Onsite, word: str, unit: str) -> dict[str, Section]:
    found = sections_of(onsite.actor(word), onsite.world.unit(unit), onsite.at)
    return {section.code: section for section in found}


def of_the_mill(onsite: Onsite, word: str, role: str) -> None:
    """Somebody of the inspected mill who was given this role of the house."""
    grant_role(
        role=role, unit=onsite.world.unit("group"), person=onsite.world.person(word), from_day=SINCE,
        by=onsite.world.actor("security_admin"), at=onsite.at,
    )  # fmt: skip


def test_what_it_was_asked_with_its_clock(onsite):
    owed, second = asked(onsite, onsite.task), ask(onsite)
    answered(onsite, ask(onsite, kind="expert"))
    ask(onsite, to="furnace", kind="push")
    found = page(onsite, "department", "safety_dept")
    (briefing,) = found["briefings"].lines
    assert briefing.url.endswith(f"/briefings/{owed.pk}/answer/")
    assert (briefing.clock.words, briefing.state[0]) == ("剩 3 天", "等部门报")
    assert [(line.text, line.clock and line.clock.words, line.state[0]) for line in found["asks"].lines] == [
        (f"巡察组的{second}", "剩 3 天", "待答复"),
        ("巡察组的协助002", None, "已答复"),
    ]
    assert "clues" not in found


def test_a_clue_is_its_handlers(onsite):
    """What the table says of each, asked of all at once: the same for everybody."""
    of_the_mill(onsite, "liaison", "discipline_officer")
    of_the_mill(onsite, "leading", "discipline_officer")
    fresh, received = clue(onsite, "transferred"), clue(onsite)
    clue(onsite, "confirmed")
    confirm_clue(clue=received, said={}, parts=(), **onsite.as_("team_leader"))
    transferred(onsite, received)
    receive_clue(clue=received, handler=onsite.world.person("discipline"), **onsite.as_("discipline"))
    for word in ("discipline", "leading", "personnel", "department", "liaison", "outsider"):
        standing = onsite.standing(word)
        assert set(clues_to(onsite.actor(word))) == set(Clue.objects.readable_by(standing)), word
    found = page(onsite, "discipline", "inspection_dept")["clues"]
    assert [(line.text, line.state[0], line.clock.tone) for line in found.lines] == [
        (str(received), "已接收", "later"), (str(fresh), "已移交", "later")
    ]  # fmt: skip
    assert [line.text for line in page(onsite, "leading", "inspection_dept")["clues"].lines] == [str(fresh)]
    told = str(found)
    assert not any(text in told for text in SAID.values() if text != SAID["severity"])


@pytest.fixture
def closing(world) -> Closing:
    return Closing(world)


def test_plans_it_reviews(closing):
    """Who speaks for which body: asked of one and asked of all come to the same."""
    of_the_mill(closing, "liaison", "discipline_officer")
    plan = closing.plan("reviewing")
    unit = closing.world.unit("safety_dept")
    ask_plan_review(plan=plan, body="department", unit=unit, **closing.as_(OFFICE))
    for word in EVERYBODY:
        actor = closing.actor(word)
        departments = departments_of(actor)
        one_by_one = {
            one.pk
            for one in PlanReview.objects.all()
            if is_reviewer(one, closing.standing(word), departments)
        }
        assert {one.pk for one in reviews_of(actor)} == one_by_one, word
    (line,) = page(closing, "department", "safety_dept")["reviews"].lines
    review = PlanReview.objects.get(body="department")
    assert line.url == f"/outcome/plan-reviews/{review.pk}/" and line.state[0] == "等本部门会审"
    (own,) = page(closing, "discipline", "inspection_dept")["reviews"].lines
    assert own.url != line.url
    closing.says(plan, "discipline", "returned", p0="第一件的措施要能查验")
    (own,) = page(closing, "discipline", "inspection_dept")["reviews"].lines
    assert own.state[0] == "建议退回" and own.url.endswith("/rectification/")
    assert not open_reviews(reviews_of(closing.actor("discipline"))).exists()


def test_more_rows_ask_no_more(onsite):
    def queries(word: str, unit: str) -> int:
        actor, where = onsite.actor(word), onsite.world.unit(unit)
        with CaptureQueriesContext(connection) as asked_for:
            sections_of(actor, where, onsite.at)
        return len(asked_for)

    clue(onsite, "transferred"), ask(onsite), asked(onsite, onsite.task)
    few = queries("department", "safety_dept"), queries("discipline", "inspection_dept")
    clue(onsite, "transferred"), ask(onsite), ask(onsite)
    assert (queries("department", "safety_dept"), queries("discipline", "inspection_dept")) == few
    assert max(few) <= 16
