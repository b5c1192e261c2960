"""Both trees: opening, renaming, moving, merging, closing; what was, stays known."""

from datetime import date, timedelta

import pytest

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.actions.close_node import close_node
from bihuan.org.actions.cover_units import cover_units
from bihuan.org.actions.join_party_org import join_party_org
from bihuan.org.actions.merge_node import merge_node
from bihuan.org.actions.move_node import move_node
from bihuan.org.actions.open_party_org import open_party_org
from bihuan.org.actions.open_unit import NewUnit, open_unit, open_units
from bihuan.org.actions.rename_node import rename_node
from bihuan.org.models import Employment, Grant, Membership, PartyLink, PartyOrg, Unit, UnitSpell
from bihuan.org.reads import tree_as_of, tree_now
from bihuan.org.web.tree import tree_html
from bihuan.record.models import Event

ON = date(2025, 9, 1)


def _names(day, model=Unit):
    return {node.name: node.path for root in tree_as_of(day, model) for node in root.walk()}


def _who(world, word="system_admin"):
    return {"by": world.actor(word), "at": world.at}


def test_rename_keeps_the_old_name_where_it_was(world):
    mill = world.unit("hot_mill")
    rename_node(node=mill, name="热连轧厂", short_name="热连轧", on=ON, why="晋岭〔2025〕8号", **_who(world))
    assert "热轧厂" in _names(ON - timedelta(days=1)) and "热连轧厂" in _names(ON)
    assert Unit.objects.get(pk=mill.pk).aliases == ["热轧厂"]
    event = Event.objects.get(stream=f"unit:{mill.pk}", kind="unit.renamed")
    assert event.data["old"]["name"] == "热轧厂" and event.by_id == world.person("system_admin").pk


def test_rename_twice_on_one_day_leaves_one_truth(world):
    mill = world.unit("hot_mill")
    for name in ("热连轧厂", "热轧带钢厂"):
        rename_node(node=mill, name=name, on=ON, **_who(world))
    assert UnitSpell.objects.filter(unit=mill, from_day=ON).count() == 1
    assert "热轧带钢厂" in _names(ON) and "热连轧厂" not in _names(ON)


def test_move_takes_everything_below_along(world):
    mill, iron, furnace = world.unit("hot_mill"), world.unit("iron_mill"), world.unit("furnace")
    team = open_unit(code="RZ-JR-1", name="一班", kind="team", parent=furnace, on=ON, by=SYSTEM, at=world.at)
    move_node(node=furnace, parent=iron, on=ON, **_who(world))
    fresh = Unit.objects.get(pk=team.pk)
    assert fresh.path == f"{iron.path}{furnace.pk}/{team.pk}/" and fresh.depth == 4
    assert _names(ON)["热轧厂加热炉车间"].startswith(iron.path)
    assert _names(ON - timedelta(days=1))["热轧厂加热炉车间"].startswith(mill.path)
    assert len({node.path for root in tree_now(Unit, world.day) for node in root.walk()}) == 8


@pytest.mark.parametrize(
    ("what", "where", "reason"),
    [
        ("group", "hot_mill", "最上面的一级"),
        ("hot_mill", "furnace", "自己下面"),
        ("furnace", "hot_mill", "本来就在"),
    ],
)
def test_move_refuses(world, what, where, reason):
    with pytest.raises(Refused, match=reason):
        move_node(node=world.unit(what), parent=world.unit(where), on=ON, **_who(world))


def test_two_who_move_the_same_unit(world):
    stale = Unit.objects.get(pk=world.unit("furnace").pk)
    move_node(node=world.unit("furnace"), parent=world.unit("iron_mill"), on=ON, **_who(world))
    with pytest.raises(Stale):
        move_node(node=stale, parent=world.unit("safety_dept"), on=ON, **_who(world))


def test_merge_takes_people_along_and_ends_the_grants(world):
    mill, iron = world.unit("hot_mill"), world.unit("iron_mill")
    merge_node(node=iron, into=mill, on=ON, **_who(world))
    moved = Employment.objects.get(person=world.person("outsider"), to_day=None)
    assert moved.unit_id == mill.pk and moved.from_day == ON
    closed = Unit.objects.get(pk=iron.pk)
    assert closed.closed_on == ON and closed.merged_into_id == mill.pk
    assert not Grant.objects.filter(unit=iron, revoked_at=None).exists()
    assert "炼铁厂" not in _names(ON) and "炼铁厂" in _names(ON - timedelta(days=1))
    assert Event.objects.filter(stream=f"unit:{mill.pk}", kind="unit.absorbed").exists()


def test_merge_moves_the_children(world):
    mill, iron = world.unit("hot_mill"), world.unit("iron_mill")
    merge_node(node=mill, into=iron, on=ON, **_who(world))
    assert Unit.objects.get(pk=world.unit("furnace").pk).path == f"{iron.path}{world.unit('furnace').pk}/"


def test_close_says_what_is_still_there(world):
    with pytest.raises(Refused) as refused:
        close_node(node=world.unit("hot_mill"), on=ON, **_who(world))
    assert "下级单位 2 个" in refused.value.reason and "在岗人员 3 人" in refused.value.reason
    assert Unit.objects.get(pk=world.unit("hot_mill").pk).closed_on is None


def test_close_an_empty_one_once(world):
    mill = world.unit("hot_mill")
    empty = open_unit(
        code="RZ-LS", name="临时指挥部", kind="team", parent=mill, on=date(2025, 1, 1), by=SYSTEM, at=world.at
    )
    close_node(node=empty, on=ON, **_who(world))
    assert "临时指挥部" in _names(ON - timedelta(days=1)) and "临时指挥部" not in _names(ON)
    with pytest.raises(Stale):
        close_node(node=empty, on=ON, **_who(world))
    with pytest.raises(Refused, match="已撤销"):
        open_unit(code="RZ-LS-1", name="一组", kind="team", parent=empty, on=world.day, **_who(world))


@pytest.mark.parametrize("word", ["security_admin", "audit_admin", "safety_officer", "unit_head", "outsider"])
def test_only_the_system_administrator_changes_the_tree(world, word):
    mill = world.unit("hot_mill")
    for act in (
        lambda who: rename_node(node=mill, name="别名", on=ON, **who),
        lambda who: move_node(node=world.unit("furnace"), parent=world.unit("iron_mill"), on=ON, **who),
        lambda who: close_node(node=mill, on=ON, **who),
        lambda who: merge_node(node=mill, into=world.unit("iron_mill"), on=ON, **who),
        lambda who: open_unit(code="X", name="新", kind="team", parent=mill, on=ON, **who),
    ):
        with pytest.raises(Refused, match="系统管理员"):
            act(_who(world, word))


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (NewUnit("RZ", "又一个", "mill", "JT"), "已被“热轧厂”用了"),
        (NewUnit("ZZ", "第二集团", "group", None), "集团已经有了"),
        (NewUnit("ZZ", "无上级", "mill", None), "只有集团没有上级"),
        (NewUnit("ZZ", "上级不存在", "mill", "QQ"), "上级 QQ 不存在"),
        (NewUnit("ZZ", "类别不对", "castle", "JT"), "没有单位类别"),
        (NewUnit("ZZ", " ", "mill", "JT"), "名称没有填"),
    ],
)
def test_open_refuses(world, new, reason):
    with pytest.raises(Refused, match=reason):
        open_units(units=[new], on=ON, by=SYSTEM, at=world.at)
    assert Unit.objects.count() == 7


def test_thousands_open_in_a_handful_of_statements(world, django_assert_max_num_queries):
    news = [
        NewUnit(f"B{n}", f"班组{n}", "team", "RZ-JR" if n % 2 else f"B{n - 1}" if n else "RZ")
        for n in range(1500)
    ]
    news = [NewUnit("B0", "班组0", "team", "RZ"), *news[1:]]
    with django_assert_max_num_queries(80):
        open_units(units=list(reversed(news)), on=ON, by=SYSTEM, at=world.at)
    made = Unit.objects.filter(code__startswith="B")
    assert made.count() == 1500 and not made.filter(path=None).exists()
    for unit in made.select_related("parent")[:20]:
        assert unit.path == f"{unit.parent.path}{unit.pk}/"


def test_party_organisations_share_the_code_but_not_the_tree(world):
    mill, joint = world.party["mill"], world.party["joint"]
    second = open_party_org(
        code="DZB-RZ-2", name="第二党支部", kind="branch", parent=mill, on=ON, **_who(world)
    )
    join_party_org(person=world.person("worker_a"), org=joint, on=ON, **_who(world))
    with pytest.raises(Refused, match="党员 1 人"):
        close_node(node=joint, on=ON, **_who(world))
    merge_node(node=joint, into=second, on=date(2025, 9, 10), **_who(world))
    assert Membership.objects.get(person=world.person("worker_a"), to_day=None).party_org_id == second.pk
    assert "热轧厂第一联合党支部" in _names(ON, PartyOrg) and "热轧厂第一联合党支部" not in _names(
        world.day, PartyOrg
    )
    cover_units(org=second, units=[world.unit("furnace")], on=ON, **_who(world))
    cover_units(org=second, units=[world.unit("finishing")], on=ON, **_who(world))
    cover_units(org=second, units=[world.unit("furnace")], on=ON, **_who(world))
    standing = PartyLink.objects.filter(party_org=second, to_day=None)
    assert [link.unit_id for link in standing] == [world.unit("furnace").pk]


def test_a_member_is_in_one_organisation(world):
    joint, mill = world.party["joint"], world.party["mill"]
    person = world.person("secretary")
    join_party_org(person=person, org=joint, on=ON, duty="支部书记", **_who(world))
    join_party_org(person=person, org=mill, on=world.day, kind="full", **_who(world))
    spans = list(
        Membership.objects.filter(person=person)
        .order_by("from_day")
        .values_list("party_org", "from_day", "to_day")
    )
    assert spans == [(joint.pk, ON, world.day - timedelta(days=1)), (mill.pk, world.day, None)]


def test_a_whole_tree_is_drawn_as_the_template_draws_it(world):
    from django.template.loader import render_to_string

    nodes = tree_as_of(world.day)
    drawn = render_to_string("org/parts/tree.html", {"nodes": nodes, "here": 0, "route": "org:unit"})
    assert tree_html(nodes, "org:unit") == drawn.replace("\n", "")
    assert drawn.count("<li>") == len(world.units)
