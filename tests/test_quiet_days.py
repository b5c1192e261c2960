"""Thirty days of the demo group with the worker at its own times: nobody but a duty officer hears too much."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.db.models import Count

from bihuan.kernel.moment import local_day
from bihuan.notify.models import Line, Message
from bihuan.notify.reads import on_duty
from bihuan.org.reads import work_calendar
from bihuan.problems.demo.cases import Caster
from bihuan.problems.demo.hours import Hours, at_hour
from bihuan.problems.demo.lives import Lives, grade
from bihuan.problems.models import Problem, Reminder
from tests.demo_group import AT, built, cheap

DAYS, SCALE, NEW = 30, 0.08, 60
MOST = 3


def live_on(world) -> None:
    """Thirty days more: what is open goes on, and two new findings come in each day."""
    player, group, random = world.things["problems"], world.things["org"], Random("quiet")
    group.at = player.at = AT + timedelta(days=DAYS)
    caster = Caster(group)
    lives = Lives(group, Hours(work_calendar()), local_day(player.at))
    for number in range(NEW):
        case = caster.draw(
            500_000 + number, at_hour(local_day(AT) + timedelta(days=1 + number % DAYS), random)
        )
        grade(case)
        player.add([lives.begin(case)])
    player.play()


def test_thirty_days_stay_quiet(db, tmp_path):
    with cheap(tmp_path):
        world = built(AT, SCALE)
        started = Line.objects.count()
        live_on(world)
    assert world.things["problems"].refusals == []
    assert Problem.objects.count() >= 250
    days = Message.objects.with_lines().values("person", "day").annotate(n=Count("pk"))
    assert days.filter(day__gt=local_day(AT)).values("day").distinct().count() >= 25
    loud = [row for row in days.filter(n__gt=MOST) if not on_duty(row["person"], row["day"])]
    assert loud == []
    assert Line.objects.count() > started + 200, "they were told things"

    stages = ("problem", "person", "due_on", "stage")
    assert Reminder.objects.count() > 50
    assert not Reminder.objects.values(*stages).annotate(n=Count("pk")).filter(n__gt=1).exists()
    reminders = Line.objects.filter(key__startswith="remind:")
    assert reminders.exists()
    assert not reminders.values("person", "key").annotate(n=Count("pk")).filter(n__gt=1).exists()
    twice = Line.objects.values("person", "text", "said_on__date").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice.filter(key__startswith="remind:").exists()
