"""Receivers outside: told of what their person may see, in order, each once, whatever happens to them or to us."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.kernel.refused import Refused
from bihuan.notify import wire
from bihuan.notify.actions.again_delivery import again_delivery, again_without
from bihuan.notify.actions.change_endpoint import change_endpoint
from bihuan.notify.actions.open_endpoint import open_endpoint
from bihuan.notify.actions.send_deliveries import body_of, pause_before, send_deliveries
from bihuan.notify.jobs import knock_again, tidy_deliveries
from bihuan.notify.models import Delivery, Endpoint, Line
from bihuan.notify.tests.receiver import Receiver
from bihuan.org.models import Person
from bihuan.problems.actions.comment import comment
from bihuan.record.actions.claim_job import claim_job
from bihuan.record.models import Event, Job
from bihuan.record.worker import run_until_idle

from .story import problem_in, raised

KINDS = ("problem.raised", "problem.assigned", "problem.accepted", "problem.commented", "problem.closed")


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    made = Receiver()
    yield made
    made.end()


@pytest.fixture
def register(world, receiver):
    def register_as(word: str = "safety_officer", kinds=KINDS, url: str = ""):
        return open_endpoint(
            person=world.person(word),
            name="生产管理系统",
            url=url or receiver.url,
            kinds=kinds,
            by=world.actor(word),
            at=world.at,
        )

    return register_as


def work(at) -> None:
    run_until_idle(at=at)


def remark(world, problem, n: int) -> None:
    at = world.at + timedelta(minutes=n)
    comment(problem=problem, text=f"第 {n} 次看，未动", by=world.actor("safety_officer"), at=at)


def test_it_is_told_in_order_with_a_signature_and_no_text(world, receiver, register):
    _, secret = register()
    problem = problem_in(world, "closed")
    at = world.at + timedelta(days=3)
    work(at)
    assert [told["kind"] for told in receiver.got] == [
        "problem.raised",
        "problem.assigned",
        "problem.accepted",
        "problem.closed",
    ]
    assert {told["number"] for told in receiver.got} == {problem.number}
    assert receiver.signed(secret, now=at.timestamp())
    assert not receiver.signed(secret + "x", now=at.timestamp())
    assert not receiver.signed(secret, now=at.timestamp() + 3600)
    for told in receiver.got:
        assert set(told) == {"id", "kind", "number", "seq", "event", "occurred_at", "recorded_at"}
    assert problem.statement.encode() not in receiver.raw


@pytest.mark.parametrize("away", [timedelta(hours=1), timedelta(days=1)])
def test_a_receiver_that_is_down_misses_nothing(world, receiver, register, away):
    """The clock moves, the sockets are real: refused connections, then the same port listens again."""
    register()
    problem = raised(world)
    receiver.down()
    at, end = world.at, world.at + away
    n = 0
    while at < end:
        at += away / 12
        n += 1
        comment(problem=problem, text="还没有修好", by=world.actor("safety_officer"), at=at)
        work(at)
    assert receiver.got == [] and Delivery.objects.waiting().count() == n + 1
    endpoint = Endpoint.objects.get()
    assert endpoint.state == "active" and endpoint.failures > 3
    back = receiver.back()
    at = endpoint.next_try_on
    assert at <= end + timedelta(hours=1)
    work(at)
    assert [told["seq"] for told in back.got] == list(range(1, n + 2))
    assert len({told["id"] for told in back.got}) == n + 1
    assert not Delivery.objects.waiting().exists()
    assert Endpoint.objects.get().failures == 0
    back.down()


@pytest.mark.parametrize("answer", [500, 404, 302, None])
def test_what_is_not_taken_is_tried_again_with_the_same_number(world, receiver, register, answer):
    register()
    raised(world)
    receiver.answer = answer
    work(world.at)
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.status) == ("waiting", 1, answer)
    assert row.error
    receiver.answer = 200
    work(world.at + timedelta(seconds=20))
    assert receiver.got == [], "not before the pause is over"
    work(world.at + timedelta(seconds=40))
    assert [told["id"] for told in receiver.got] == [str(row.ident)]


def test_pauses_grow_and_stay_within_the_hour():
    assert [pause_before(n).total_seconds() for n in (1, 2, 3)] == [30, 60, 120]
    assert pause_before(500) == timedelta(hours=1)


def test_only_what_its_person_may_see_leaves(world, receiver, register):
    register("outsider")
    register("leader")
    raised(world)
    raised(world, secrecy="restricted")
    own = raised(world, unit=world.unit("iron_mill"))
    work(world.at)
    outsider, leader = Endpoint.objects.order_by("id")
    assert set(outsider.deliveries.filter(state="sent").values_list("subject", flat=True)) == {own.number}
    assert outsider.deliveries.filter(state="unseen").count() == 2
    assert leader.deliveries.filter(state="unseen").count() == 1, "the restricted one"


def test_what_the_person_loses_is_no_longer_told(world, receiver, register):
    register("liaison")
    problem = raised(world)
    work(world.at)
    assert len(receiver.got) == 1
    world.person("liaison").grants.update(revoked_at=world.at)
    remark(world, problem, 5)
    work(world.at + timedelta(minutes=6))
    assert len(receiver.got) == 1
    assert Delivery.objects.get(kind="problem.commented").state == "unseen"


def test_a_person_who_has_left_tells_nobody_anything(world, receiver, register):
    register("liaison")
    Person.objects.filter(pk=world.person("liaison").pk).update(left_on=world.day)
    raised(world)
    work(world.at)
    assert receiver.got == []
    endpoint = Endpoint.objects.get()
    assert (endpoint.state, endpoint.why) == ("paused", "owner")


def test_what_is_paused_collects_and_goes_on_in_order(world, receiver, register):
    endpoint, _ = register()
    by = world.actor("safety_officer")
    change_endpoint(endpoint=endpoint, to="paused", by=by, at=world.at)
    problem = raised(world)
    remark(world, problem, 1)
    work(world.at + timedelta(minutes=2))
    assert receiver.got == [] and Delivery.objects.waiting().count() == 2
    change_endpoint(endpoint=endpoint, to="active", by=by, at=world.at + timedelta(minutes=3))
    work(world.at + timedelta(minutes=3))
    assert [told["seq"] for told in receiver.got] == [1, 2]


def test_after_days_of_failing_it_is_paused_and_its_person_told(world, receiver, register):
    register()
    raised(world)
    receiver.answer = 503
    at = world.at
    for _ in range(200):
        work(at)
        if Endpoint.objects.get().state == "paused":
            break
        at = Endpoint.objects.get().next_try_on
    assert timedelta(days=3) <= at - world.at < timedelta(days=3, hours=2)
    line = Line.objects.get(key__startswith="endpoint:")
    assert "已暂停" in line.text and line.person_id == world.person("safety_officer").pk
    assert Delivery.objects.get().state == "waiting", "nothing is thrown away"
    receiver.answer = 410
    change_endpoint(endpoint=Endpoint.objects.get(), to="active", by=world.actor("safety_officer"), at=at)
    work(at)
    assert Endpoint.objects.get().why == "gone"


def test_one_that_is_never_taken_can_be_left_out_or_sent_again(world, receiver, register):
    register()
    problem = raised(world)
    remark(world, problem, 1)
    receiver.answer = 400
    work(world.at + timedelta(minutes=1))
    by, at = world.actor("safety_officer"), world.at + timedelta(hours=1)
    first = Delivery.objects.select_related("endpoint").order_by("event").first()
    again_without(delivery=first, by=by, at=at)
    receiver.answer = 200
    work(at)
    assert [told["seq"] for told in receiver.got] == [2]
    again_delivery(delivery=first, by=by, at=at)
    work(at)
    assert [told["seq"] for told in receiver.got] == [2, 1]
    assert receiver.got[-1]["id"] == str(first.ident)
    with pytest.raises(Refused):
        again_delivery(delivery=first, by=world.actor("outsider"), at=at)


def test_a_worker_killed_in_the_middle_doubles_nothing_here(world, receiver, register):
    """Killed after the other side took it and before we noted it: it goes once more under the same number."""
    endpoint, _ = register()
    raised(world)
    while (job := claim_job(worker="doomed", at=world.at)) is not None and job.kind != "notify.webhook":
        Job.objects.filter(pk=job.pk).update(state="waiting", claim="", claimed_until=None, attempts=0)
        work_one(job, world.at)
    row = Delivery.objects.get()
    Endpoint.objects.update(busy="dead", busy_until=world.at + timedelta(seconds=90))
    wire.post(endpoint.url, body_of(row, Event.objects.get(pk=row.event)), {"Bihuan-Signature": "t=0,v1=0"})
    work(world.at + timedelta(minutes=1))
    assert len(receiver.got) == 1, "the dead one still holds it"
    later = world.at + timedelta(minutes=5)
    knock_again(later)
    work(later)
    assert [told["id"] for told in receiver.got] == [str(row.ident)] * 2
    assert Delivery.objects.count() == 1 and Delivery.objects.get().state == "sent"


def work_one(job, at) -> None:
    from bihuan.record.actions.run_job import run_job

    again = claim_job(worker="living", at=at)
    run_job(job=again or job, clock=lambda: at)


def test_nothing_overtakes_what_is_not_written_yet(world, receiver, register):
    """A second worker is faster with a later event: it waits for the earlier one's delivery to be written."""
    endpoint, _ = register()
    problem = raised(world)
    remark(world, problem, 1)
    first, second = Event.objects.filter(stream=problem.stream).order_by("id")
    from bihuan.notify.reactions import hear

    hear(second)
    at = world.at + timedelta(minutes=1)
    assert send_deliveries(endpoint_id=endpoint.pk, at=at) == 0
    work(at)
    assert [told["seq"] for told in receiver.got] == [1, 2]
    hear(first)
    assert Delivery.objects.count() == 2


def test_what_was_delivered_long_ago_is_tidied_away(world, receiver, register):
    register()
    raised(world)
    work(world.at)
    tidy_deliveries(world.at + timedelta(days=30))
    assert Delivery.objects.count() == 1
    tidy_deliveries(world.at + timedelta(days=61))
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_once(race, settings, receiver):
    from bihuan.org.tests.world import build

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    world = build()
    endpoint, _ = open_endpoint(
        person=world.person("safety_officer"), name="两个工人", url=receiver.url, kinds=KINDS,
        by=world.actor("safety_officer"), at=world.at,
    )  # fmt: skip
    problem = raised(world)
    for n in range(1, 6):
        remark(world, problem, n)
    at = world.at + timedelta(minutes=6)
    from bihuan.notify.reactions import hear

    for event in Event.objects.filter(stream=problem.stream):
        hear(event)
    Job.objects.filter(kind="record.reaction").delete()
    outcomes = race(lambda: send_deliveries(endpoint_id=endpoint.pk, at=at), times=4)
    assert all(one.won for one in outcomes), [one.error for one in outcomes]
    assert sum(one.value for one in outcomes) == 6
    assert [told["seq"] for told in receiver.got] == [1, 2, 3, 4, 5, 6]
