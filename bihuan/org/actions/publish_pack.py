"""Publish a version of a rule pack. A published version never changes: a change is the next version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.kernel.rules import Pack
from bihuan.org.models import PackVersion
from bihuan.org.policies import insist, may_manage_rules
from bihuan.record.actions.append import append


@transaction.atomic
def publish_pack(
    *,
    pack: str,
    title: str,
    version: str,
    values: Sequence[Mapping[str, Any]],
    effective_from: date,
    by: Actor,
    at: datetime,
    effective_to: date | None = None,
    issuer: str = "",
    document: str = "",
    note: str = "",
) -> PackVersion:
    """`values` are rows of `RuleValue` fields. Raises Invalid for a malformed row, Refused for a known version."""
    insist(may_manage_rules(by))
    if not version.strip():
        raise Invalid("版本号没有填", "例如 2026.2", field="version")
    try:
        rows = Pack.from_dicts(values).as_dicts()
    except (TypeError, ValueError) as fault:
        raise Invalid(f"规则值写得不对：{fault}", "对照上一版改", field="values") from None
    try:
        with transaction.atomic():
            made = PackVersion.objects.create(
                pack=pack,
                title=title,
                version=version.strip(),
                issuer=issuer,
                document=document,
                effective_from=effective_from,
                effective_to=effective_to,
                values=rows,
                note=note,
                published_at=at,
                published_by_id=by.person_id,
            )
    except IntegrityError:
        raise Refused(
            f"{title} {version} 版已经发布过，发布后不能再改", "换一个版本号", field="version"
        ) from None
    append(
        stream=f"rules:{pack}",
        kind="rules.published",
        by=by,
        at=at,
        data={"version": version, "id": made.pk, "from": effective_from.isoformat(), "values": len(rows)},
    )
    return made
