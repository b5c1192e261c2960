"""A later task looks again: drawn by a seed anybody can use, each verdict carried out in the loop."""

from __future__ import annotations

import pytest

from bihuan.areas.inspection.models import Task, TeamTask
from bihuan.areas.onsite.reads import standing_of
from bihuan.areas.outcome.actions.draw_samples import draw_samples
from bihuan.areas.outcome.actions.look_at_sample import look_at_sample
from bihuan.areas.outcome.models import LookAgain, Sample
from bihuan.kernel.refused import Refused
from bihuan.problems.policies.lookback import draw

from .closing_story import Closing
from .story import OFFICE


@pytest.fixture
def closing(world) -> Closing:
    return Closing(world)


def _later(closing: Closing, mode: str = "lookback") -> Task:
    """The same team comes back to the hot mill."""
    task = closing.task
    later = Task.objects.create(
        round=task.round, org=task.org, mode=mode, framework=task.framework, from_day=closing.day,
        to_day=closing.day, entered_on=closing.day,
    )  # fmt: skip
    TeamTask.objects.create(task=later, team=task.given.team)
    return later


def _hands(closing: Closing, task: Task, word: str) -> dict:
    actor = closing.actor(word)
    return {"standing": standing_of(task, actor, closing.day), "by": actor, "at": closing.at}


def test_what_was_drawn_is_looked_at_and_the_loop_follows(closing):
    closing.measured()
    later = _later(closing)
    office = _hands(closing, later, OFFICE)
    with pytest.raises(Refused, match="还没有销号的"):
        draw_samples(task=later, earlier=closing.task, **office)
    fine, bad = [closing.closed(problem) for problem in closing.problems]
    for word in ("member", "leading", "unit_head", "outsider"):
        with pytest.raises(Refused, match="由巡察办或组长抽"):
            draw_samples(task=later, earlier=closing.task, **_hands(closing, later, word))
    with pytest.raises(Refused, match="同一党组织"):
        draw_samples(task=later, earlier=later, **office)
    look = draw_samples(task=later, earlier=closing.task, seed="abc", **office)
    assert (look.share, look.samples.count()) == (30, 1)
    won = draw(look.pool.splitlines(), "abc", 1)
    assert list(look.samples.values_list("problem__number", flat=True)) == won
    with pytest.raises(Refused, match="已经抽过"):
        draw_samples(task=later, earlier=closing.task, **office)
    other = fine if fine.number != won[0] else bad
    Sample.objects.create(look=look, problem=other, order=2)
    first, second = Sample.objects.select_related("look__task__round", "problem").order_by("order")
    member = _hands(closing, later, "member")
    for word in (OFFICE, "unit_head", "outsider"):
        with pytest.raises(Refused, match="授权的巡察组组员"):
            look_at_sample(sample=first, verdict="genuine", text="看了", **_hands(closing, later, word))
    with pytest.raises(Refused, match="没有选结论"):
        look_at_sample(sample=first, verdict="", text="看了", **member)
    look_at_sample(sample=first, verdict="genuine", text="凭证入账，已清退", **member)
    look_at_sample(sample=second, verdict="fake", text="凭证是事后补的", **member)
    first.problem.refresh_from_db()
    second.problem.refresh_from_db()
    assert (first.problem.closure, second.problem.closure) == ("confirmed", "rectifying")
    assert second.recheck.found == "paper_only" and second.problem.round == 2
    with pytest.raises(Refused, match="已经看过"):
        look_at_sample(sample=second, verdict="genuine", text="看了", **member)


def test_only_a_look_back_draws(closing):
    later = _later(closing, "special")
    with pytest.raises(Refused, match="不是回头看的任务"):
        draw_samples(task=later, earlier=closing.task, **_hands(closing, later, OFFICE))
    assert not LookAgain.objects.exists()


def test_the_page_of_a_look_back(closing, signed_in):
    closing.measured()
    closing.closed(closing.problems[0])
    later = _later(closing)
    office, page = signed_in(OFFICE), f"/outcome/{later.pk}/look-again/"
    assert "还没有抽" in office.get(page).content.decode()
    office.post(f"/outcome/{later.pk}/samples/", {"earlier": closing.task.pk})
    assert closing.problems[0].number in office.get(page).content.decode()
    assert office.get(f"/outcome/{closing.task.pk}/look-again/").status_code == 404
    for word in ("outsider", "unit_head", "system_admin"):
        assert signed_in(word).get(page).status_code == 404
