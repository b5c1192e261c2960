"""Open a party organisation and say which units it covers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.advance import place_new
from bihuan.org.models import PartyLink, PartyOrg, Unit
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append


@transaction.atomic
def open_party_org(
    *,
    code: str,
    name: str,
    kind: str,
    parent: PartyOrg | None,
    on: date,
    by: Actor,
    at: datetime,
    units: Sequence[Unit] = (),
    short_name: str = "",
    in_scope: bool = False,
) -> PartyOrg:
    """A joint branch covers several units. `in_scope`: counts in the coverage of inspection."""
    insist(may_manage_org(by))
    _check(code.strip(), name, kind, parent, on)
    org = PartyOrg.objects.create(
        code=code.strip(),
        name=name.strip(),
        short_name=short_name.strip(),
        kind=kind,
        parent=parent,
        in_scope=in_scope,
        opened_on=on,
        order=PartyOrg.objects.filter(parent=parent).count(),
    )
    place_new([org], since=on, why="设立")
    PartyLink.objects.bulk_create([PartyLink(party_org=org, unit=unit, from_day=on) for unit in units])
    append(
        stream=f"party:{org.pk}",
        kind="party.opened",
        by=by,
        at=at,
        seq=1,
        unit_id=units[0].pk if units else None,
        data={
            "code": code,
            "name": name,
            "kind": kind,
            "parent": parent.pk if parent else None,
            "units": [unit.pk for unit in units],
        },
    )
    return org


def _check(code: str, name: str, kind: str, parent: PartyOrg | None, on: date) -> None:
    if not code or not name.strip():
        raise Refused("编码和名称都要填", "补齐再保存", field="name")
    if kind not in PartyOrg.Kind.values:
        raise Refused(f"没有党组织类别“{kind}”", f"可选：{'、'.join(PartyOrg.Kind.labels)}", field="kind")
    if (taken := PartyOrg.objects.filter(code=code).first()) is not None:
        raise Refused(f"编码 {code} 已被“{taken.name}”用了", "换一个编码", field="code")
    if parent and not parent.is_open(on):
        raise Refused(f"上级“{parent.name}”已撤销", "换一个上级", field="parent")
