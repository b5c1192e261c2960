"""Put a unit or a party organisation, with everything below it, under another one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.advance import Node, kind_of, repath, respell, stream_of
from bihuan.org.models import Unit
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append


@transaction.atomic
def move_node(*, node: Node, parent: Node, on: date, by: Actor, at: datetime, why: str = "") -> Node:
    """From `on` the node belongs to `parent`; every node below gets a new spell too. Returns it as it is now."""
    if isinstance(node, Unit):
        insist(may_manage_org(by, node.path or ""))
    insist(may_manage_org(by, (parent.path or "") if isinstance(node, Unit) else ""))
    _check(node, parent, on)
    old = node.parent_id
    moved = repath(node, parent)
    respell(moved, on=on, why=why or "调整隶属关系")
    append(
        stream=stream_of(node),
        kind=kind_of(node, "moved"),
        by=by,
        at=at,
        unit_id=node.pk if isinstance(node, Unit) else None,
        data={"from": old, "to": parent.pk, "on": on.isoformat(), "with": len(moved) - 1, "why": why},
    )
    return moved[0]


def _check(node: Node, parent: Node, on: date) -> None:
    if node.parent_id is None:
        raise Refused("最上面的一级不能移到别处", "移动它下面的单位")
    if parent.pk == node.parent_id:
        raise Invalid(f"本来就在“{parent.name}”下面", "换一个上级", field="parent")
    if (parent.path or "").startswith(node.path or "-"):
        raise Refused("不能移到自己下面", "换一个上级", field="parent")
    if not parent.is_open(on) or not node.is_open(on):
        raise Refused(f"“{(node if not node.is_open(on) else parent).name}”已撤销", "换一个", field="parent")
