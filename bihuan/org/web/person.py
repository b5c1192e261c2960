"""The page of one person, and everything about oneself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.verdict import Verdict
from bihuan.org.models import Person
from bihuan.org.permissions import Permission as P
from bihuan.org.policies import may_manage_org, may_reset_factors
from bihuan.org.reads import person_card, second_of
from bihuan.org.words import EVENT_WORDS
from bihuan.record.models import Event
from bihuan.ui.access import SIGNED_IN, confidential, view

from .personal import FIELDS

_LAST_VISITS = 10


@view(needs=SIGNED_IN)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    confidential(request)
    found = get_object_or_404(
        Person.objects.visible_to(request.actor).select_related("unit", "account"), pk=pk
    )
    page = {
        "person": found,
        "card": person_card(found, request.actor, request.at, local_day(request.at)),
        "verdict": may_manage_org(request.actor, (found.unit.path or "") if found.unit else ""),
        "own": found.pk == request.actor.person_id,
        "second": _second(found, request.actor),
    }
    return render(request, "org/person.html", page)


def _second(found: Person, by: Actor) -> Verdict | None:
    """For the security administrator: may this person's second step be taken away? None where there is none."""
    account = getattr(found, "account", None)
    if account is None or not by.may(P.GRANT_MANAGE) or not second_of(account):
        return None
    return may_reset_factors(account, by)


@view(needs=SIGNED_IN)
def mine(request: HttpRequest) -> HttpResponse:
    """我的资料: what is kept about me, what for, who sees it, how long (个人信息保护法 第四十五条)."""
    confidential(request)
    me = get_object_or_404(Person.objects.select_related("unit", "account"), pk=request.actor.person_id)
    stream = f"account:{request.actor.account_id}"
    visits = list(Event.objects.filter(stream=stream).order_by("-seq")[:_LAST_VISITS])
    for visit in visits:
        visit.words = EVENT_WORDS.get(visit.kind, visit.kind)
    page = {
        "person": me,
        "card": person_card(me, request.actor, request.at, local_day(request.at)),
        "fields": FIELDS,
        "visits": visits,
        "acts": Event.objects.filter(by_id=me.pk).count(),
    }
    return render(request, "org/mine.html", page)
