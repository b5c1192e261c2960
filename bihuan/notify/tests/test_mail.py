"""Mails against a real server: one digest a day, urgent ones at once, no content, none twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.notify.actions.mark_read import mark_read
from bihuan.notify.actions.tell import tell
from bihuan.notify.jobs import queue_digests, send_digests
from bihuan.notify.models import Mail
from bihuan.record.actions.run_job import JobRun
from bihuan.record.models import Job
from bihuan.record.worker import run_until_idle

from .smtp import LoopbackSmtp

pytestmark = pytest.mark.django_db
SECRET = "废钢料场与消防通道混用"
NUMBER = "AQ-RZ-202509-001"


@pytest.fixture
def server(settings):
    smtp = LoopbackSmtp()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", smtp.port, False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT, settings.MAIL_ON, settings.PUBLIC_URL = 5, True, "https://bihuan.example"
    yield smtp
    smtp.shutdown()
    smtp.server_close()


@pytest.fixture
def mailbox(world):
    def give(*words):
        for word in words:
            person = world.person(word)
            person.email = f"{word}@example.com"
            person.save(update_fields=["email"])

    give("liaison", "unit_head")
    return give


def say(world, *words, key="k:1", at=None, urgent=False):
    people = [world.person(word).pk for word in words]
    return tell(people=people, key=key, text=f"待认领 {NUMBER}", detail=SECRET, url=f"/problems/{NUMBER}/",
                at=at or world.at, urgent=urgent)  # fmt: skip


def work(at, loud=True):
    return run_until_idle(at=at, loud=loud)


def morning(world, days=0):
    return world.at.replace(hour=8, minute=5) + timedelta(days=days)


def test_one_digest_mail_without_content(world, server, mailbox):
    for number in range(3):
        say(world, "liaison", key=f"k:{number}", at=world.at.replace(hour=7))
    for minutes in (0, 60, 120):
        queue_digests(morning(world) + timedelta(minutes=minutes))
        work(morning(world) + timedelta(minutes=minutes))
    [text] = server.texts("liaison@example.com")
    assert NUMBER in text and "https://bihuan.example/problems/AQ-RZ-202509-001/" in text
    assert SECRET not in text
    assert server.subjects() == ["闭环：今天有 3 件新通知"]


def test_what_is_said_later_waits_for_the_next_day(world, server, mailbox):
    say(world, "liaison", key="k:1", at=world.at.replace(hour=7))
    queue_digests(morning(world))
    work(morning(world))
    say(world, "liaison", key="k:2")
    queue_digests(morning(world) + timedelta(hours=3))
    work(morning(world) + timedelta(hours=3))
    assert len(server.taken) == 1
    queue_digests(morning(world, 1))
    work(morning(world, 1))
    assert server.subjects() == ["闭环：今天有 1 件新通知"] * 2


def test_what_was_read_is_not_mailed(world, server, mailbox):
    say(world, "liaison")
    mark_read(by=world.actor("liaison"), at=world.at)
    queue_digests(morning(world, 1))
    work(morning(world, 1))
    assert server.taken == [] and not Mail.objects.exists()


def test_not_before_the_hour(world, server, mailbox):
    say(world, "liaison", at=world.at.replace(hour=6))
    queue_digests(world.at.replace(hour=7, minute=5))
    assert not Job.objects.filter(kind="notify.digests").exists()


def test_urgent_goes_at_once_and_once(world, server, mailbox):
    say(world, "unit_head", urgent=True)
    work(world.at)
    say(world, "unit_head", urgent=True)
    work(world.at)
    assert server.subjects() == ["闭环：1 件要马上看"]
    queue_digests(morning(world, 1))
    work(morning(world, 1))
    assert len(server.taken) == 1


def test_a_joined_urgent_line_comes_with_the_next_digest(world, server, mailbox):
    for number in range(4):
        say(world, "unit_head", key=f"red:{number}", urgent=True)
        work(world.at)
    assert len(server.taken) == 2
    queue_digests(morning(world, 1))
    work(morning(world, 1))
    assert server.subjects()[2] == "闭环：今天有 2 件新通知"


def test_without_a_mail_server_nothing_is_tried(world, mailbox, settings):
    settings.MAIL_ON = False
    say(world, "unit_head", urgent=True)
    queue_digests(morning(world, 1))
    assert not Job.objects.filter(kind__startswith="notify.").exists()


@pytest.mark.django_db(transaction=True)
def test_a_temporary_refusal_is_tried_again(world, server, mailbox):
    server.refusals["unit_head@example.com"] = "451 later"
    say(world, "unit_head", urgent=True)
    assert len(work(world.at, loud=False).errors) == 1
    assert not Mail.objects.exists()
    server.refusals.clear()
    work(world.at + timedelta(minutes=2))
    assert len(server.taken) == 1 and Mail.objects.get().sent_on is not None


def test_an_unknown_mailbox_stops_only_its_own_mail(world, server, mailbox):
    server.refusals["unit_head@example.com"] = "550 nobody here"
    say(world, "unit_head", "liaison", at=world.at.replace(hour=7))
    queue_digests(morning(world))
    work(morning(world))
    assert [to for to, _ in server.taken] == ["liaison@example.com"]
    assert Mail.objects.get(person=world.person("unit_head")).refusal.startswith("550")


@pytest.mark.django_db(transaction=True)
def test_a_broken_connection_never_leads_to_two(world, server, mailbox):
    server.hangs_up = True
    say(world, "unit_head", urgent=True)
    assert len(work(world.at, loud=False).errors) == 1
    server.hangs_up = False
    work(world.at + timedelta(minutes=5))
    assert server.taken == []
    kept = Mail.objects.get()
    assert kept.sent_on is None and kept.refusal


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_away_costs_nothing(world, server, mailbox, settings):
    settings.EMAIL_PORT = 1
    say(world, "unit_head", urgent=True)
    assert len(work(world.at, loud=False).errors) == 1
    assert not Mail.objects.exists()
    settings.EMAIL_PORT = server.port
    work(world.at + timedelta(minutes=5))
    assert len(server.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one(race, world, server, mailbox):
    say(world, "liaison", at=world.at.replace(hour=7))
    job = Job(kind="notify.digests", payload={"day": str(world.day)}, total_steps=1)

    def run():
        handler = JobRun(job, clock=lambda: morning(world))
        handler.progress = lambda *a: None
        send_digests(handler)

    outcomes = race(run, times=4)
    assert [o.error for o in outcomes if o.error] == []
    assert len(server.taken) == 1
