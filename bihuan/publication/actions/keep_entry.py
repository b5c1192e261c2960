"""List something in the catalogue of what must be public, or change what the catalogue says of it."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.publication import states, words
from bihuan.publication.models import Entry
from bihuan.publication.policies import may_keep_catalogue
from bihuan.record.actions.append import append

_CHOICES = {"kind": words.KINDS, "scope": words.SCOPES, "whose": words.WHOSE, "every": words.EVERY}


@transaction.atomic
def keep_entry(
    *, entry: Entry | None = None, title: str, kind: str, scope: str, whose: str, every: int, chain: str,
    term_days: int, basis: str, certainty: str, since: date, by: Actor, at: datetime,
) -> Entry:  # fmt: skip
    """What is being prepared keeps the chain and the scope it began with."""
    insist(may_keep_catalogue(by))
    said: dict[str, Any] = {
        "title": title.strip(), "kind": kind, "scope": scope, "whose": whose, "every": every, "chain": chain,
        "term_days": term_days, "basis": basis.strip(), "certainty": certainty, "since": since,
    }  # fmt: skip
    _check(said, entry)
    if entry is None:
        entry = Entry.objects.create(
            code=f"own-{secrets.token_hex(4)}", made_at=at, made_by_id=by.person_id, **said
        )
    else:
        values = {**said, "version": entry.version + 1}
        if not Entry.objects.standing().filter(pk=entry.pk, version=entry.version).update(**values):
            raise Stale()
        for name, value in values.items():
            setattr(entry, name, value)
    append(
        stream=entry.stream, kind="publication.entry_kept", by=by, at=at, subject=entry.title,
        data={"entry": entry.code, "chain": chain},
    )  # fmt: skip
    return entry


def _check(said: dict[str, Any], entry: Entry | None) -> None:
    if not said["title"]:
        raise Refused("事项要有名称", "写明公开什么", field="title")
    if not said["basis"]:
        raise Refused("事项要写依据", "写文件名称和条款；本企业自己定的也写明", field="basis")
    for name, choices in _CHOICES.items():
        if said[name] not in dict(choices):
            raise Refused("没有这个选项", "从列出的里面选", field=name)
    if said["chain"] not in states.CHAINS:
        raise Refused("至少要有一个人看过才能公开", "选上要过的关", field="chain")
    if said["term_days"] < 1:
        raise Refused("公开至少一天", "改公开天数", field="term_days")
    same = Entry.objects.standing().filter(title=said["title"], whose=said["whose"])
    if same.exclude(pk=entry.pk if entry else None).exists():
        raise Refused(f"目录里已有“{said['title']}”", "改原来的那一项", field="title")
