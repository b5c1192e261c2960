"""工作台: the page everybody starts from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from bihuan.desk.reads.changes import changes_since
from bihuan.desk.reads.overdue import overdue_table
from bihuan.desk.reads.portfolio import portfolio_panel
from bihuan.desk.reads.todo import todo_list
from bihuan.desk.reads.waiting import waiting_list
from bihuan.desk.reads.work import own_work
from bihuan.problems.models import Problem
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.context import first_place

_STARTS = ("org.manage", "ledger.import", "grant.manage", "account.manage")


@require_GET
@view(needs=SIGNED_IN, guests=True)
def home(request: HttpRequest) -> HttpResponse:
    actor, at = request.actor, request.at
    if actor.guest and (place := first_place(actor)):
        return redirect(place)
    todo = todo_list(actor, at, request.GET.get("tab", ""))
    first = todo.total == 0 and any(actor.may(code) for code in _STARTS) and not Problem.objects.exists()
    context = {
        "page_title": "工作台",
        "todo": todo,
        "waiting": waiting_list(actor, at),
        "portfolio": portfolio_panel(actor, at),
        "overdue": overdue_table(actor, at),
        "changes": changes_since(actor, at, request.user.seen_before),
        "work": own_work(actor, at),
        "first_start": first,
        "steps_url": reverse("org:steps"),
        "new_url": reverse("problems:new"),
        "ledger_url": reverse("problems:ledger"),
        "may_raise": actor.may("problem.raise"),
        "may_import": actor.may("ledger.import") or actor.may("ledger.import_own"),
    }
    return render(request, "desk/home.html", context)


@require_GET
@view(needs=SIGNED_IN)
def search(request: HttpRequest) -> HttpResponse:
    """One place to type into; for now everything there is to find stands in the ledger."""
    words = request.GET.get("q", "").strip()
    ledger = reverse("problems:ledger")
    return redirect(f"{ledger}?{urlencode({'q': words})}" if words else ledger)
