"""Who is told what after each step: once each, never the one who acted, never an outsider."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.notify.models import Line, Message
from bihuan.problems import states
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.ask_transfer import ask_transfer
from bihuan.problems.actions.ask_void import ask_void
from bihuan.problems.actions.assign import assign
from bihuan.problems.actions.comment import comment
from bihuan.problems.actions.decide_extension import decide_extension
from bihuan.problems.actions.decide_transfer import decide_transfer
from bihuan.problems.actions.decide_void import decide_void
from bihuan.problems.actions.fix_now import fix_now
from bihuan.problems.actions.recheck import recheck
from bihuan.problems.actions.record_guarantees import record_guarantees
from bihuan.problems.actions.reject import reject
from bihuan.problems.actions.remind import remind
from bihuan.problems.actions.reopen import reopen
from bihuan.problems.actions.reown import reown
from bihuan.problems.actions.return_plan import return_plan
from bihuan.problems.offers import OFFER
from bihuan.problems.reactions import react
from bihuan.record.models import Event, Job
from bihuan.record.worker import run_until_idle

from .story import photo, problem_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(world):
    """`told(problem, "extension_asked")`: the words of everybody who heard of the last such event."""
    words_of = {person.pk: word for word, person in world.people.items()}

    def ask(problem, kind, at=None):
        run_until_idle(at=at or world.at + timedelta(days=30))
        event = Event.objects.of(problem.stream).filter(kind=f"problem.{kind}").last()
        lines = Line.objects.filter(key=f"event:{event.pk}")
        return {words_of[line.person_id]: line.text.split("：")[0] for line in lines}

    return ask


OFFICERS = {"safety_officer", "second_officer"}


@pytest.mark.parametrize(
    ("state", "kind", "people"),
    [
        ("raised", "raised", {"second_officer", "inspection_officer"}),
        ("assigned", "assigned", {"worker_a"}),
        ("plan_review", "planned", OFFICERS),
        ("rectifying", "approved", {"worker_a", "liaison"}),
        ("verifying", "submitted", OFFICERS),
        ("closed", "closed", {"worker_a"}),
    ],
)
def test_the_straight_way(world, told, state, kind, people):
    assert set(told(problem_in(world, state), kind)) == people


def test_without_a_lead_those_of_the_unit_hear(world, told):
    problem = problem_in(world, "raised")
    assign(problem=problem, lead=None, by=world.actor("safety_officer"), at=world.at)
    assert set(told(problem, "assigned")) == {"unit_head", "liaison"}


def test_returned(world, told):
    problem = problem_in(world, "plan_review")
    return_plan(problem=problem, reason="第 2 条不能查验", by=world.actor("second_officer"), at=world.at)
    assert set(told(problem, "returned")) == {"worker_a", "liaison"}


def test_rejected(world, told):
    problem = problem_in(world, "verifying")
    reject(problem=problem, reason="缺第 2 条的佐证", by=world.actor("second_officer"), at=world.at)
    assert told(problem, "rejected")["worker_a"] == "退回整改，补齐后再申请销号"


def test_fixed_on_the_spot_goes_to_the_units_own_second_eyes(world, told):
    problem = problem_in(world, "assigned")
    fix_now(problem=problem, by=world.actor("worker_a"), at=world.at + timedelta(hours=2), files=[photo()])
    assert set(told(problem, "fixed_now")) == {"worker_b"}


def test_reopened_and_rechecked(world, told):
    problem = problem_in(world, "closed")
    reopen(
        problem=problem,
        reason="又出现",
        by=world.actor("inspection_officer"),
        at=world.at + timedelta(days=3),
    )
    assert set(told(problem, "reopened")) == {"worker_a", "unit_head"}
    for passed, people in ((True, set()), (False, {"worker_a", "unit_head"})):
        problem = problem_in(world, "closed", statement=f"回头看 {passed}")
        recheck(problem=problem, passed=passed, text="看过现场", by=world.actor("inspection_officer"),
                at=world.at + timedelta(days=3))  # fmt: skip
        assert set(told(problem, "rechecked")) == people


@pytest.mark.parametrize(("granted", "words"), [(True, "延期已准"), (False, "延期未准，按原期限办")])
def test_extension(world, told, granted, words):
    problem = problem_in(world, "rectifying")
    ask_extension(problem=problem, new_due_on=problem.due_on + timedelta(days=9), reason="等检定", at=world.at,
                  by=world.actor("liaison"))  # fmt: skip
    assert set(told(problem, "extension_asked")) == OFFICERS
    decide_extension(
        problem=problem, granted=granted, text="x", by=world.actor("second_officer"), at=world.at
    )
    assert told(problem, "extension_decided") == {"liaison": words, "worker_a": words}


def test_transfer(world, told):
    problem = problem_in(world, "assigned")
    ask_transfer(problem=problem, to_unit=world.unit("iron_mill"), reason="设备归炼铁厂", at=world.at,
                 by=world.actor("liaison"))  # fmt: skip
    assert set(told(problem, "transfer_asked")) == {"outsider"}
    decide_transfer(problem=problem, accepted=True, by=world.actor("outsider"), at=world.at)
    assert told(problem, "transfer_decided") == {"liaison": "对方已接收移交"}


def test_transfer_refused(world, told):
    problem = problem_in(world, "assigned")
    ask_transfer(problem=problem, to_unit=world.unit("iron_mill"), reason="设备归炼铁厂", at=world.at,
                 by=world.actor("liaison"))  # fmt: skip
    decide_transfer(problem=problem, accepted=False, text="不归我们", by=world.actor("outsider"), at=world.at)
    assert set(told(problem, "transfer_decided")) == {"liaison", "worker_a"}


def test_another_owner(world, told):
    problem = problem_in(world, "rectifying")
    reown(
        problem=problem, lead=world.person("liaison"), reason="调动", by=world.actor("unit_head"), at=world.at
    )
    assert told(problem, "reowned") == {"liaison": "换由你负责", "worker_a": "已换责任人，不再由你负责"}


def test_void(world, told):
    problem = problem_in(world, "assigned")
    ask_void(problem=problem, reason="重复", by=world.actor("safety_officer"), at=world.at)
    assert set(told(problem, "void_asked")) == {"second_officer"}
    decide_void(problem=problem, granted=True, by=world.actor("second_officer"), at=world.at)
    assert told(problem, "voided") == {"safety_officer": "已作废", "worker_a": "已作废"}


def test_urged_and_remarked(world, told):
    problem = problem_in(world, "rectifying")
    remind(problem=problem, by=world.actor("safety_officer"), at=world.at)
    assert set(told(problem, "reminded")) == {"worker_a"}
    comment(problem=problem, text="请补一张近照", by=world.actor("safety_officer"), at=world.at)
    assert set(told(problem, "commented")) == {"worker_a"}
    comment(problem=problem, text="已补", by=world.actor("worker_a"), at=world.at)
    assert set(told(problem, "commented")) == {"safety_officer"}


def test_a_decision_to_stop_is_told_at_once(world, told):
    problem = problem_in(world, "planning", grade="major")
    record_guarantees(problem=problem, by=world.actor("liaison"), at=world.at, stops_production=False)
    run_until_idle(at=world.at + timedelta(days=1))
    assert not Message.objects.filter(kind="urgent").exists()
    record_guarantees(problem=problem, by=world.actor("liaison"), at=world.at, stops_production=True)
    people = set(told(problem, "guarantees_recorded"))
    assert {"worker_a", "unit_head", "safety_officer", "duty_officer"} <= people
    assert Message.objects.filter(kind="urgent").count() == len(people)


def test_delivered_twice_is_said_once(world):
    problem_in(world, "closed")
    run_until_idle(at=world.at + timedelta(days=30))
    before = Line.objects.count()
    for event in Event.objects.filter(kind__in=OFFER.reacts_to):
        react(event)
    assert Line.objects.count() == before


def test_an_outsider_hears_of_nothing(world):
    for state in ("raised", "closed"):
        problem_in(world, state, statement=f"问题 {state}")
    run_until_idle(at=world.at + timedelta(days=30))
    assert not Line.objects.of(world.person("outsider").pk).exists()


def test_what_few_may_know_is_not_in_the_notice(world):
    problem_in(world, "assigned", secrecy="restricted")
    problem_in(world, "assigned", statement="另一件")
    run_until_idle(at=world.at + timedelta(days=30))
    details = set(Line.objects.of(world.person("worker_a").pk).values_list("detail", flat=True))
    assert details == {"", "另一件"}
    assert not Line.objects.filter(text__contains="另一件").exists()


def test_every_reaction_is_an_event_of_the_loop(world):
    assert set(OFFER.reacts_to) <= {step.event for step in states.STEPS.steps}
    problem_in(world, "assigned")
    assert Job.objects.filter(kind="record.reaction", payload__room="problems").exists()
