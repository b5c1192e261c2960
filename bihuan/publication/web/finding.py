"""The thing an address names, or 404: what one may not see does not exist."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from bihuan.kernel.moment import local_day
from bihuan.publication import states
from bihuan.publication.models import Entry, Publication

CRUMB = ("公开", "/publications/")
CATALOGUE = ("公开目录", "/publications/catalogue/")
#: who has a part in what is not public yet
PART = states.PARTS
_HANDS = ("made_by", "drafted_by", "checked_by", "reviewed_by", "approved_by", "returned_by", "published_by",
          "taken_down_by")  # fmt: skip


def publication_for(request: HttpRequest, pk: int) -> Publication:
    seen = Publication.objects.visible_to(request.actor, local_day(request.at))
    return get_object_or_404(seen.select_related("entry", "unit", *_HANDS), pk=pk)


def part_for(request: HttpRequest, pk: int) -> Publication:
    """One in a unit where this person has a part in it."""
    found = publication_for(request, pk)
    if not has_part(request, found):
        raise Http404
    return found


def has_part(request: HttpRequest, publication: Publication) -> bool:
    return any(request.actor.may_in(code, publication.unit.path or "") for code in PART)


def public_for(request: HttpRequest, pk: int) -> Publication:
    """One that society sees today."""
    seen = Publication.objects.outside(local_day(request.at)).select_related("entry", "unit")
    return get_object_or_404(seen, pk=pk)


def entry_for(request: HttpRequest, pk: int) -> Entry:
    return get_object_or_404(Entry.objects.visible_to(request.actor).standing(), pk=pk)
