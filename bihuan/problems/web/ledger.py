"""The ledger's page, and the views a person keeps of it."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.problems.actions.note_read import note_read
from bihuan.problems.likeness import JUDGES
from bihuan.problems.lists import Ledger
from bihuan.problems.models import SavedView
from bihuan.registry import shelf
from bihuan.ui.access import SIGNED_IN, confidential, view

MOST_VIEWS = 20


@view(needs=SIGNED_IN)
def ledger(request: HttpRequest) -> HttpResponse:
    """All problems this reader may see. The address is the whole state: it can be bookmarked and sent."""
    may_import = request.actor.may("ledger.import") or request.actor.may("ledger.import_own")
    import_url = (
        next((offer.import_url for offer in shelf.offers() if offer.import_url), "") if may_import else ""
    )
    import_url = resolve_url(import_url) if import_url else ""
    page = Ledger.of(request)
    # the choices of a filter show no problem
    rows = [] if page.params.get("pick") else page.window.rows
    if note_read(problems=rows, by=request.actor, at=request.at, via="list"):
        confidential(request)
    return page.response(
        request,
        search_text=request.GET.get("q", ""),
        may_raise=request.actor.may("problem.raise"),
        may_judge=any(request.actor.may(code) for code in JUDGES),
        import_url=import_url,
    )


@require_POST
@view(needs=SIGNED_IN)
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the present filters under a name; the same name again replaces what it meant."""
    name = " ".join(request.POST.get("name", "").split())[:30]
    query = _clean(request.POST.get("query", ""))
    back = reverse("problems:ledger")
    if not name:
        messages.error(request, "视图没有名字，没有存。写上名字再存。")
        return redirect(f"{back}?{query}")
    own = SavedView.objects.filter(person_id=request.actor.person_id)
    if own.count() >= MOST_VIEWS and not own.filter(name=name).exists():
        messages.error(request, f"已有 {MOST_VIEWS} 个视图，没有存。先去掉不用的。")
        return redirect(f"{back}?{query}")
    with transaction.atomic():
        kept, _ = own.update_or_create(
            person_id=request.actor.person_id, name=name, defaults={"query": query, "order": own.count()}
        )
    messages.success(request, f"视图“{name}”已存下，只有您自己看得到。")
    return redirect(f"{back}?{query}&view=own{kept.pk}")


def _clean(query: str) -> str:
    """The address without its place and without another view's name."""
    given = QueryDict(query, mutable=True)
    for key in ("view", "after", "before", "n", "pick"):
        given.pop(key, None)
    return given.urlencode()[:1000]


@require_POST
@view(needs=SIGNED_IN)
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(SavedView, pk=pk, person_id=request.actor.person_id)
    kept.delete()
    messages.success(request, f"视图“{kept.name}”已去掉，问题没有变。")
    return redirect("problems:ledger")


@require_POST
@view(needs=SIGNED_IN)
def rename_view(request: HttpRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(SavedView, pk=pk, person_id=request.actor.person_id)
    name = " ".join(request.POST.get("name", "").split())[:30]
    twin = SavedView.objects.filter(person_id=request.actor.person_id, name=name).exclude(pk=kept.pk).exists()
    if not name or twin:
        messages.error(
            request, f"已有视图“{name}”，名字没有改。换一个名字。" if twin else "没有写名字，名字没有改。"
        )
    else:
        kept.name = name
        kept.save(update_fields=["name"])
        messages.success(request, f"视图改名为“{name}”。")
    return redirect(f"{reverse('problems:ledger')}?{kept.query}&view=own{kept.pk}")
