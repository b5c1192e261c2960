"""上级现场验证: the visits, one more, a longer term, an end."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from bihuan.areas.inspection.models import Task
from bihuan.areas.outcome.actions.end_check import end_check
from bihuan.areas.outcome.actions.open_check import open_check
from bihuan.areas.outcome.actions.prolong_check import prolong_check
from bihuan.areas.outcome.models import CheckVisit
from bihuan.areas.outcome.policies.checking import may_open_checks
from bihuan.areas.outcome.reads.checking import checkable_tasks, visitors_on, visits_open_to
from bihuan.areas.outcome.words import BY_HAND, BY_TERM
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField
from bihuan.org.models import Person
from bihuan.org.permissions import Permission as P
from bihuan.ui import parts
from bihuan.ui.access import confidential, view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Column, ListPage, Order
from bihuan.ui.picks import Picks

from .checking import CRUMB, OPENS, page_of, trail, visit_for


def _state(row: CheckVisit, page: ListPage):
    if row.runs_on(page.today):
        return parts.state("正在查验", "busy", "eye-check")
    if row.ended_at is None and row.from_on > page.today:
        return parts.state("没有开始", "calm", "clock")
    return parts.state(
        BY_HAND if row.ended_at else BY_TERM, "calm", "ban" if row.ended_at else "circle-check"
    )


class VisitsPage(ListPage):
    """现场验证：上级来人看哪几家的整改，什么时候到期。"""

    model = CheckVisit
    template = "outcome/checks.html"
    title = "现场验证"
    noun = "次"
    columns = (
        Column("body", "上级机关", value="body", link=True, fixed=True, phone="title"),
        Column("state", "情况", cell=_state, width=120, phone="end"),
        Column("orgs", "查验哪家", value=lambda row: "、".join(one.org.shown for one in row.tasks.all())),
        Column(
            "people",
            "检查人员",
            value=lambda row: "、".join(one.name for one in row.members.all()),
            soft=True,
        ),
        Column("from", "自", value="from_on", width=128, soft=True),
        Column("until", "至", value="until_on", width=128, phone="note"),
    )
    orders = (Order("until", "到期晚的在前", "-until_on"),)
    empty_title = "没有现场验证。"
    empty_text = "上级来人看整改，由巡察办凭来函安排：看哪几家、谁来、从哪天到哪天。"

    def queryset(self) -> QuerySet:
        rows = visits_open_to(self.actor, self.today)
        return rows.prefetch_related("tasks__org", "members")

    def row_url(self, row: CheckVisit) -> str:
        return reverse("outcome:check", args=[row.pk])


class _TasksField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, task: Task) -> str:
        return f"{task.org.shown}，{task.round}{task.get_mode_display()}巡察"


class _PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, person: Person) -> str:
        return f"{person.name}，{person.title or person.unit}"


class OpenForm(forms.Form):
    body = forms.CharField(label="上级机关", max_length=60)
    document = forms.CharField(label="来函文号", max_length=80)

    def __init__(self, *args, by, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        tasks = (
            checkable_tasks(by)
            .select_related("org", "round")
            .order_by("-round__starts_on", "org__order", "pk")
        )
        self.fields["tasks"] = _TasksField(label="看哪几家的整改", queryset=tasks, widget=Picks)
        people = visitors_on(day).select_related("unit").order_by("sort_key", "pk")
        self.fields["members"] = _PeopleField(
            label="检查人员", queryset=people, widget=forms.CheckboxSelectMultiple,
            help_text="名单里没有的，先请系统管理员建人员、开账号，再请安全管理员授“上级检查人员”，授到查验结束",
        )  # fmt: skip
        self.fields["from_on"] = DayField(label="自", initial=day)
        self.fields["until_on"] = DayField(label="至（含当天）")


class ProlongForm(forms.Form):
    until_on = DayField(label="延长至（含当天）")
    why = forms.CharField(label="理由", max_length=200)


class EndForm(forms.Form):
    why = forms.CharField(label="原因", max_length=200)


@view(needs=OPENS)
def visits(request: HttpRequest) -> HttpResponse:
    confidential(request)
    return VisitsPage.of(request).response(request, may_open=may_open_checks(request.actor))


@view(needs=P.INSPECTION_PLAN)
def new(request: HttpRequest) -> HttpResponse:
    form = OpenForm(request.POST or None, by=request.actor, day=local_day(request.at))

    def do(cleaned: dict) -> str:
        said = {**cleaned, "tasks": list(cleaned["tasks"]), "members": list(cleaned["members"])}
        return page_of(open_check(**said, by=request.actor, at=request.at))

    return act_page(
        request, form, do, title="安排现场验证", button="安排", back=CRUMB[1], done="安排好了，检查人员现在登录看得到",
        crumbs=[CRUMB], checks=("检查人员有授权，在本集团没有别的授权", "问题已经下达整改", "授权不早于到期日结束"),
        lead="期限内只读：问题清单、每件问题的办理过程和佐证、整改方案、报告、评估、公开。谈话、信访、底稿、线索、巡察报告、限知悉的问题看不到。",
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def prolong(request: HttpRequest, pk: int) -> HttpResponse:
    found = visit_for(request, pk)

    def do(cleaned: dict) -> None:
        prolong_check(visit=found.visit, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, ProlongForm(request.POST or None), do, title="延长现场验证", button="延长", back=page_of(found.visit),
        done="延长了", crumbs=trail(found.visit), lead=f"现在到 {found.visit.until_on:%Y-%m-%d}。",
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    found = visit_for(request, pk)

    def do(cleaned: dict) -> None:
        end_check(visit=found.visit, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, EndForm(request.POST or None), do, title="终止现场验证", button="终止", back=page_of(found.visit),
        done="终止了，检查人员从现在起看不到", crumbs=trail(found.visit), lead="终止以后马上看不到，不能恢复，要再看另开一次。",
    )  # fmt: skip
