"""Open a unit: one, or thousands at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.advance import place_new
from bihuan.org.models import Unit
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append_first import append_first


@dataclass(frozen=True, slots=True)
class NewUnit:
    """`parent_code` names a unit that exists or stands earlier in the same batch; None only for the group."""

    code: str
    name: str
    kind: str
    parent_code: str | None
    short_name: str = ""
    industry: str = ""
    aliases: tuple[str, ...] = ()


@transaction.atomic
def open_unit(
    *,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None,
    on: date,
    by: Actor,
    at: datetime,
    short_name: str = "",
    industry: str = "",
    aliases: tuple[str, ...] = (),
) -> Unit:
    """Open one unit under `parent`; without a parent it is the group, and there is one group only."""
    new = NewUnit(code, name, kind, parent.code if parent else None, short_name, industry, aliases)
    return open_units(units=[new], on=on, by=by, at=at)[0]


@transaction.atomic
def open_units(*, units: Sequence[NewUnit], on: date, by: Actor, at: datetime) -> list[Unit]:
    """Open units level by level: a handful of statements per level, whatever their number.

    Returns them in the order given. Raises Refused when a code is taken, a parent is missing or closed.
    """
    made: dict[str, Unit] = {}
    known = _known(units)
    for level in _levels(units, known):
        rows = [_row(new, known, made, len(made) + place, by, on) for place, new in enumerate(level)]
        created = Unit.objects.bulk_create(rows, batch_size=500)
        place_new(created, since=on, why="设立")
        made.update({unit.code: unit for unit in created})
    append_first(
        kind="unit.opened",
        by=by,
        at=at,
        streams=[
            (
                f"unit:{unit.pk}",
                unit.pk,
                {"code": unit.code, "name": unit.name, "kind": unit.kind, "parent": unit.parent_id},
            )
            for unit in made.values()
        ],
    )
    return [made[new.code] for new in units]


def _known(units: Sequence[NewUnit]) -> dict[str, Unit]:
    codes = [new.code for new in units]
    if taken := sorted(_twins(codes)):
        raise Refused(f"单位编码重复：{taken[0]}", "每个单位一个编码", field="code")
    wanted = {*codes, *(new.parent_code for new in units if new.parent_code)}
    known = {unit.code: unit for unit in Unit.objects.filter(code__in=wanted)}
    if clash := [code for code in codes if code in known]:
        raise Refused(
            f"单位编码 {clash[0]} 已被“{known[clash[0]].name}”用了",
            "换一个编码；编码用过就不再给别的单位",
            field="code",
        )
    return known


def _twins(codes: list[str]) -> set[str]:
    return {code for code, times in Counter(codes).items() if times > 1}


def _levels(units: Sequence[NewUnit], known: dict[str, Unit]) -> list[list[NewUnit]]:
    placed, waiting, levels = set(known), list(units), []
    while waiting:
        level = [new for new in waiting if new.parent_code is None or new.parent_code in placed]
        if not level:
            lost = waiting[0]
            raise Refused(
                f"“{lost.name}”的上级 {lost.parent_code} 不存在", "先建上级，或改上级编码", field="parent"
            )
        levels.append(level)
        placed |= {new.code for new in level}
        waiting = [new for new in waiting if new.code not in placed]
    return levels


def _row(new: NewUnit, known: dict, made: dict, order: int, by: Actor, on: date) -> Unit:
    if not new.name.strip():
        raise Refused("单位名称没有填", "填上全称", field="name")
    if new.kind not in Unit.Kind.values:
        raise Refused(f"没有单位类别“{new.kind}”", f"可选：{'、'.join(Unit.Kind.labels)}", field="kind")
    parent = known.get(new.parent_code) or made.get(new.parent_code) if new.parent_code else None
    if (parent is None) != (new.kind == Unit.Kind.GROUP):
        raise Refused("只有集团没有上级，其他单位都要有上级", "选一个上级", field="parent")
    if parent is None and Unit.objects.filter(parent=None).exists():
        raise Refused("集团已经有了，一套系统只有一个集团", "建在集团下面", field="parent")
    if parent and not parent.is_open(on):
        raise Refused(f"上级“{parent.name}”已撤销", "换一个上级", field="parent")
    insist(may_manage_org(by, (parent.path or "") if parent else ""))
    return Unit(
        code=new.code.strip(),
        name=new.name.strip(),
        short_name=new.short_name.strip(),
        kind=new.kind,
        industry=new.industry,
        aliases=list(new.aliases),
        parent=parent,
        order=order,
        opened_on=on,
    )
