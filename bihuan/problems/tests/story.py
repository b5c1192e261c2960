"""Lead a problem to a given point of its life, through the actions, as the people of the world would."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from PIL import Image

from bihuan.org.tests.world import World
from bihuan.problems.actions.accept import accept
from bihuan.problems.actions.approve_plan import approve_plan
from bihuan.problems.actions.assign import assign
from bihuan.problems.actions.attach import Upload
from bihuan.problems.actions.close import close
from bihuan.problems.actions.propose_plan import propose_plan
from bihuan.problems.actions.raise_problem import raise_problem
from bihuan.problems.actions.report_progress import report_progress
from bihuan.problems.actions.set_measures import MeasureDraft
from bihuan.problems.actions.submit import submit
from bihuan.problems.models import Problem

STEPS = ("raised", "assigned", "planning", "plan_review", "rectifying", "verifying", "closed")


def photo(text: str = "a", role: str = "after", measure_id: int | None = None) -> Upload:
    """A small real picture, different for each text."""
    content = BytesIO()
    Image.new("RGB", (64, 48), tuple((hash_of(text) >> s) % 256 for s in (0, 8, 16))).save(content, "JPEG")
    content.seek(0)
    return Upload(content, f"{text}.jpg", role, measure_id)


def hash_of(text: str) -> int:
    return sum(ord(char) * 31**i for i, char in enumerate(text))


def raised(world: World, **details) -> Problem:
    given = {
        "source": "daily_check",
        "unit": world.unit("furnace"),
        "statement": "2 号加热炉煤气报警器未按周期检定",
    }
    return raise_problem(**{**given, **details}, by=world.actor("safety_officer"), at=world.at)


def problem_in(world: World, state: str, **details) -> Problem:
    """A problem of the furnace workshop in this state; each step some hours after the one before."""
    at = world.at
    officer, liaison = world.actor("safety_officer"), world.actor("liaison")
    lead = world.person("worker_a")
    todo = STEPS[: STEPS.index(state) + 1]
    problem = raised(world, **details)
    if "assigned" in todo:
        assign(problem=problem, lead=lead, by=officer, at=at + timedelta(hours=1))
    if "planning" in todo:
        accept(problem=problem, by=liaison, at=at + timedelta(hours=2))
    if "plan_review" in todo:
        propose(world, problem)
    if "rectifying" in todo:
        approve_plan(problem=problem, by=officer, at=at + timedelta(hours=4), text="同意")
    if "verifying" in todo:
        hand_in(world, problem)
    if "closed" in todo:
        close(
            problem=problem, by=world.actor("second_officer"), at=at + timedelta(days=2), text="逐台看过证书"
        )
    return problem


def propose(world: World, problem: Problem) -> None:
    lead = world.person("worker_a")
    due = problem.due_on or world.day + timedelta(days=90)
    drafts = [
        MeasureDraft("6 台报警器全部送检并换贴合格证", "检定证书 6 份", lead.pk, due_on=due),
        MeasureDraft("建立检定周期清单", "清单覆盖 87/87 台", lead.pk, due_on=due),
    ]
    propose_plan(
        problem=problem,
        measures=drafts,
        by=world.actor("liaison"),
        at=world.at + timedelta(hours=3),
        stage_goals="12 月底前检查一次" if problem.timing == "long_term" else "",
    )


def hand_in(world: World, problem: Problem) -> None:
    lead = world.actor("worker_a")
    measures = list(problem.measures.order_by("order"))
    report_progress(
        problem=problem,
        by=lead,
        at=world.at + timedelta(hours=5),
        text="都办完了",
        percents={measure.pk: 100 for measure in measures},
        files=[photo(f"m{m.order}", "evidence", m.pk) for m in measures],
    )
    submit(problem=problem, text="6 台已检定合格", by=lead, at=world.at + timedelta(days=1))
