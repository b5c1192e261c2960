"""Answer an opinion; decide an objection."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.publication import states, words
from bihuan.publication.models import Opinion, Publication
from bihuan.publication.policies import may_answer
from bihuan.record.actions.append import append

from .take_down import take_down


@transaction.atomic
def answer_opinion(
    *,
    opinion: Opinion,
    answer: str,
    by: Actor,
    at: datetime,
    ruling: str = "",
    shown: bool = False,
    gist: str = "",
) -> Opinion:
    """Once. `shown`: the answer stands beside the public thing, under `gist`, what was asked in the answerer's words.
    An objection that is upheld takes down what it is about, in the same moment and with the answer as its reason."""
    insist(may_answer(opinion, by))
    values = _checked(opinion, answer.strip(), ruling, shown, gist.strip())
    values |= {"answered_on": local_day(at), "answered_by_id": by.person_id}
    if not Opinion.objects.filter(pk=opinion.pk, answered_on=None).update(**values):
        raise Stale()
    for name, value in values.items():
        setattr(opinion, name, value)
    publication = opinion.publication
    append(
        stream=publication.stream, kind="publication.opinion_answered", by=by, at=at, subject=publication.number,
        unit_id=publication.unit_id, data={"opinion": opinion.pk, "kind": opinion.kind, "ruling": ruling},
    )  # fmt: skip
    if ruling == "upheld":
        _take_down(publication, opinion.answer, by, at)
    return opinion


def _take_down(publication: Publication, why: str, by: Actor, at: datetime) -> None:
    standing = Publication.objects.select_related("unit").get(pk=publication.pk)
    if standing.state == states.PUBLISHED:
        take_down(publication=standing, why=words.upheld(why), by=by, at=at)
        publication.state, publication.version = standing.state, standing.version


def _checked(opinion: Opinion, answer: str, ruling: str, shown: bool, gist: str) -> dict:
    if not answer:
        raise Refused("还没有写答复", "写明怎么办、为什么", field="answer")
    if opinion.kind == "objection" and ruling not in dict(words.RULINGS):
        raise Refused("异议要认定成立还是不成立", "选一个", field="ruling")
    if opinion.kind == "opinion" and ruling:
        raise Refused("意见建议不用认定", "只写答复", field="ruling")
    if shown and not gist:
        raise Refused("公开答复要写摘要", "用自己的话写问的是什么，不照登原话，不写人名", field="gist")
    return {"answer": answer, "ruling": ruling, "shown": shown, "gist": gist if shown else ""}
