"""分管: dated rows of who has charge of what, handed over by the day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Refused
from bihuan.org.actions.end_line import end_line
from bihuan.org.actions.end_portfolio import end_portfolio
from bihuan.org.actions.give_portfolio import give_portfolio
from bihuan.org.actions.hand_portfolio import hand_portfolio
from bihuan.org.actions.keep_line import keep_line
from bihuan.org.models import BusinessLine, Portfolio
from bihuan.org.reads import portfolio_of
from bihuan.record.models import Event

pytestmark = pytest.mark.django_db


def line_of(world, title="安全环保", *categories) -> BusinessLine:
    words = categories or ("有限空间", "煤气")
    return keep_line(title=title, categories=words, by=world.actor("system_admin"), at=world.at)


def give(world, who="leader", by="system_admin", **what) -> Portfolio:
    said = {"person": world.person(who), "from_day": world.day, "by": world.actor(by), "at": world.at}
    return give_portfolio(**{**said, **what})


def test_it_is_given_handed_over_by_the_day_and_both_rows_stay(world):
    first = give(
        world, unit=world.unit("hot_mill"), from_day=world.day - timedelta(days=30), document="〔2025〕3 号"
    )
    second = hand_portfolio(
        portfolio=first,
        to=world.person("unit_head"),
        on=world.day,
        by=world.actor("system_admin"),
        at=world.at,
    )
    first.refresh_from_db()
    assert first.to_day == world.day - timedelta(days=1) and first.ended_by == world.person("system_admin")
    labels = [
        [charge.label for charge in portfolio_of(world.person(word).pk, day)]
        for word, day in (
            ("leader", first.to_day), ("leader", world.day), ("unit_head", first.to_day), ("unit_head", world.day),
        )
    ]  # fmt: skip
    assert labels == [["热轧厂"], [], [], ["热轧厂"]]
    kinds = Event.objects.filter(kind__startswith="portfolio.").values_list("kind", "stream")
    assert list(kinds) == [
        ("portfolio.given", first.stream), ("portfolio.ended", first.stream), ("portfolio.given", second.stream),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("both", "二选一"), ("neither", "二选一"), ("twice", "已经分管"), ("liaison", "系统管理员"),
        ("ended line", "已停用"), ("held line", "还分管"), ("same", "本来就由他"), ("too early", "接手的日子"),
        ("again", "已经交出"), ("no category", "没有写类别"), ("same title", "已有业务线"),
    ],
)  # fmt: skip
def test_it_refuses(world, case, reason):
    line, mill, admin = line_of(world), world.unit("hot_mill"), world.actor("system_admin")
    given = give(world, unit=mill)
    said = {"by": admin, "at": world.at}
    acts = {
        "both": lambda: give(world, unit=mill, line=line),
        "neither": lambda: give(world),
        "twice": lambda: give(world, unit=mill),
        "liaison": lambda: give(world, by="liaison", line=line),
        "ended line": lambda: give(world, line=end_line(line=line, on=world.day, **said)),
        "held line": lambda: (give(world, line=line), end_line(line=line, on=world.day, **said)),
        "same": lambda: hand_portfolio(portfolio=given, to=given.person, on=world.day, **said),
        "too early": lambda: hand_portfolio(
            portfolio=given, to=world.person("unit_head"), on=world.day, **said
        ),
        "again": lambda: [end_portfolio(portfolio=given, last=world.day, **said) for _ in range(2)],
        "no category": lambda: keep_line(title="设备", categories=[" "], **said),
        "same title": lambda: line_of(world),
    }
    with pytest.raises(Refused, match=reason):
        acts[case]()


def test_the_pages_show_and_do_it(world, signed_in):
    admin, reader = signed_in("system_admin"), signed_in("worker_a")
    assert "还没有登记领导分管" in reader.get("/settings/portfolios/").content.decode()
    admin.post("/settings/lines/new/", {"title": "设备", "categories": "特种设备\n\n设备点检\n"})
    line = BusinessLine.objects.get()
    assert line.categories == ["特种设备", "设备点检"]
    assert "特种设备、设备点检" in reader.get("/settings/lines/").content.decode()
    admin.post(f"/settings/lines/{line.pk}/", {"title": "设备管理", "categories": "特种设备"})
    said = {"person": "1001", "from_day": "2025-09-01"}
    admin.post("/settings/portfolios/new/", {**said, "line": line.pk})
    page = reader.get("/settings/portfolios/").content.decode()
    assert "贺长风" in page and "设备管理" in page
    given = Portfolio.objects.get()
    assert admin.get(f"/settings/portfolios/{given.pk}/handing-over/").status_code == 200
    admin.post(f"/settings/portfolios/{given.pk}/handing-over/", {"to": "3001", "on": "2025-09-10"})
    assert Portfolio.objects.get(ended_at=None).person == world.person("unit_head")
    last = Portfolio.objects.get(ended_at=None)
    admin.post(f"/settings/portfolios/{last.pk}/end/", {"last": "2025-09-20"})
    assert not Portfolio.objects.filter(ended_at=None).exists()
    admin.post(f"/settings/lines/{line.pk}/end/")
    assert BusinessLine.objects.get().ended_on is not None
    for url in ("/settings/portfolios/new/", "/settings/lines/new/", f"/settings/lines/{line.pk}/"):
        assert reader.get(url).status_code == 404


def test_the_list_asks_the_same_for_more_rows(world, signed_in):
    give(world, unit=world.unit("hot_mill"))
    client = signed_in("worker_a")
    client.get("/settings/portfolios/")
    with CaptureQueriesContext(connection) as few:
        client.get("/settings/portfolios/")
    give(world, line=line_of(world))
    for word in ("unit_head", "outsider"):
        give(world, word, unit=world.unit("iron_mill"))
    with CaptureQueriesContext(connection) as many:
        client.get("/settings/portfolios/")
    assert len(many) == len(few) <= 15


@pytest.mark.django_db(transaction=True)
def test_two_hands_end_it_once(race):
    from bihuan.org.tests.world import build

    world = build(accounts=False)
    made = give(world, unit=world.unit("hot_mill"))
    done = race(
        lambda: end_portfolio(
            portfolio=Portfolio.objects.select_related("unit").get(pk=made.pk),
            last=world.day,
            by=SYSTEM,
            at=world.at,
        ),
        times=4,
    )
    assert sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)
    assert Event.objects.filter(kind="portfolio.ended").count() == 1
