"""调阅: the list of what the organisation is asked for, and the ledger of what was lent."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.actions.ask_documents import ask_documents
from bihuan.areas.onsite.actions.receive_loan import receive_loan
from bihuan.areas.onsite.actions.return_loans import return_loans
from bihuan.areas.onsite.actions.withdraw_loan import withdraw_loan
from bihuan.areas.onsite.models import Loan
from bihuan.areas.onsite.policies.daily import loan_verdict, may_work_on_site
from bihuan.areas.onsite.reads.latest import LOAN, in_days
from bihuan.areas.onsite.reads.loans import open_loans
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Column, Filter, Order

from .finding import frame, plain
from .site import crumbs_of, list_of, site_for, thing_for
from .tables import TaskList, state_cell

_PAPERS = ("onsite.requests", "onsite.loans")


class DocumentsPage(TaskList):
    model = Loan
    title = "调阅资料"
    noun = "项"
    filters = (
        Filter("state", "状态", choices=states.LOAN_STATES, method="in_state"),
        Filter("text", "资料、存放处", kind="text", method="named"),
    )
    columns = (
        Column("number", "编号", value=str, link=True, fixed=True, width=96, phone="top"),
        Column("item", "资料", phone="title"),
        Column("period", "期间", width=120, soft=True, phone="note"),
        Column("due_on", "要求提供", width=110, soft=True, phone="note"),
        Column("state", "状态", cell=state_cell(states.LOAN_STATES), width=110, phone="end"),
        Column("form", "形式", value=lambda row: row.get_form_display() if row.form else "", width=90),
        Column("copies", "份数", value=lambda row: row.copies or "", width=70, align="num"),
        Column("place", "存放处", width=140, soft=True),
        Column("returned_at", "退还", width=110, soft=True),
    )
    orders = (Order("number", "按编号", "number"), Order("due", "按要求提供的日期", "due_on"))
    empty_title = "还没有要资料。"
    empty_text = "列出要看的资料和期限，被巡察党组织的联络员马上看得到清单。"

    def queryset(self) -> QuerySet:
        return Loan.objects.listed_for(self.standing)

    def row_url(self, row: Loan) -> str:
        return reverse("onsite:document", args=[row.pk])


class AskForm(forms.Form):
    items = forms.CharField(
        label="要哪些资料", widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"一行一项，写名称，不写内容。{words.NO_SECRETS}。",
    )  # fmt: skip
    period = forms.CharField(label="期间", max_length=60, required=False, help_text="如：2024年至今")
    due_on = DayField(label="要求提供日期")


class ReceiveForm(forms.Form):
    provider = forms.CharField(label="提供人", max_length=40)
    form = forms.ChoiceField(label="形式", choices=words.FORMS)
    copies = forms.IntegerField(label="份数", min_value=1, max_value=9999, initial=1)
    place = forms.CharField(label="存放处", max_length=80, help_text="如：驻地 2 号柜")


class ReturnForm(forms.Form):
    ending = forms.ChoiceField(label="怎么清退", choices=words.RETURNS, help_text="原件只能退还")
    taker = forms.CharField(label="退给谁，或谁监销", max_length=40)

    def __init__(self, *args, held, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        loans = _Held(label="资料", queryset=held, widget=forms.CheckboxSelectMultiple)
        self.fields = {"loans": loans, **self.fields}


class _Held(forms.ModelMultipleChoiceField):
    def label_from_instance(self, loan: Loan) -> str:
        return f"{loan}　{loan.item}，{loan.get_form_display()} {loan.copies} 份，{loan.place}"


@require_safe
@view(needs=SIGNED_IN)
def documents(request: HttpRequest, pk: int) -> HttpResponse:
    found = site_for(request, pk)
    task, standing = found.task, found.standing
    return DocumentsPage.at_task(request, task, standing).response(
        request, **frame(found, "onsite:documents"), may=may_work_on_site(task, standing, local_day(request.at)), new="要资料",
        new_url=list_of("document-new", task), held=open_loans(task).count(),
        return_url=list_of("documents-return", task),
        papers=menu_of([(code, pk) for code in _PAPERS], request.actor),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def document_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = site_for(request, pk)
    task, standing = found.task, found.standing
    first = {"due_on": in_days(task, LOAN, local_day(request.at))}

    def do(cleaned: dict) -> None:
        items = cleaned.pop("items").splitlines()
        ask_documents(task=task, items=items, standing=standing, by=request.actor, at=request.at, **cleaned)

    back = list_of("documents", task)
    return act_page(
        request, AskForm(request.POST or None, initial=first), do, title="要资料", button="发给联络员", back=back,
        done="清单发给联络员了", crumbs=crumbs_of(task, ("调阅资料", back)),
        lead="被巡察党组织的联络员看得到这份清单和期限，看不到别的。",
    )  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    loan, standing = thing_for(request, Loan, pk, "asked_by", "answered_by", "received_by", "returned_by")
    context = {
        "page_title": f"{loan} {loan.item}",
        "loan": loan,
        "crumbs": crumbs_of(loan.task, ("调阅资料", list_of("documents", loan.task))),
        "receive": loan_verdict("receive", loan, standing),
        "withdraw": loan_verdict("withdraw", loan, standing),
        "give_back": loan_verdict("return", loan, standing),
        "return_url": f"{list_of('documents-return', loan.task)}?loan={loan.pk}",
    }
    return render(request, "onsite/document.html", context)


@view(needs=SIGNED_IN)
def document_receive(request: HttpRequest, pk: int) -> HttpResponse:
    loan, standing = thing_for(request, Loan, pk)
    back = reverse("onsite:document", args=[pk])

    def do(cleaned: dict) -> None:
        receive_loan(loan=loan, standing=standing, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, ReceiveForm(request.POST or None), do, title=f"登记收到：{loan}", button="登记", back=back,
        done="登记好了", lead=loan.item, crumbs=crumbs_of(loan.task, ("调阅资料", list_of("documents", loan.task))),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def document_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    loan, standing = thing_for(request, Loan, pk)
    back = reverse("onsite:document", args=[pk])

    def do(cleaned: dict) -> None:
        withdraw_loan(loan=loan, standing=standing, by=request.actor, at=request.at)

    return act_page(
        request, plain(request), do, title=f"不再要：{loan}", button="不再要", back=back,
        done="联络员的清单上没有这一项了", lead=loan.item,
        crumbs=crumbs_of(loan.task, ("调阅资料", list_of("documents", loan.task))),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def documents_return(request: HttpRequest, pk: int) -> HttpResponse:
    found = site_for(request, pk)
    task, standing = found.task, found.standing
    held = open_loans(task).order_by("number")
    form = ReturnForm(request.POST or None, held=held, initial={"loans": request.GET.getlist("loan")})

    def do(cleaned: dict) -> None:
        cleaned["loans"] = list(cleaned["loans"].select_related("task__round"))
        return_loans(standing=standing, by=request.actor, at=request.at, **cleaned)

    back = list_of("documents", task)
    return act_page(
        request, form, do, title="退还资料", button="登记退还", back=back, done="登记好了",
        crumbs=crumbs_of(task, ("调阅资料", back)),
        lead="全部退还或销毁以后，任务才能归档。" if held else "组里没有要退还的资料。",
    )  # fmt: skip
