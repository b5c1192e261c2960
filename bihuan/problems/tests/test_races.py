"""Two people at once: one succeeds, the other reads 已被他人处理, and there is one event."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel.refused import Refused
from bihuan.org.tests.world import build
from bihuan.problems.actions.accept import accept
from bihuan.problems.actions.amend import Amendment, amend
from bihuan.problems.actions.approve_plan import approve_plan
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.ask_transfer import ask_transfer
from bihuan.problems.actions.ask_void import ask_void
from bihuan.problems.actions.assign import assign
from bihuan.problems.actions.close import close
from bihuan.problems.actions.confirm_repeat import confirm_repeat
from bihuan.problems.actions.decide_extension import decide_extension
from bihuan.problems.actions.decide_transfer import decide_transfer
from bihuan.problems.actions.decide_void import decide_void
from bihuan.problems.actions.fix_now import fix_now
from bihuan.problems.actions.propose_plan import propose_plan
from bihuan.problems.actions.recheck import recheck
from bihuan.problems.actions.refuse_repeat import refuse_repeat
from bihuan.problems.actions.reject import reject
from bihuan.problems.actions.reopen import reopen
from bihuan.problems.actions.return_plan import return_plan
from bihuan.problems.actions.set_measures import MeasureDraft
from bihuan.problems.actions.submit import submit
from bihuan.problems.models import Part, Problem
from bihuan.record.models import Event

from .story import photo, problem_in, raised


def _submit_ready(world):
    problem = problem_in(world, "verifying")
    reject(problem=problem, reason="缺 2 份", by=world.actor("second_officer"), at=world.at)
    problem.measures.update(progress="done", percent=100)
    problem.attachments.update(round=problem.round)
    return problem


def _extension(world):
    problem = problem_in(world, "rectifying")
    new = problem.due_on + timedelta(days=5)
    ask_extension(problem=problem, new_due_on=new, reason="排期", by=world.actor("worker_a"), at=world.at)
    return problem


def _transfer(world):
    problem = problem_in(world, "planning")
    ask_transfer(
        problem=problem,
        to_unit=world.unit("iron_mill"),
        reason="归炼铁厂",
        by=world.actor("liaison"),
        at=world.at,
    )
    return problem


def _voiding(world):
    problem = problem_in(world, "assigned")
    ask_void(problem=problem, reason="重复", by=world.actor("worker_a"), at=world.at)
    return problem


def _with_earlier(world):
    raised(world, found_on=world.day - timedelta(days=9))
    return raised(world)


def _earlier(problem):
    return Problem.objects.exclude(pk=problem.pk).get()


# verb → (how the problem gets there, the call, the two who click, event that must stand once more)
RACES = {
    "plan": (
        lambda w: problem_in(w, "planning"),
        lambda p, a, at: propose_plan(problem=p, measures=[MeasureDraft("换新")], by=a, at=at),
        ("liaison", "worker_a"),
        "problem.planned",
    ),
    "confirm_repeat": (
        lambda w: _with_earlier(w),
        lambda p, a, at: confirm_repeat(problem=p, like=_earlier(p), kind="same", by=a, at=at),
        ("safety_officer", "second_officer"),
        "problem.repeat_confirmed",
    ),
    "refuse_repeat": (
        lambda w: _with_earlier(w),
        lambda p, a, at: refuse_repeat(problem=p, like=_earlier(p), by=a, at=at),
        ("safety_officer", "second_officer"),
        "problem.repeat_refused",
    ),
    "return": (
        lambda w: problem_in(w, "plan_review"),
        lambda p, a, at: return_plan(problem=p, reason="太笼统", by=a, at=at),
        ("safety_officer", "second_officer"),
        "problem.returned",
    ),
    "fix_now": (
        lambda w: problem_in(w, "assigned", files=[photo("after", "after")]),
        lambda p, a, at: fix_now(problem=p, by=a, at=at),
        ("liaison", "worker_a"),
        "problem.fixed_now",
    ),
    "reopen": (
        lambda w: problem_in(w, "closed"),
        lambda p, a, at: reopen(problem=p, reason="又坏了", by=a, at=at + timedelta(days=9)),
        ("second_officer", "inspection_officer"),
        "problem.reopened",
    ),
    "close": (
        lambda w: problem_in(w, "verifying"),
        lambda p, a, at: close(problem=p, by=a, at=at),
        ("second_officer", "inspection_officer"),
        "problem.closed",
    ),
    "reject": (
        lambda w: problem_in(w, "verifying"),
        lambda p, a, at: reject(problem=p, reason="缺", by=a, at=at),
        ("second_officer", "inspection_officer"),
        "problem.rejected",
    ),
    "assign": (
        raised,
        lambda p, a, at: assign(problem=p, lead=None, by=a, at=at),
        ("safety_officer", "second_officer"),
        "problem.assigned",
    ),
    "accept": (
        lambda w: problem_in(w, "assigned"),
        lambda p, a, at: accept(problem=p, by=a, at=at),
        ("liaison", "worker_a"),
        "problem.accepted",
    ),
    "approve": (
        lambda w: problem_in(w, "plan_review"),
        lambda p, a, at: approve_plan(problem=p, by=a, at=at),
        ("safety_officer", "second_officer"),
        "problem.approved",
    ),
    "submit": (
        _submit_ready,
        lambda p, a, at: submit(problem=p, text="好了", by=a, at=at),
        ("liaison", "worker_a"),
        "problem.submitted",
    ),
    "recheck": (
        lambda w: problem_in(w, "closed"),
        lambda p, a, at: recheck(problem=p, passed=True, text="好", by=a, at=at),
        ("inspection_officer", "inspection_officer"),
        "problem.rechecked",
    ),
    "decide_extension": (
        _extension,
        lambda p, a, at: decide_extension(problem=p, granted=True, by=a, at=at),
        ("safety_officer", "second_officer"),
        "problem.extension_decided",
    ),
    "decide_transfer": (
        _transfer,
        lambda p, a, at: decide_transfer(problem=p, accepted=True, by=a, at=at),
        ("outsider", "safety_officer"),
        "problem.transfer_decided",
    ),
    "amend": (
        raised,
        lambda p, a, at: amend(problem=p, amendment=Amendment({"place": a.name}), reason="更正", by=a, at=at),
        ("safety_officer", "second_officer"),
        "problem.amended",
    ),
    "void": (
        _voiding,
        lambda p, a, at: decide_void(problem=p, granted=True, by=a, at=at),
        ("safety_officer", "second_officer"),
        "problem.voided",
    ),
}


@pytest.fixture
def race_world(race, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return build(accounts=False)


@pytest.mark.parametrize("verb", RACES)
def test_two_at_once(race, race_world, verb):
    begin, act, pair, kind = RACES[verb]
    problem = begin(race_world)
    before = Event.objects.of(problem.stream).filter(kind=kind).count()
    actors = [race_world.actor(who) for who in pair]
    copies = [Problem.objects.select_related("unit", "rule_pack").get(pk=problem.pk) for _ in pair]

    def doing(copy, actor):
        return lambda: act(copy, actor, race_world.at)

    outcomes = race([doing(copy, actor) for copy, actor in zip(copies, actors, strict=True)])

    lost = [outcome.error for outcome in outcomes if outcome.error]
    assert len(lost) == 1, outcomes
    assert isinstance(lost[0], Refused) and "已被他人处理" in lost[0].reason
    assert Event.objects.of(problem.stream).filter(kind=kind).count() == before + 1


def test_numbers_are_given_once(race, race_world):
    outcomes = race(lambda: raised(race_world).number, times=6)
    numbers = sorted(outcome.value for outcome in outcomes)
    assert len(set(numbers)) == 6, outcomes
    assert numbers[0].endswith("-001") and numbers[-1].endswith("-006")


def test_nobody_stands_on_both_sides_even_at_the_same_moment(race, race_world):
    """Whatever a policy may have overlooked, the database lets a person join one side of a round only."""
    problem = problem_in(race_world, "rectifying")
    person = race_world.person("leader")

    def join_as(side):
        with transaction.atomic():
            return Part.objects.create(problem=problem, round=1, person=person, side=side)

    outcomes = race([lambda: join_as("rectify"), lambda: join_as("verify")])
    assert sorted(isinstance(outcome.error, IntegrityError) for outcome in outcomes) == [False, True]


def test_the_closer_is_never_the_submitter_in_the_database(race_world):
    problem = problem_in(race_world, "closed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Problem.objects.filter(pk=problem.pk).update(closed_by=problem.submitted_by_id)
