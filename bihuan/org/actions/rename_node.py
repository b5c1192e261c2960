"""Rename a unit or a party organisation. The old name stays in its history and as an alias for matching."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Stale
from bihuan.org.advance import Node, kind_of, respell, stream_of
from bihuan.org.models import Unit
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append


@transaction.atomic
def rename_node(
    *, node: Node, name: str, on: date, by: Actor, at: datetime, short_name: str | None = None, why: str = ""
) -> Node:
    """`short_name` None keeps the present one. From `on` the new name holds; before it, the old one."""
    insist(may_manage_org(by, (node.path or "") if isinstance(node, Unit) else ""))
    name = name.strip()
    short = node.short_name if short_name is None else short_name.strip()
    if not name:
        raise Invalid("名称没有填", "填上全称", field="name")
    if name == node.name and short == node.short_name:
        raise Invalid("名称没有变", "改了再保存", field="name")
    old = {"name": node.name, "short_name": node.short_name}
    aliases = list(dict.fromkeys([*node.aliases, *(v for v in old.values() if v and v not in (name, short))]))
    changed = (
        type(node)
        .objects.filter(pk=node.pk, name=node.name, short_name=node.short_name)
        .update(name=name, short_name=short, aliases=aliases)
    )
    if not changed:
        raise Stale()
    node.name, node.short_name, node.aliases = name, short, aliases
    respell([node], on=on, why=why or "更名")
    append(
        stream=stream_of(node),
        kind=kind_of(node, "renamed"),
        by=by,
        at=at,
        unit_id=node.pk if isinstance(node, Unit) else None,
        data={"old": old, "new": {"name": name, "short_name": short}, "on": on.isoformat(), "why": why},
    )
    return node
