"""One thing that is public or on its way."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from bihuan.kernel.moment import local_day
from bihuan.publication import states
from bihuan.publication.models import Opinion, Publication
from bihuan.publication.policies import text_verdict, verdict
from bihuan.publication.reads import answers_of, looks_of
from bihuan.record.reads import file_response
from bihuan.ui.access import SIGNED_IN, view

from .finding import CRUMB, has_part, publication_for

_STEPS = ("redraft", "check", "review", "approve", "return", "take_down")


@require_safe
@view(needs=SIGNED_IN)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = publication_for(request, pk), request.actor
    part = has_part(request, found)
    context = {
        "page_title": found.title,
        "publication": found,
        "part": part,
        "files": list(found.files.order_by("pk")),
        "answers": answers_of(found),
        "opinions": _opinions(request, found),
        "showing": _showing(request, found),
        "crumbs": [CRUMB],
    }
    if part:
        context |= {
            "looks": looks_of(found),
            "steps": steps_of(found),
            "submit": text_verdict("submit", found, by),
            "publish": text_verdict("publish", found, by),
            **{step: verdict(step, found, by) for step in _STEPS},
        }
    return render(request, "publication/page.html", context)


def _showing(request: HttpRequest, found: Publication) -> bool:
    today = local_day(request.at)
    return found.state == states.PUBLISHED and found.from_day <= today <= found.to_day


def _opinions(request: HttpRequest, found: Publication) -> list[Opinion]:
    """All of them for those who answer, own named ones for everybody else."""
    seen = Opinion.objects.visible_to(request.actor).filter(publication=found)
    return list(seen.select_related("sender").order_by("-pk"))


def steps_of(found: Publication) -> list[tuple[str, str]]:
    """The bar: where it stands between the draft and the end of its term."""
    looks = [
        (state, dict(states.LOOK_LABELS)[letter]) for letter, state in states.LOOKS if letter in found.chain
    ]
    stops = [(states.DRAFT, "起草"), *looks, (states.APPROVED, "公开"), (states.PUBLISHED, "到期撤下")]
    if found.state in states.ENDED:
        stops[-1] = (found.state, found.get_state_display())
        return [(word, "done") for _, word in stops]
    here = [state for state, _ in stops].index(found.state)
    return [(word, "done" if n < here else "here" if n == here else "") for n, (_, word) in enumerate(stops)]


@require_safe
@view(needs=SIGNED_IN)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    found = publication_for(request, pk)
    told = {"publication": found, "text": found.text_for_group, "page_title": found.title}
    return render(request, "publication/paper.html", told)


@require_safe
@view(needs=SIGNED_IN)
def file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    found = publication_for(request, pk)
    one = get_object_or_404(found.files.select_related("file"), pk=file)
    return file_response(one.file, name=one.name, inline=True, request=request)
