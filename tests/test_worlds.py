"""The demo group on odd days, and the ugly world beside it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db.models import Count

from bihuan.config.ugly import FILES_IN_ONE_STEP, MEASURES_IN_ONE_PLAN, ODD, load_ugly
from bihuan.kernel.moment import CHINA
from bihuan.problems.models import Attachment, Measure, Problem
from bihuan.record.models import Job
from tests.demo_group import AT, built, cheap


@pytest.mark.parametrize(
    "at", [datetime(2026, 2, 17, 0, 20, tzinfo=CHINA), datetime(2025, 10, 4, 9, 5, tzinfo=CHINA)], ids=str
)
def test_it_loads_on_odd_days(at, db, tmp_path):
    """In the night of the new year, and in the middle of a week of holidays."""
    with cheap(tmp_path):
        world = built(at, 0.004)
    assert world.things["problems"].refusals == []
    assert not Problem.objects.filter(changed_at__gt=at).exists()


def test_the_ugly_world_is_ugly(db, tmp_path):
    with cheap(tmp_path):
        world = load_ugly(AT, lambda _: None, 120)
    assert Problem.objects.count() == 120
    assert all(Problem.objects.filter(statement=text.strip()).exists() for text in ODD)
    assert max(len(text) for text in Problem.objects.values_list("statement", flat=True)) >= 1600
    assert max(len(unit.name) for unit in world.units) >= 38
    many = Measure.objects.values("problem").annotate(n=Count("pk")).order_by("-n").first()
    assert many["n"] == MEASURES_IN_ONE_PLAN
    files = Attachment.objects.values("problem", "event_seq").annotate(n=Count("pk")).order_by("-n").first()
    assert files["n"] == FILES_IN_ONE_STEP
    assert world.actor("bare").reaches == () == world.actor("expired").reaches
    assert not Problem.objects.filter(unit=world.empty).exists()
    assert set(Job.objects.values_list("state", flat=True)) >= {"dead", "running"}
