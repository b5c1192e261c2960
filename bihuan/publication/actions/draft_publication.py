"""Begin something that is to be made public."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Unit
from bihuan.org.policies import insist
from bihuan.publication.models import Entry, Publication
from bihuan.publication.policies import may_draft_under
from bihuan.record.actions.append import append

#: `<room>.<what>:<key>`
ORIGIN = re.compile(r"[a-z_]+\.[a-z_]+:[\w-]+")


@transaction.atomic
def draft_publication(
    *, entry: Entry, unit: Unit, title: str, contact: str, by: Actor, at: datetime, text_inside: str = "",
    text_outside: str = "", term_days: int | None = None, origin: str = "",
) -> Publication:  # fmt: skip
    """For rooms above too: they give the texts and `origin`, `<room>.<what>:<key>`; what of it must not appear is asked
    of that room (`Offer.exempts`) when it is sent to be looked at and once more when it is made public.

    The text for inside is needed where the entry says inside, the one for society where it says society. Raises
    ValueError for an origin of another form: that is a fault of the caller, not of a person.
    """
    insist(may_draft_under(entry, unit, by))
    if origin and not ORIGIN.fullmatch(origin):
        raise ValueError(f"no origin: {origin}")
    said = worded(entry.scope, entry.term_days, title, text_inside, text_outside, contact, term_days)
    made = Publication.objects.create(
        entry=entry, unit=unit, scope=entry.scope, chain=entry.chain, origin=origin, made_at=at,
        made_by_id=by.person_id, drafted_at=at, drafted_by_id=by.person_id, **said,
    )  # fmt: skip
    append(
        stream=made.stream, seq=1, kind="publication.drafted", by=by, at=at, unit_id=unit.pk,
        subject=made.number, data={"entry": entry.code, **({"origin": origin} if origin else {})},
    )  # fmt: skip
    return made


def worded(
    scope: str, least: int, title: str, inside: str, outside: str, contact: str, term_days: int | None
) -> dict:
    """The words as they are kept. Raises Refused at the field that lacks something."""
    said = {
        "title": title.strip(),
        "text_inside": _paragraphs(inside) if scope != "outside" else "",
        "text_outside": _paragraphs(outside) if scope != "inside" else "",
        "contact": contact.strip(),
        "term_days": least if term_days is None else term_days,
    }
    if not said["title"]:
        raise Refused("公开的内容要有标题", "写明是哪个单位、什么时候的什么事", field="title")
    if scope != "outside" and not said["text_inside"]:
        raise Refused("内部公开要有正文", "写上正文", field="text_inside")
    if scope != "inside" and not said["text_outside"]:
        raise Refused("社会公开要有正文", "写上正文；和内部公开的可以不一样", field="text_outside")
    if not said["contact"]:
        raise Refused("要写意见反映渠道", "写电话或信箱", field="contact")
    if said["term_days"] < least:
        raise Refused(f"公开不能少于 {least} 天", "公开目录里定的天数只能加长", field="term_days")
    return said


def _paragraphs(text: str) -> str:
    lines = (line.strip() for line in text.replace("\r\n", "\n").split("\n"))
    return "\n".join(line for line in lines if line)
