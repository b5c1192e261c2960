"""The mappings that count for a unit's ledgers: its own before those of the units above, newer before older."""

from __future__ import annotations

from bihuan.areas.ledgers.models import ColumnMemory
from bihuan.areas.ledgers.reading.mapping import Column
from bihuan.areas.ledgers.reading.memory import Shape, likest
from bihuan.org.models import Unit

#: how many remembered shapes are tried
MOST = 200


def memory_for(home: Unit, columns: list[Column]) -> ColumnMemory | None:
    """The remembered mapping of this header's shape, if there is one."""
    if not columns:
        return None
    path = home.path or ""
    parts = [part for part in path.split("/") if part]
    above = ["/" + "/".join(parts[:end]) + "/" for end in range(1, len(parts) + 1)]
    live = ColumnMemory.objects.filter(forgotten_at=None, home__path__in=[*above, path])
    found = list(live.select_related("home", "learned_by").order_by("-pk")[:MOST])
    found.sort(key=lambda one: (-len(one.home.path or ""), -one.pk))
    place = likest(columns, [shape_of(one) for one in found])
    return None if place is None else found[place]


def shape_of(memory: ColumnMemory) -> Shape:
    return Shape(frozenset(memory.shape), dict(memory.columns))
