"""Writing what is to be made public, and the files beside it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from bihuan.kernel.moment import local_day
from bihuan.org.models import Unit
from bihuan.publication import states
from bihuan.publication.actions.add_file import add_file
from bihuan.publication.actions.draft_publication import draft_publication
from bihuan.publication.actions.redraft import redraft
from bihuan.publication.actions.remove_file import remove_file
from bihuan.publication.models import Entry, Publication
from bihuan.ui.access import view
from bihuan.ui.act import act_page

from .finding import CATALOGUE, CRUMB, entry_for, part_for

_BIG = {"rows": 10}
_NO_SECRETS = "一段一行；不得录入国家秘密、个人隐私"
_OF = {"group": ("group", "department"), "each": ("mill", "company")}
CHECKS = ("标题、正文、意见反映渠道齐全", "天数不少于目录定的天数", "看的人和起草的人不是同一个人")


class TextForm(forms.Form):
    title = forms.CharField(label="标题", max_length=100)
    text_inside = forms.CharField(
        label="内部公开的正文", widget=forms.Textarea(attrs=_BIG), required=False, max_length=20000,
        help_text=f"登录的人看得到。{_NO_SECRETS}",
    )  # fmt: skip
    text_outside = forms.CharField(
        label="社会公开的正文", widget=forms.Textarea(attrs=_BIG), required=False, max_length=20000,
        help_text=f"不登录也看得到，和内部公开的可以不一样。{_NO_SECRETS}",
    )  # fmt: skip
    contact = forms.CharField(
        label="意见反映渠道", max_length=120, help_text="电话、信箱，如：内线 6120，厂办意见箱"
    )
    term_days = forms.IntegerField(label="公开天数", min_value=1, max_value=3650)

    def __init__(self, *args, scope: str, least: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, other in (("text_inside", "outside"), ("text_outside", "inside")):
            if scope == other:
                del self.fields[name]
            else:
                self.fields[name].required = True
        self.fields["term_days"].help_text = f"目录定的是 {least} 天，只能加长"


class UnitField(forms.ModelChoiceField):
    def label_from_instance(self, unit: Unit) -> str:
        return unit.shown


class NewForm(TextForm):
    def __init__(self, *args, units, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"unit": UnitField(units, label="哪个单位公开", empty_label=None), **self.fields}


class FileForm(forms.Form):
    file = forms.FileField(label="文件", help_text="照片会去掉拍摄地点等信息；文件名也会公开")
    outside = forms.BooleanField(label="社会也看得到", required=False)


def page_of(publication: Publication) -> str:
    return publication.get_absolute_url()


def _units(request: HttpRequest, entry: Entry):
    """Where this person may draft; those the entry is meant for, where there are any."""
    mine = Unit.objects.in_reach(request.actor.reaches_for(states.MAY_DRAFT))
    mine = mine.open_on(local_day(request.at)).order_by("depth", "order", "id")
    meant = mine.filter(kind__in=_OF[entry.whose])
    return meant if meant.exists() else mine


def _first(request: HttpRequest, entry: Entry, units) -> dict:
    """What stands in the form at first: for something drafted again, its old words."""
    first = {"term_days": entry.term_days, "unit": units.filter(pk=request.GET.get("unit") or 0).first()}
    first["unit"] = first["unit"] or units.filter(pk=request.actor.unit_id).first() or units.first()
    if (copy := request.GET.get("copy", "")).isdecimal():
        old = part_for(request, int(copy))
        first |= {"title": old.title, "contact": old.contact, "unit": old.unit}
        first |= {"text_inside": old.text_inside, "text_outside": old.text_outside}
    return first


@view(needs=states.MAY_DRAFT)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    entry = entry_for(request, pk)
    units = _units(request, entry)
    if not units.exists():
        raise Http404

    def do(cleaned: dict) -> str:
        return page_of(draft_publication(entry=entry, by=request.actor, at=request.at, **cleaned))

    form = NewForm(
        request.POST or None, initial=_first(request, entry, units), scope=entry.scope, least=entry.term_days,
        units=units,
    )  # fmt: skip
    return act_page(
        request, form, do, title=f"起草：{entry.title}", button="存草稿", back=CATALOGUE[1], checks=CHECKS,
        done="草稿存好了，核对以后送核", crumbs=[CRUMB, CATALOGUE],
        lead=f"{entry.get_scope_display()}，要过的关：{entry.get_chain_display()}。依据：{entry.basis}",
    )  # fmt: skip


@view(needs=states.MAY_DRAFT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = part_for(request, pk)
    names = ("title", "text_inside", "text_outside", "contact", "term_days")
    first = {name: getattr(found, name) for name in names}

    def do(cleaned: dict) -> None:
        redraft(publication=found, by=request.actor, at=request.at, **cleaned)

    form = TextForm(request.POST or None, initial=first, scope=found.scope, least=found.entry.term_days)
    return act_page(
        request, form, do, title="改稿", button="存草稿", back=page_of(found), done="改好了", checks=CHECKS,
        crumbs=[CRUMB, (found.title, page_of(found))], lead=found.why_returned and f"退回的意见：{found.why_returned}",
    )  # fmt: skip


@view(needs=states.MAY_DRAFT)
def file_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = part_for(request, pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if found.scope == "inside":
        del form.fields["outside"]

    def do(cleaned: dict) -> None:
        add_file(
            publication=found, content=cleaned["file"], name=cleaned["file"].name,
            outside=cleaned.get("outside", False), by=request.actor, at=request.at,
        )  # fmt: skip

    return act_page(
        request, form, do, title="加文件", button="加上", back=page_of(found), done="加上了", multipart=True,
        crumbs=[CRUMB, (found.title, page_of(found))],
    )  # fmt: skip


@require_POST
@view(needs=states.MAY_DRAFT)
def file_remove(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    found = part_for(request, pk)
    one = get_object_or_404(found.files.select_related("publication__unit", "file"), pk=file)
    remove_file(file=one, by=request.actor, at=request.at)
    messages.success(request, "去掉了")
    return redirect(page_of(found))
