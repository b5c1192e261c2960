from bihuan.registry import shelf


def test_rooms_below_get_names_by_id(world):
    person, unit = world.person("liaison"), world.unit("group")
    assert shelf.names({person.pk, 999_999}) == {person.pk: person.name}
    assert shelf.unit_names({unit.pk}) == {unit.pk: "晋岭钢铁"}


def test_a_reach_covers_its_branch(world):
    mill = world.unit("hot_mill")
    branch = {world.unit(word).pk for word in ("hot_mill", "furnace", "finishing")}
    assert shelf.units_within(mill.path, True) == branch
    assert shelf.units_within(mill.path, False) == {mill.pk}
