"""Lists that no room's own test pins: what they ask of the database does not grow with their rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.tests.ledger_files import workbook
from bihuan.kernel.actor import SYSTEM
from bihuan.notify.actions.open_channel import open_channel
from bihuan.org.actions.add_person import NewPerson, add_people
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.hold_post import hold_post
from bihuan.org.actions.open_account import open_account
from bihuan.org.actions.open_post import open_post
from bihuan.org.tests.world import SINCE
from bihuan.problems.actions.suggest_likes import suggest_likes
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import raised


def _people(world):
    """Twelve more people, each with an account and a grant."""
    news = [NewPerson(f"7{n:03}", f"增员{n}", world.unit("furnace"), "检修工") for n in range(12)]
    for person in add_people(people=news, on=SINCE, by=SYSTEM, at=world.at):
        open_account(person=person, by=SYSTEM, at=world.at)
        grant_role(
            role="worker", unit=world.unit("furnace"), person=person, from_day=SINCE, by=SYSTEM, at=world.at
        )


def _imports(world):
    for n in range(6):
        start_import(
            data=workbook(title=f"第 {n} 本台账"), filename=f"台账{n}.xlsx", home=world.unit("hot_mill"),
            by=world.actor("safety_officer"), at=world.at,
        )  # fmt: skip


def _repeats(world):
    for n in range(4):
        raised(world, statement=f"{n} 号平台护栏缺失", found_on=world.day - timedelta(days=9 - n))
    for problem in Problem.objects.select_related("unit").order_by("id"):
        suggest_likes(problem=problem)


def _groups(world):
    for n in range(6):
        open_channel(
            name=f"第 {n} 群", kind="feishu", unit=world.unit("hot_mill"),
            address=f"https://open.feishu.cn/open-apis/bot/v2/hook/{n}abc", by=SYSTEM, at=world.at,
        )  # fmt: skip


def _holders(world, *words):
    """Posts with rights, and people in them who wait for a yes."""
    admin, unit = world.actor("system_admin"), world.unit("hot_mill")
    for word in words:
        post = open_post(code=f"P-{word}", title=f"岗 {word}", unit=unit, by=admin, at=world.at)
        grant_role(role="unit_head", unit=unit, post=post, from_day=SINCE, by=SYSTEM, at=world.at)
        hold_post(person=world.person(word), post=post, on=SINCE, by=admin, at=world.at)


LISTS = {
    "/notices/channels/": ("system_admin", _groups, 14),
    "/settings/accounts/": ("system_admin", _people, 18),
    "/settings/grants/": ("security_admin", _people, 18),
    "/ledgers/": ("safety_officer", _imports, 30),
    "/problems/repeats/": ("safety_officer", _repeats, 20),
}


@pytest.mark.parametrize("url", LISTS)
def test_more_rows_ask_no_more(world, signed_in, url):
    who, grow, most = LISTS[url]
    client = signed_in(who)
    if grow is _repeats:
        grow(world)  # an empty list asks less
    client.get(url)  # the first page of a session also notes that somebody is here
    with CaptureQueriesContext(connection) as few:
        assert client.get(url).status_code == 200
    grow(world)
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).status_code == 200
    assert len(many) == len(few) <= most


def test_more_who_wait_for_a_yes_ask_no_more(world, signed_in):
    """The panel above the grants: one waiting or four, the same questions."""
    client, url = signed_in("security_admin"), "/settings/grants/?holding=revoked"
    _holders(world, "liaison")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        assert "等您确认的任岗" in client.get(url).content.decode()
    _holders(world, "worker_a", "worker_b", "secretary")
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).status_code == 200
    assert len(many) == len(few) <= 19
