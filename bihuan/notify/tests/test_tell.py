"""Telling: each once, gathered into one digest a day, urgent ones few; also when two speak at the same time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.kernel.actor import SYSTEM
from bihuan.notify.actions.mark_read import mark_read
from bihuan.notify.actions.tell import tell
from bihuan.notify.actions.unsay import unsay
from bihuan.notify.models import Line, Message
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import build

pytestmark = pytest.mark.django_db


def say(world, *words, key="k:1", at=None, **more):
    people = [world.person(word).pk for word in words]
    return tell(
        people=people, key=key, text="待认领 AQ-RZ-202509-001", url="/notices/", at=at or world.at, **more
    )


def received(world, word, day=None):
    person = world.person(word)
    return list(Message.objects.on_day(person.pk, day or world.day).with_lines().order_by("kind", "number"))


def test_one_digest_a_day_however_much_is_said(world):
    for number in range(20):
        assert say(world, "liaison", "unit_head", key=f"k:{number}") == 2
    assert [m.kind for m in received(world, "liaison")] == ["digest"]
    assert Line.objects.of(world.person("liaison").pk).count() == 20


def test_the_next_day_is_another_digest(world):
    say(world, "liaison", key="k:1")
    say(world, "liaison", key="k:2", at=world.at + timedelta(days=1))
    assert Message.objects.filter(person=world.person("liaison")).count() == 2


def test_the_same_key_is_said_once_ever(world):
    assert say(world, "liaison") == 1
    assert say(world, "liaison", at=world.at + timedelta(days=3)) == 0
    assert say(world, "liaison", urgent=True) == 0
    assert Line.objects.count() == 1


def test_nobody_is_told_what_they_did(world):
    assert say(world, "liaison", "unit_head", by=world.actor("liaison")) == 1
    assert not received(world, "liaison")


def test_who_has_left_is_not_told(world):
    person = world.person("liaison")
    type(person).objects.filter(pk=person.pk).update(left_on=world.day)
    assert say(world, "liaison") == 0


def test_urgent_is_its_own_message_and_two_a_day(world):
    say(world, "unit_head", key="ordinary")
    for number in range(5):
        say(world, "unit_head", key=f"red:{number}", urgent=True)
    messages = received(world, "unit_head")
    assert [(m.kind, m.number, m.lines.count()) for m in messages] == [
        ("digest", 1, 1), ("urgent", 1, 1), ("urgent", 2, 4),
    ]  # fmt: skip


def test_a_duty_officer_gets_every_red_one(world):
    for number in range(5):
        say(world, "duty_officer", key=f"red:{number}", urgent=True)
    assert len(received(world, "duty_officer")) == 5


def test_duty_ends_with_its_grant(world):
    person = world.person("worker_a")
    grant_role(role="duty_officer", unit=world.unit("group"), person=person, from_day=world.day,
               to_day=world.day, by=SYSTEM, at=world.at)  # fmt: skip
    for day in (0, 1):
        for number in range(4):
            say(world, "worker_a", key=f"{day}:{number}", urgent=True, at=world.at + timedelta(days=day))
    assert len(received(world, "worker_a")) == 4
    assert len(received(world, "worker_a", world.day + timedelta(days=1))) == 2


def test_a_new_line_makes_it_unread_again(world):
    me = world.actor("liaison")
    say(world, "liaison", key="k:1")
    assert mark_read(by=me, at=world.at) == 1
    say(world, "liaison", key="k:2")
    assert list(Line.objects.of(me.person_id).unread().values_list("key", flat=True)) == ["k:2"]


def test_reading_stops_at_what_was_shown(world):
    me = world.actor("liaison")
    say(world, "liaison", key="k:1")
    shown = Line.objects.get().pk
    say(world, "liaison", key="k:2")
    assert mark_read(by=me, at=world.at, up_to=shown) == 1
    assert Line.objects.unread().get().key == "k:2"


def test_unsaying_takes_back_the_unread_only(world):
    me = world.actor("liaison")
    say(world, "liaison", key="remind:17:a")
    mark_read(by=me, at=world.at)
    say(world, "liaison", key="remind:17:b")
    say(world, "liaison", key="remind:170:b")
    say(world, "unit_head", key="remind:17:b")
    assert unsay(people=[me.person_id], prefix="remind:17:") == 1
    assert set(Line.objects.of(me.person_id).values_list("key", flat=True)) == {"remind:17:a", "remind:170:b"}
    assert Line.objects.of(world.person("unit_head").pk).exists()


def test_unsaying_everything_is_a_mistake(world):
    with pytest.raises(ValueError):
        unsay(people=[1], prefix="")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("urgent", [False, True])
def test_the_same_thing_said_by_eight_at_once_is_said_once(race, urgent, settings):
    world = build(accounts=False)
    outcomes = race(lambda: say(world, "unit_head", key="red:1", urgent=urgent), times=8)
    assert [o.error for o in outcomes if o.error] == []
    assert Line.objects.filter(person=world.person("unit_head")).count() == 1
    assert Message.objects.with_lines().count() == 1


@pytest.mark.django_db(transaction=True)
def test_six_red_things_at_once_are_still_two_messages(race):
    world = build(accounts=False)
    outcomes = race(lambda n: say(world, "unit_head", key=f"red:{n}", urgent=True), times=6)
    assert [o.error for o in outcomes if o.error] == []
    assert Line.objects.count() == 6
    assert sorted(Message.objects.values_list("number", flat=True)) == [1, 2]
