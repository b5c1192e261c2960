"""A newer version of a ledger: what it changes, what is decided about it, which ledger it is one of."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bihuan.areas.ledgers.actions.choose_former import choose_former
from bihuan.areas.ledgers.actions.correct_import import correct_import
from bihuan.areas.ledgers.actions.decide_changes import decide_changes
from bihuan.areas.ledgers.actions.forget_columns import forget_columns
from bihuan.areas.ledgers.models import LedgerImport, RowMatch
from bihuan.areas.ledgers.reads.changes import chosen_of, lines_of, versions_of
from bihuan.areas.ledgers.wishes import OURS, THEIRS
from bihuan.ui.access import view

from .pages import IMPORT, own

Kind = RowMatch.Kind
_KINDS = (Kind.CHANGED, Kind.CONFLICT, Kind.GONE)


@view(needs=IMPORT)
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Every known problem that differs, a page at a time; a POST keeps what was decided about those shown."""
    ledger = own(request, pk)
    if request.method == "POST":
        return _decide(request, ledger)
    kind, after = request.GET.get("kind", ""), request.GET.get("after", "")
    asked = (kind,) if kind in _KINDS else _KINDS
    lines, following = lines_of(ledger, asked, int(after) if after.isdecimal() and len(after) < 18 else 0)
    context = {
        "ledger": ledger,
        "versions": versions_of(ledger),
        "lines": lines,
        "kind": kind if kind in _KINDS else "",
        "next_after": following,
        "open": ledger.state == LedgerImport.State.DRAFT,
    }
    return render(request, "ledgers/changes.html", context)


def _decide(request: HttpRequest, ledger: LedgerImport) -> HttpResponse:
    """`all` decides every change shown the same way; `reason` goes to every problem that has none of its own."""
    given = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    everything = given.get("all", "")
    if everything in (THEIRS, OURS):
        given.update({name: everything for name in given if name.startswith("take-")})
    gone = {
        int(name[5:]): words.strip()
        for name, words in given.items()
        if name[:5] == "gone-" and name[5:].isdecimal()
    }
    same = given.get("reason", "").strip()
    by_problem = dict(ledger.matches.filter(pk__in=list(gone)).values_list("pk", "problem_id"))
    reasons = {by_problem[match]: words or same for match, words in gone.items() if match in by_problem}
    decide_changes(
        ledger=ledger, chosen=chosen_of(ledger, given), reasons=reasons, by=request.actor, at=request.at
    )
    messages.success(request, "决定已记下，导入时照办。")
    query = request.GET.urlencode()
    answer = redirect("ledgers:changes", pk=ledger.pk)
    answer["Location"] += f"?{query}" if query else ""
    return answer


@view(needs=IMPORT)
@require_POST
def former(request: HttpRequest, pk: int) -> HttpResponse:
    """A ledger of its own after all, or the newer version of another one."""
    ledger = choose_former(
        ledger=own(request, pk), former=request.POST.get("former", ""), by=request.actor, at=request.at
    )
    messages.success(request, "已重新对照。" if ledger.previous_id else "当作另一本台账，行行都按新的看。")
    return redirect("ledgers:page", pk=pk)


@view(needs=IMPORT)
@require_POST
def rereading(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare anew with what stands here now."""
    ledger = own(request, pk)
    correct_import(ledger=ledger, wishes=ledger.wishes, by=request.actor, at=request.at)
    messages.success(request, "已按现在的情况重新对照。")
    return redirect("ledgers:page", pk=pk)


@view(needs=IMPORT)
@require_POST
def forgetting(request: HttpRequest, pk: int) -> HttpResponse:
    """The remembered mapping is wrong: forget it and read the file without it."""
    forget_columns(ledger=own(request, pk), by=request.actor, at=request.at)
    messages.success(request, "记住的对应已去掉，重新识别过了。")
    return redirect("ledgers:page", pk=pk)
