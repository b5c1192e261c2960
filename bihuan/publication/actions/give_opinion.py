"""Take an opinion or an objection on something public."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.org.reads import current_pack, rule_of, work_calendar
from bihuan.publication import words
from bihuan.publication.models import Opinion, Publication
from bihuan.publication.policies import may_speak
from bihuan.record.actions.append import append

PACK = "publication"
LONGEST = 2000
#: no 0 and O, no 1 and I: the code is copied by hand
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Given:
    """What was taken, and the code with which its answer can be read. The code is kept nowhere."""

    opinion: Opinion
    code: str


@transaction.atomic
def give_opinion(
    *, publication: Publication, kind: str, text: str, by: Actor, at: datetime, named: bool = False,
    outside: bool = False, reach: str = "",
) -> Given:  # fmt: skip
    """Without a name nothing is kept of who gave it, and no event is written at this moment: an event has a time and
    a place among others. `jobs.count_opinions` says the next morning how many came.

    `outside`: at the public page, where nobody is asked for a name; `reach` is what the sender wants to be reached by.
    """
    day = local_day(at)
    public = Publication.objects.outside(day) if outside else Publication.objects.showing(day)
    insist(may_speak(publication, showing=public.filter(pk=publication.pk).exists()))
    text = _checked(kind, text)
    code = "".join(secrets.choice(_SIGNS) for _ in range(12))
    pack = current_pack(PACK, day)
    due = rule_of(pack, "opinion.answer_due").due_rule().due(day, work_calendar())
    sender = by.person_id if named and not outside else None
    made = Opinion.objects.create(
        publication=publication, kind=kind, door="outside" if outside else "inside", text=text, sender_id=sender,
        reach=reach.strip()[:80] if outside else "", receipt=receipt_of(code), given_on=day, due_on=due,
        rule_pack=pack,
    )  # fmt: skip
    if sender is not None:
        _note(made, by, at, due)
    return Given(made, code)


def receipt_of(code: str) -> str:
    """How a code is kept. Twelve signs of 32 are guessed by nobody."""
    return hashlib.sha256(code.replace("-", "").replace(" ", "").upper().encode()).hexdigest()


def _checked(kind: str, text: str) -> str:
    text = text.strip()
    if kind not in dict(words.OPINION_KINDS):
        raise Refused("没有这个选项", "选意见建议或异议", field="kind")
    if not text:
        raise Refused("还没有写内容", "写明意见，异议写明哪里不对", field="text")
    if len(text) > LONGEST:
        raise Refused(f"超过 {LONGEST} 字", "写短一些，或分几次提", field="text")
    return text


def _note(opinion: Opinion, by: Actor, at: datetime, due: date) -> None:
    publication = opinion.publication
    append(
        stream=publication.stream, kind="publication.opinion_taken", by=by, at=at, subject=publication.number,
        unit_id=publication.unit_id,
        data={"opinion": opinion.pk, "kind": opinion.kind, "due_on": due.isoformat()},
    )  # fmt: skip
