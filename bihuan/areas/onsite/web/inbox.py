"""给我单位的: what the team asked of somebody who is not of the team. They see what was sent to them and nothing else
of the task; whoever was sent nothing finds no such page."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.actions.answer_ask import answer_ask
from bihuan.areas.onsite.actions.answer_loan import answer_loan
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.actions.read_file import read_file
from bihuan.areas.onsite.actions.sign_notice import sign_notice
from bihuan.areas.onsite.models import Ask, ImmediateNotice, Loan
from bihuan.areas.onsite.policies.asks import ask_verdict
from bihuan.areas.onsite.policies.daily import may_answer_loan
from bihuan.areas.onsite.policies.notices import may_sign_notice
from bihuan.areas.onsite.reads.addressed import asks_to, loans_to, notices_to, standing_towards
from bihuan.areas.onsite.reads.files import files_of
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.record.models import ClosedFile
from bihuan.ui.access import SIGNED_IN, confidential, view
from bihuan.ui.act import act_page

from .files import answer_with
from .finding import plain
from .tables import looks

MOST_FILES = 10


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    def clean(self, data, initial=None) -> list:
        found = [super(_FilesField, self).clean(one, initial) for one in data or []]
        if len(found) > MOST_FILES:
            raise forms.ValidationError(f"一次最多 {MOST_FILES} 个文件，其余的打包再传")
        return found


class LoanForm(forms.Form):
    answer = forms.CharField(
        label="答复", max_length=200,
        help_text="如：已备齐，在党委工作部，等巡察组来取。没有的写明原因。只写这些，不写资料内容",
    )  # fmt: skip


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="答复",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=8000,
        help_text=f"{words.NO_SECRETS}。",
    )
    files = _FilesField(
        label="材料", required=False, widget=_Files(attrs={"multiple": True}),
        help_text="文档、表格、照片都可以，封存保管",
    )  # fmt: skip


CRUMBS = [("给我单位的", "/onsite/inbox/")]


@require_safe
@view(needs=SIGNED_IN)
def inbox(request: HttpRequest) -> HttpResponse:
    """Open ones first."""
    actor = request.actor
    loans = list(loans_to(actor).select_related("task__round").order_by("-task_id", "number"))
    asks = list(asks_to(actor).select_related("to").order_by("-asked_at", "pk"))
    notices = list(notices_to(actor).select_related("unit").order_by("-issued_at", "pk"))
    if not (loans or asks or notices):
        raise Http404
    context = {
        "page_title": "巡察组给我单位的",
        "day": local_day(request.at),
        "papers": menu_of(_lists(loans), actor),
        "loans": sorted(loans, key=lambda one: one.state != states.ASKED),
        "asks": sorted(asks, key=lambda one: one.state != states.ASKED),
        "notices": sorted(notices, key=lambda one: one.state != states.ISSUED),
        "looks": looks(states.ASK_STATES) | looks(states.LOAN_STATES) | looks(states.NOTICE_STATES),
    }
    return render(request, "onsite/inbox.html", context)


def _lists(loans: list[Loan]) -> list[tuple[str, int, str]]:
    """The list of each task one is asked for; where it is one task alone it needs no name."""
    tasks = {one.task_id: one.task for one in loans}
    return [("onsite.requests", pk, str(task.round) if len(tasks) > 1 else "") for pk, task in tasks.items()]


@view(needs=SIGNED_IN)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    loan = get_object_or_404(loans_to(request.actor).select_related("task__round"), pk=pk)
    may = may_answer_loan(loan, request.actor)

    def do(cleaned: dict) -> None:
        answer_loan(loan=loan, by=request.actor, at=request.at, **cleaned)

    period = f"（{loan.period}）" if loan.period else ""
    lead = f"巡察组要：{loan.item}{period}，{loan.due_on:%Y-%m-%d} 以前提供。"
    return act_page(
        request, LoanForm(request.POST or None, initial={"answer": loan.answer}), do, title=f"答复{loan}", button="答复",
        back=reverse("onsite:inbox"), done="答复了", crumbs=CRUMBS,
        lead=lead if may else f"{lead}{may.reason}。",
    )  # fmt: skip


def _sent(request: HttpRequest, pk: int) -> tuple[Ask, Standing]:
    rows = asks_to(request.actor).select_related("to", "task__round", "task__org", "answered_by")
    found = get_object_or_404(rows, pk=pk)
    return found, standing_towards(found, request.actor, local_day(request.at))


def _files(found: Ask) -> list[tuple[str, ClosedFile]]:
    return [(reverse("onsite:inbox-file", args=[found.pk, one.order]), one) for one in files_of(found)]


@view(needs=SIGNED_IN)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    confidential(request)
    found, standing = _sent(request, pk)
    (said,) = read_closed(things=[found], standing=standing, by=request.actor, at=request.at)
    form = AnswerForm(request.POST or None, request.FILES or None, initial={"answer": said["answer"]})

    def do(cleaned: dict) -> None:
        answer_ask(ask=found, standing=standing, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, form, do, title=str(found), button="答复", back=reverse("onsite:inbox"), done="答复巡察组了",
        template="onsite/inbox_ask.html", crumbs=CRUMBS, ask=found, said=said, looks=looks(states.ASK_STATES),
        may=ask_verdict("answer", found, standing), files=_files(found), multipart=True, secret=True,
    )  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def file(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """A file of the answer, for the unit that gave it."""
    confidential(request)
    found, standing = _sent(request, pk)
    kept = next((one for one in files_of(found) if one.order == order), None)
    if kept is None:
        raise Http404
    return answer_with(read_file(thing=found, file=kept, standing=standing, by=request.actor, at=request.at))


@view(needs=SIGNED_IN)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    rows: list[str] = ["unit", "task__round", "task__org", "signed_by"]
    found = get_object_or_404(notices_to(request.actor).select_related(*rows), pk=pk)

    def do(cleaned: dict) -> str:
        sign_notice(notice=found, by=request.actor, at=request.at)
        return reverse("onsite:inbox-notice", args=[pk])

    return act_page(
        request, plain(request), do, title=f"立行立改通知书 {found.document}", button="签收",
        back=reverse("onsite:inbox"), done="签收了，按每条的要求整改，在问题页交证据", crumbs=CRUMBS,
        template="onsite/inbox_notice.html", notice=found, may=may_sign_notice(found, request.actor),
        items=_items(found), papers=menu_of([("onsite.immediate", pk)], request.actor),
    )  # fmt: skip


def _items(found: ImmediateNotice) -> list:
    return list(found.items.select_related("problem").order_by("order"))
