"""The only code that changes where a node of a tree stands, and writes the spell that remembers it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import PartyOrg, PartySpell, Unit, UnitSpell

Node = Unit | PartyOrg
_BATCH = 500
_LONGEST_PATH = 200


def stream_of(node: Node) -> str:
    return f"unit:{node.pk}" if isinstance(node, Unit) else f"party:{node.pk}"


def kind_of(node: Node, verb: str) -> str:
    return f"unit.{verb}" if isinstance(node, Unit) else f"party.{verb}"


def place_new(nodes: Sequence[Node], *, since: date, why: str) -> None:
    """Give new nodes their path, depth and first spell. Parents must be placed or stand before their children."""
    if not nodes:
        return
    paths: dict[int, str] = {}
    for node in nodes:
        above = ""
        if node.parent_id:
            above = paths.get(node.parent_id) or node.parent.path
        node.path = f"{above or '/'}{node.pk}/"
        if len(node.path) > _LONGEST_PATH:
            raise Refused(f"“{node.name}”的层级太深，放不下", "减少上级层数")
        node.depth = node.path.count("/") - 1
        paths[node.pk] = node.path
    type(nodes[0]).objects.bulk_update(nodes, ["path", "depth"], batch_size=_BATCH)
    spells, owner = _spells(nodes[0])
    spells.objects.bulk_create(
        [spells(**{owner: node}, **_now(node), from_day=since, why=why) for node in nodes], batch_size=_BATCH
    )


def respell(nodes: Iterable[Node], *, on: date, why: str) -> None:
    """Close the open spell of each node the day before `on` and open the next with what is true now.

    A spell that began on the very same day is corrected instead: two truths for one day would be none.
    """
    nodes = list(nodes)
    if not nodes:
        return
    spells, owner = _spells(nodes[0])
    standing = spells.objects.filter(**{f"{owner}__in": nodes}, to_day=None)
    if (later := standing.filter(from_day__gt=on).order_by("-from_day").first()) is not None:
        raise Refused(f"“{later.name}”在 {later.from_day} 已有变动，不能再补记更早的", "日期填那天或更晚")
    for spell in standing.filter(from_day=on):
        node = next(n for n in nodes if n.pk == getattr(spell, f"{owner}_id"))
        spells.objects.filter(pk=spell.pk).update(**_now(node), why=why)
    corrected = set(standing.filter(from_day=on).values_list(f"{owner}_id", flat=True))
    standing.filter(from_day__lt=on).update(to_day=on)
    fresh = [node for node in nodes if node.pk not in corrected]
    spells.objects.bulk_create(
        [spells(**{owner: node}, **_now(node), from_day=on, why=why) for node in fresh], batch_size=_BATCH
    )


def repath(node: Node, parent: Node) -> list[Node]:
    """Put the node with everything below it under `parent`; returns all that moved, the node first.

    One conditional UPDATE takes the node, one rewrites all paths below. Raises Stale if somebody moved it first.
    """
    model, old = type(node), node.path or ""
    new = f"{parent.path}{node.pk}/"
    deeper = parent.depth + 1 - node.depth
    longest = max((len(path) for path in model.objects.under(old).values_list("path", flat=True)), default=0)
    if longest + len(new) - len(old) > _LONGEST_PATH:
        raise Refused("移过去以后层级太深，放不下", "换一个上级")
    # The node first: whoever finds another path there lost the race.
    won = model.objects.filter(pk=node.pk, path=old).update(parent=parent, path=f"#{new}")
    # The parent must stand where we read it: written to itself, so that nobody moves it until we are done.
    stands = model.objects.filter(pk=parent.pk, path=parent.path).update(path=F("path"))
    if not won or not stands:
        raise Stale()
    rest = Substr("path", len(old) + 1)
    model.objects.under(old).update(path=Concat(Value(new), rest), depth=F("depth") + deeper)
    model.objects.filter(pk=node.pk).update(path=new, depth=parent.depth + 1)
    return list(model.objects.under(new).order_by("depth", "id"))


def end_spell(node: Node, *, on: date) -> None:
    """The node stops being there: its open spell ends the day before `on`."""
    spells, owner = _spells(node)
    standing = spells.objects.filter(**{owner: node}, to_day=None)
    standing.filter(from_day__lt=on).update(to_day=on)
    standing.filter(from_day__gte=on).delete()


def _spells(node: Node) -> tuple[type[UnitSpell] | type[PartySpell], str]:
    return (UnitSpell, "unit") if isinstance(node, Unit) else (PartySpell, "party_org")


def _now(node: Node) -> dict:
    return {
        "name": node.name,
        "short_name": node.short_name,
        "path": node.path,
        "parent_id": node.parent_id,
    }
