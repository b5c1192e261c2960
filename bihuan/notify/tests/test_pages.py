"""The list of notices: grouped by day, one's own only, read by opening."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from bihuan.notify.actions.tell import tell
from bihuan.notify.models import Line
from bihuan.notify.reads import bell

pytestmark = pytest.mark.django_db


def say(world, word, key, days=0):
    tell(people=[world.person(word).pk], key=key, text=f"待认领 {key}", url="/notices/", tone="late",
         at=world.at + timedelta(days=days))  # fmt: skip


def test_grouped_by_day_newest_first(world, signed_in):
    say(world, "liaison", "A-1")
    say(world, "liaison", "A-2", days=1)
    page = signed_in("liaison").get(reverse("notify:notices")).content.decode()
    assert page.index("2025年9月16日") < page.index("2025年9月15日")
    assert "A-1" in page and "A-2" in page


def test_opening_reads_and_leads_on(world, signed_in):
    say(world, "liaison", "A-1")
    line = Line.objects.get()
    answer = signed_in("liaison").get(reverse("notify:line", args=[line.pk]))
    assert answer.status_code == 302 and answer["Location"] == line.url
    assert bell(world.actor("liaison"), world.at)["bell_count"] == 0


def test_all_read(world, signed_in):
    for key in ("A-1", "A-2"):
        say(world, "liaison", key)
    say(world, "unit_head", "A-1")
    signed_in("liaison").post(reverse("notify:read"), {"up_to": Line.objects.order_by("-id")[0].pk})
    assert Line.objects.unread().get().person == world.person("unit_head")


def test_nobody_opens_or_reads_anothers(world, signed_in):
    say(world, "liaison", "A-1")
    line = Line.objects.get()
    outsider = signed_in("outsider")
    assert outsider.get(reverse("notify:line", args=[line.pk])).status_code == 404
    assert "A-1" not in outsider.get(reverse("notify:notices")).content.decode()
    outsider.post(reverse("notify:read"))
    assert Line.objects.unread().exists()


def test_paging_goes_on_where_it_stopped(world, signed_in):
    for number in range(105):
        say(world, "liaison", f"A-{number:03d}")
    client = signed_in("liaison")
    first = client.get(reverse("notify:notices"))
    assert "A-104" in first.content.decode() and "A-004" not in first.content.decode()
    second = client.get(reverse("notify:notices"), {"before": first.context["more"]}).content.decode()
    assert "A-004" in second and "A-005" not in second


def test_an_empty_list_says_what_will_come(signed_in):
    page = signed_in("leader").get(reverse("notify:notices")).content.decode()
    assert "还没有通知" in page


def test_the_bell_costs_one_query(world, django_assert_num_queries):
    say(world, "liaison", "A-1")
    actor = world.actor("liaison")
    with django_assert_num_queries(1):
        assert bell(actor, world.at)["bell_count"] == 1
