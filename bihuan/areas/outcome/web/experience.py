"""整改经验: the list, one of it, a suggestion, the office's word, and what other units can use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.outcome.actions.decide_experience import decide_experience
from bihuan.areas.outcome.actions.note_experience_use import note_experience_use
from bihuan.areas.outcome.actions.suggest_experience import suggest_experience
from bihuan.areas.outcome.actions.take_down_experience import take_down_experience
from bihuan.areas.outcome.models import Experience, FeedbackItem
from bihuan.areas.outcome.policies.experience import may_decide, may_suggest, may_take_down, may_use
from bihuan.areas.outcome.reads.experience import candidates
from bihuan.areas.outcome.words import CATEGORIES, NO_SECRETS, USES
from bihuan.kernel.actor import Actor
from bihuan.org.permissions import Permission as P
from bihuan.ui import parts
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Choice, Column, Filter, ListPage, Order

from .following import hands, page_of, place_for
from .following import trail as rectification_trail

READERS = (
    P.PROBLEM_RECTIFY, P.INSPECTION_PLAN, P.INSPECTION_DECIDE, P.INSPECTION_HEAD, P.INSPECTION_DISCIPLINE,
    P.INSPECTION_PERSONNEL, P.INSPECTION_DEPARTMENT,
)  # fmt: skip
CRUMB = ("整改经验", "/outcome/experience/")


def look_of(row: Experience) -> tuple[str, str, str]:
    if row.taken_down_at:
        return "已撤下", "calm", "ban"
    if row.refused_at:
        return "不交流", "calm", "x"
    return ("交流中", "good", "circle-check") if row.shared_at else ("待巡察办审", "soon", "clock")


def _industries(actor: Actor) -> list[Choice]:
    rows = Experience.objects.visible_to(actor).exclude(industry="").order_by("industry")
    return [Choice(one, one) for one in rows.values_list("industry", flat=True).distinct()]


class ExperiencePage(ListPage):
    """改得好的，怎样改的，哪里用得上。"""

    model = Experience
    title = "整改经验"
    noun = "条"
    filters = (
        Filter("containing", "查找", kind="text", phrase="含“{}”"),
        Filter("category", "类别", method="in_categories", choices=CATEGORIES),
        Filter("industry", "行业", method="in_industries", choices=_industries),
        Filter(
            "standing", "情况", method="standing_as",
            choices=(("shared", "交流中"), ("waiting", "待巡察办审"), ("away", "不交流或撤下的")),
        ),
    )  # fmt: skip
    columns = (
        Column("title", "经验", value="title", link=True, fixed=True, phone="title"),
        Column("fits", "哪里用得上", value="fits"),
        Column("category", "类别", value="get_category_display", width=110, soft=True, phone="note"),
        Column("industry", "行业", value=lambda row: row.industry or "—", width=90, soft=True),
        Column("unit", "来自", value=lambda row: row.unit.shown, width=130, soft=True, phone="note"),
        Column("uses", "可用/已用", value=lambda row: f"{row.can}/{row.used}", width=90),
        Column("state", "情况", cell=lambda row, page: parts.state(*look_of(row)), width=120, phone="end"),
    )
    orders = (Order("new", "新的在前", "-made_at"),)
    empty_title = "还没有整改经验。"
    empty_text = "已经核验销号、值得别的单位照着做的，由单位推荐、巡察办审了交流。"

    def queryset(self) -> QuerySet:
        counts = {use: Count("uses", filter=Q(uses__use=use)) for use, _ in USES}
        return Experience.objects.visible_to(self.actor).select_related("unit").annotate(**counts)

    def row_url(self, row: Experience) -> str:
        return reverse("outcome:experience", args=[row.pk])


class SuggestForm(forms.Form):
    def __init__(self, *args, items, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), f"{one.problem.number}　{one.problem.aside[:60]}") for one in items]
        self.fields["item"] = forms.ChoiceField(label="哪件问题", choices=[("", "——"), *named])
        for name, label, most, rows, note in (
            ("title", "标题", 40, 1, "一句话，不写单位和人名"),
            ("trouble", "原来的问题", 200, 2, ""),
            ("done", "怎样改的", 400, 4, "做了什么、建了什么制度、怎样防止再犯"),
            ("good", "好在哪里", 200, 2, "有数据写数据"),
            ("fits", "哪里用得上", 200, 2, "哪类单位、哪类工作可以照着做"),
        ):
            box = forms.TextInput() if rows == 1 else forms.Textarea(attrs={"rows": rows})
            self.fields[name] = forms.CharField(label=label, max_length=most, widget=box, help_text=note)
        self.fields["fits"].help_text += f"。不写人名，不写不公开的内容。{NO_SECRETS}"


class DecideForm(forms.Form):
    shared = forms.ChoiceField(
        label="决定", choices=(("yes", "交流"), ("no", "不交流")), widget=forms.RadioSelect
    )
    why = forms.CharField(label="不交流的原因", max_length=200, required=False)


class DownForm(forms.Form):
    why = forms.CharField(label="撤下的原因", max_length=200)


class UseForm(forms.Form):
    use = forms.ChoiceField(label="用处", choices=USES, widget=forms.RadioSelect)
    line = forms.CharField(label="用在哪里", max_length=100, help_text="一句话，例如：用在备件库的出入库验收")


def _for(request: HttpRequest, pk: int) -> Experience:
    rows = Experience.objects.visible_to(request.actor).select_related(
        "unit", "made_by", "shared_by", "refused_by", "taken_down_by", "item__problem", "item__feedback__task"
    )
    return get_object_or_404(rows.defer("item__sealed", "item__feedback__sealed"), pk=pk)


def _at(row: Experience) -> str:
    return reverse("outcome:experience", args=[row.pk])


@require_safe
@view(needs=READERS)
def listed(request: HttpRequest) -> HttpResponse:
    return ExperiencePage.of(request).response(request)


@require_safe
@view(needs=READERS)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    row, by = _for(request, pk), request.actor
    context: dict[str, Any] = {
        "page_title": row.title, "row": row, "look": look_of(row), "crumb": CRUMB,
        "uses": list(row.uses.select_related("unit").order_by("-pk")),
        "decide": may_decide(row, by), "down": may_take_down(row, by), "use": may_use(row, by),
    }  # fmt: skip
    return render(request, "outcome/experience.html", context)


@view(needs=SIGNED_IN)
def suggest(request: HttpRequest, pk: int) -> HttpResponse:
    found, feedback = place_for(request, pk)
    if may_suggest(feedback, found.standing, request.actor).hidden:
        raise Http404
    items = candidates(feedback)
    form = SuggestForm(request.POST or None, items=items)

    def do(cleaned: dict) -> str:
        item: FeedbackItem = get_object_or_404(items, pk=cleaned.pop("item") or 0)
        item.feedback = feedback
        return _at(suggest_experience(item=item, **cleaned, **hands(found, request)))

    return act_page(
        request, form, do, title="推荐整改经验", button="推荐", back=page_of(feedback), done="记下了",
        crumbs=rectification_trail(feedback), checks=("问题已经核验销号", "没有人名", "没有不公开的内容"),
        lead="单位推荐的，巡察办审了交流；巡察办自己写的，马上交流。各单位看得到，写整改方案的时候同类问题会列出来。",
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    row = _for(request, pk)

    def do(cleaned: dict) -> None:
        shared = cleaned["shared"] == "yes"
        decide_experience(experience=row, shared=shared, why=cleaned["why"], by=request.actor, at=request.at)

    return act_page(
        request, DecideForm(request.POST or None), do, title=f"审：{row.title}", button="定", back=_at(row), done="定了",
        crumbs=[CRUMB, (row.title, _at(row))], checks=("问题没有重新整改", "没有人名", "没有不公开的内容"),
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    row = _for(request, pk)

    def do(cleaned: dict) -> None:
        take_down_experience(experience=row, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, DownForm(request.POST or None), do, title=f"撤下：{row.title}", button="撤下", back=_at(row),
        done="撤下了", crumbs=[CRUMB, (row.title, _at(row))],
    )  # fmt: skip


@view(needs=P.PROBLEM_RECTIFY)
def use(request: HttpRequest, pk: int) -> HttpResponse:
    row = _for(request, pk)

    def do(cleaned: dict) -> None:
        note_experience_use(experience=row, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, UseForm(request.POST or None, initial={"use": "can"}), do, title=f"我单位可用：{row.title}",
        button="记下", back=_at(row), done="记下了", crumbs=[CRUMB, (row.title, _at(row))],
    )  # fmt: skip
