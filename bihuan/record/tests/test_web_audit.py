"""The audit trail: who reads how much of it, and how it is found in."""

from datetime import timedelta

import pytest

from bihuan.record.actions.append import append
from bihuan.record.models import Event
from bihuan.record.policies import audit_scope

DAY = "2025-09-15..2025-09-15"


@pytest.fixture
def trail(world, toys):
    """Three events beside those of the world itself: of the hot mill, of the iron mill, of no unit."""
    names = {world.person("liaison").pk: "武丽娜"}
    units = {world.unit("hot_mill").pk: "热轧厂"}
    toys(
        event_words={"toy.closed": "玩具销号"},
        names=lambda ids: {k: v for k, v in names.items() if k in ids},
        unit_names=lambda ids: {k: v for k, v in units.items() if k in ids},
        units_within=lambda path, subtree: [
            unit.pk for unit in world.units.values() if unit.path.startswith(path)
        ],
    )
    by = world.actor("liaison")

    def tell(subject, unit, at=world.at, **more):
        unit_id = world.unit(unit).pk if unit else None
        stream = f"toy:{subject}"
        return append(
            stream=stream, kind="toy.closed", by=by, at=at, subject=subject, unit_id=unit_id, **more
        )

    tell("XC-RZ-1", "hot_mill", late=True, data={"to": "closed", "note": ""})
    tell("XC-RZ-1", "furnace", at=world.at + timedelta(days=1))
    tell("XC-LT-2", "iron_mill")
    tell("包-3", None)
    return by


def text(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_it_names_time_person_unit_word_and_content(signed_in, trail):
    page = text(signed_in("audit_admin").get("/audit/?kind=toy.closed"))
    for word in ("玩具销号", "武丽娜", "热轧厂", "XC-RZ-1", "补录", "到：已销号"):
        assert word in page
    assert "note=" not in page


@pytest.mark.parametrize("word", ["liaison", "system_admin", "security_admin", "leader", "outsider"])
def test_it_is_not_for(word, signed_in, trail):
    assert signed_in(word).get("/audit/").status_code == 404


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ("kind=toy.closed", {"XC-RZ-1", "XC-LT-2", "包-3"}),
        (f"kind=toy.closed&recorded={DAY}", {"XC-RZ-1", "XC-LT-2", "包-3"}),
        ("kind=toy.closed&recorded=2025-09-16..", {"XC-RZ-1"}),
        ("kind=toy.closed&recorded=..2025-09-14", set()),
        ("stream=toy:XC-LT-2", {"XC-LT-2"}),
        ("kind=toy.closed&person=999999", set()),
        ("kind=toy.closed&unit=x", set()),
    ],
)
def test_it_filters(signed_in, trail, query, subjects):
    page = text(signed_in("audit_admin").get(f"/audit/?{query}"))
    assert {s for s in ("XC-RZ-1", "XC-LT-2", "包-3") if f">{s}<" in page} == subjects


def test_by_person_and_unit(world, signed_in, trail):
    client = signed_in("audit_admin")
    page = text(client.get(f"/audit/?person={world.person('liaison').pk}&unit={world.unit('hot_mill').pk}"))
    assert "经办人武丽娜" in page and ">XC-RZ-1<" in page and ">XC-LT-2<" not in page
    assert "武丽娜" in text(client.get("/audit/?pick=person"))


def test_a_grant_over_a_part_shows_that_part(world, trail, actor_with):
    mill = world.unit("hot_mill")
    part = actor_with(7, "audit.view", path=mill.path, unit_id=mill.pk)
    seen = Event.objects.in_units(audit_scope(part)).of_kinds(["toy.closed"])
    assert [e.subject for e in seen.order_by("id")] == ["XC-RZ-1", "XC-RZ-1"]
    root = world.unit("group")
    whole = actor_with(7, "audit.view", path=root.path, unit_id=root.pk)
    assert Event.objects.in_units(audit_scope(whole)).of_kinds(["toy.closed"]).count() == 4
    assert audit_scope(actor_with(7, "problem.view", path=root.path, unit_id=root.pk)) == set()


def test_pages_follow_each_other_without_a_gap(world, signed_in, trail, django_assert_max_num_queries):
    for number in range(120):
        append(stream="toy:many", kind="toy.closed", by=trail, at=world.at, subject=f"第{number:03}号")
    client, seen, address = signed_in("audit_admin"), [], "/audit/?kind=toy.closed&stream=toy:many"
    for _ in range(3):
        with django_assert_max_num_queries(30):
            response = client.get(address)
        page = response.context["page"]
        seen += [row.subject for row in page.window.rows]
        address = page.next_url
    assert seen == [f"第{number:03}号" for number in reversed(range(120))]
    assert address == ""
