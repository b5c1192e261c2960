"""Both trees, as they are and as they were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from bihuan.org.models import PartyOrg, PartySpell, Unit, UnitSpell


@dataclass(slots=True)
class TreeNode:
    """A node with its children in order. `depth` counts from 1 at the root."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    path: str
    depth: int
    children: list[TreeNode] = field(default_factory=list)

    @property
    def shown(self) -> str:
        return self.short_name or self.name

    def walk(self) -> Iterable[TreeNode]:
        """This node and everything below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree_now(model: type[Unit] | type[PartyOrg], day: date) -> list[TreeNode]:
    """The roots of the tree as it stands, closed nodes left out. One query."""
    rows = model.objects.open_on(day).exclude(path=None).in_tree_order()
    found = rows.values_list("pk", "code", "name", "short_name", "kind", "path", "depth")
    return _nest(TreeNode(*row) for row in found)


def tree_as_of(day: date, model: type[Unit] | type[PartyOrg] = Unit) -> list[TreeNode]:
    """The roots of the tree as it was on a day, with the names of that day. One query."""
    spells, owner = (UnitSpell, "unit") if model is Unit else (PartySpell, "party_org")
    rows = spells.objects.filter(Q(to_day=None) | Q(to_day__gt=day), from_day__lte=day)
    found = rows.order_by(f"{owner}__order", f"{owner}_id").values_list(
        f"{owner}_id", f"{owner}__code", "name", "short_name", f"{owner}__kind", "path"
    )
    nodes = [TreeNode(*row, depth=row[-1].count("/") - 1) for row in found]
    return _nest(sorted(nodes, key=lambda node: node.depth))


def children_of(tree: Iterable[TreeNode], node_id: int) -> list[TreeNode]:
    return next((n.children for root in tree for n in root.walk() if n.id == node_id), [])


def _nest(nodes: Iterable[TreeNode]) -> list[TreeNode]:
    """Parents must come before children. A node whose parent is not there that day becomes a root."""
    by_path: dict[str, TreeNode] = {}
    roots: list[TreeNode] = []
    for node in nodes:
        by_path[node.path] = node
        above = by_path.get(node.path.rstrip("/").rsplit("/", 1)[0] + "/")
        (above.children if above else roots).append(node)
    return roots
