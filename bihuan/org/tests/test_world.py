"""The world itself: who reaches what in it."""

from bihuan.org.models import Unit
from bihuan.org.permissions import Permission as P
from bihuan.org.reads import people_who


def test_the_world_stands(world):
    assert Unit.objects.count() == 7
    assert (
        world.unit("furnace").path
        == f"/{world.unit('group').pk}/{world.unit('hot_mill').pk}/{world.unit('furnace').pk}/"
    )
    assert world.unit("furnace").depth == 3


def test_the_outsider_reaches_nothing_of_the_hot_mill(world):
    outsider = world.actor("outsider")
    hot = world.unit("hot_mill").path
    assert not any(outsider.may_in(code, hot) for code in P)
    assert outsider.may_in(P.PROBLEM_RECTIFY, world.unit("iron_mill").path)


def test_who_may_verify_in_the_furnace(world):
    names = [p.name for p in people_who(P.PROBLEM_VERIFY, world.unit("furnace").path, day=world.day)]
    assert set(names) == {"侯振华", "温慧敏", "高文静"}
    nearest = people_who(P.PROBLEM_RAISE, world.unit("furnace").path, day=world.day)
    assert nearest[0].unit.code.startswith("RZ")
