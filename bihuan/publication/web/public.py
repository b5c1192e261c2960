"""社会公开: what anybody may read without signing in, and the opinions they give."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from bihuan.kernel.actor import NOBODY
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.publication.actions.count_sender import count_sender
from bihuan.publication.actions.give_opinion import give_opinion, receipt_of
from bihuan.publication.models import Opinion, Publication
from bihuan.publication.reads import answers_of
from bihuan.record.reads import file_response
from bihuan.ui.access import PUBLIC, confidential, view
from bihuan.ui.refusals import into_form

from .finding import public_for
from .opinions import SpeakForm, spaced

PAGE = 30


class OutsideForm(SpeakForm):
    reach = forms.CharField(
        label="联系方式", max_length=80, required=False,
        help_text="不留也收。要当面或电话答复的才留；凭回执码也能查答复",
    )  # fmt: skip


class ReceiptForm(forms.Form):
    code = forms.CharField(label="回执码", max_length=20, help_text="提意见时给的 12 位码")


@require_safe
@view(needs=PUBLIC)
def board(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("text", "").replace("\x00", "").strip()[:50]
    rows = Publication.objects.outside(local_day(request.at)).select_related("entry", "unit")
    rows = rows.containing_outside(text) if text else rows
    page = Paginator(rows.order_by("-from_day", "-pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "publication/public.html", {"page": page, "text": text, "page_title": "社会公开"})


@require_safe
@view(needs=PUBLIC)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    found = public_for(request, pk)
    context = {
        "publication": found,
        "files": list(found.files.filter(outside=True).order_by("pk")),
        "answers": answers_of(found),
        "page_title": found.title,
    }
    return render(request, "publication/public_page.html", context)


@require_safe
@view(needs=PUBLIC)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    found = public_for(request, pk)
    told = {"publication": found, "text": found.text_outside, "page_title": found.title, "public": True}
    return render(request, "publication/paper.html", told)


@require_safe
@view(needs=PUBLIC)
def file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    files = public_for(request, pk).files.filter(outside=True)
    one = get_object_or_404(files.select_related("file"), pk=file)
    return file_response(one.file, name=one.name, inline=True, request=request)


@view(needs=PUBLIC)
def speak(request: HttpRequest, pk: int) -> HttpResponse:
    found = public_for(request, pk)
    form, status = OutsideForm(request.POST or None), 200
    confidential(request)
    if request.method == "POST" and form.is_valid():
        try:
            count_sender(address=request.META.get("REMOTE_ADDR", ""), at=request.at)
            given = give_opinion(
                publication=found, by=request.actor, at=request.at, outside=True, **form.cleaned_data
            )
        except Refused as refused:
            into_form(form, refused)
        else:
            told = {"given": given, "code": spaced(given.code), "page_title": "意见收到了"}
            answer = render(request, "publication/public_taken.html", told)
            request.actor = NOBODY  # somebody signed in may use this door, too: the log names nobody
            return answer
    status = 400 if form.is_bound and form.errors else 200
    told = {"form": form, "publication": found, "page_title": "提意见"}
    return render(request, "publication/public_speak.html", told, status=status)


@view(needs=PUBLIC)
def receipt(request: HttpRequest) -> HttpResponse:
    """The answer, for whoever has the code. A wrong code and one that never was read alike."""
    form, found = ReceiptForm(request.POST or None), None
    confidential(request)
    if request.method == "POST" and form.is_valid():
        wanted = receipt_of(form.cleaned_data["code"])
        found = Opinion.objects.filter(receipt=wanted).select_related("publication").first()
        if found is None:
            form.add_error("code", "没有这个回执码。核对一遍，字母不分大小写。")
    status = 400 if form.is_bound and form.errors else 200
    told = {"form": form, "opinion": found, "page_title": "查答复"}
    return render(request, "publication/receipt.html", told, status=status)
