"""Put the rule packs that come with the product into an installation.

Safe to run at every start: a version that is there is left as it is, whoever published it.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from bihuan.kernel.actor import SYSTEM
from bihuan.org.models import PackVersion

from .publish_pack import publish_pack

FOLDER = Path(__file__).resolve().parents[1] / "rulepacks"


@transaction.atomic
def load_rule_packs(*, at: datetime) -> list[PackVersion]:
    """Returns the versions that were new."""
    made = []
    for file in sorted(FOLDER.glob("*.json")):
        shipped = json.loads(file.read_text(encoding="utf-8"))
        there = set(PackVersion.objects.filter(pack=shipped["pack"]).values_list("version", flat=True))
        made += [_publish(shipped, row, at) for row in shipped["versions"] if row["version"] not in there]
    return made


def _publish(shipped: dict, row: dict, at: datetime) -> PackVersion:
    own = {value["key"]: value for value in row["values"]}
    values = [own.pop(value["key"], value) for value in shipped["common"]] + list(own.values())
    until = row.get("effective_to")
    return publish_pack(
        pack=shipped["pack"],
        title=shipped["title"],
        version=row["version"],
        values=values,
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_to=date.fromisoformat(until) if until else None,
        issuer=row["issuer"],
        document=row["document"],
        note=row["note"],
        by=SYSTEM,
        at=at,
    )
