"""谁能做什么: the grants, and giving and taking them back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.kernel.moment import local_day
from bihuan.org.actions.confirm_holding import confirm_holding
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.revoke_grant import revoke_grant
from bihuan.org.forms import DayField, NodeField, PersonField
from bihuan.org.models import Grant, Post, PostHolding, Unit
from bihuan.org.permissions import LABELS
from bihuan.org.permissions import Permission as P
from bihuan.org.policies import may_confirm_holding, may_revoke
from bihuan.org.reads import holdings_to_confirm
from bihuan.org.roles import ADMINISTRATORS, ROLES
from bihuan.ui.access import view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Choice, Column, Filter, ListPage, Order, View
from bihuan.ui.parts import date_short, tag

from .people import unit_choices, unit_names

_READERS = (P.GRANT_MANAGE, P.AUDIT_VIEW)


def _role_cell(row: Grant, page: ListPage):
    label = ROLES[row.role].label if row.role in ROLES else row.role
    return tag(label, "shield-check", "soon") if row.role in ADMINISTRATORS else label


def _term(row: Grant, page: ListPage) -> str:
    end = f"到 {date_short(row.to_day, page.today)}" if row.to_day else "长期"
    if row.revoked_at:
        return f"已收回 {date_short(row.revoked_at, page.today)}"
    if row.to_day and row.to_day < page.today:
        return f"已过期 {date_short(row.to_day, page.today)}"
    return end if row.from_day <= page.today else f"{date_short(row.from_day, page.today)} 起，{end}"


def _whom(row: Grant) -> str:
    return row.person.name if row.person else f"岗位：{row.post.title}"


def _given(row: Grant, page: ListPage) -> str:
    giver = row.granted_by.name if row.granted_by else "系统"
    return f"{giver}，{date_short(row.granted_at, page.today)}"


class GrantsPage(ListPage):
    model = Grant
    title = "谁能做什么"
    noun = "条授权"
    template = "org/grants.html"
    filters = (
        Filter("role_in", "角色", choices=[(r.code, r.label) for r in ROLES.values()]),
        Filter("in_units", "范围", choices=unit_choices, lazy=True, labels=unit_names, phrase="在{}"),
        Filter("holding", "状态", choices=[Choice("standing", "没收回"), Choice("revoked", "已收回")]),
        Filter("text", "姓名、工号、岗位", kind="text", method="of_person"),
    )
    columns = (
        Column("whom", "给谁", value=_whom, width=150, link=True, fixed=True, phone="title"),
        Column(
            "home",
            "所在单位",
            value=lambda row: row.person.unit.shown if row.person and row.person.unit else "",
            width=130,
            soft=True,
        ),
        Column(
            "role",
            "角色",
            value=lambda row: ROLES[row.role].label if row.role in ROLES else row.role,
            cell=_role_cell,
            width=160,
            phone="end",
        ),
        Column(
            "unit",
            "在哪里",
            value=lambda row: f"{row.unit.shown}{'及下级' if row.with_subtree else '本级'}",
            phone="note",
        ),
        Column("hat", "以谁的身份", value=lambda row: row.hat.shown if row.hat else "", width=100, soft=True),
        Column("term", "期限", value="to_day", cell=_term, width=150, phone="note"),
        Column(
            "given",
            "谁给的",
            value=lambda row: row.granted_by.name if row.granted_by else "系统",
            cell=_given,
            width=170,
            soft=True,
        ),
    )
    orders = (Order("new", "新给的在前", "-granted_at"),)
    views = (
        View("standing", "没收回的", "holding=standing"),
        View("three", "三员", f"holding=standing&role_in={'&role_in='.join(ADMINISTRATORS)}"),
        View("revoked", "已收回", "holding=revoked", counted=False),
    )

    def queryset(self) -> QuerySet:
        return Grant.objects.select_related("person__unit", "post", "unit", "hat", "granted_by")

    def row_url(self, row: Grant) -> str:
        return reverse("org:grant", args=[row.pk])


class GrantForm(forms.Form):
    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.select_related("unit").order_by("unit__path", "code")
        self.fields["role"] = forms.ChoiceField(
            label="角色",
            # none beforehand: the first in the list would be an administrator
            choices=[("", "请选择"), *((r.code, f"{r.label}：{r.note}") for r in ROLES.values())],
        )
        self.fields["person"] = PersonField(day, label="给哪个人", required=False)
        self.fields["post"] = forms.ModelChoiceField(
            posts, label="或给哪个岗位", required=False, empty_label="不给岗位"
        )
        self.fields["unit"] = NodeField(Unit, day, label="在哪里")
        self.fields["with_subtree"] = forms.BooleanField(label="含下级单位", required=False, initial=True)
        self.fields["hat"] = NodeField(
            Unit,
            day,
            label="以谁的身份",
            required=False,
            help_text="合署办公的人选一个部门，戴上这个身份才有这项授权；一般不选，随时有效",
        )
        self.fields["from_day"] = DayField(label="自")
        self.fields["to_day"] = DayField(label="至", required=False, help_text="不填就是长期，收回为止")


@view(needs=_READERS)
def grants(request: HttpRequest) -> HttpResponse:
    roles = [(r, [LABELS[code] for code in LABELS if code in r.permissions]) for r in ROLES.values()]
    reaches = request.actor.reaches_for(P.GRANT_MANAGE)
    waiting = [
        (holding, may_confirm_holding(holding, request.actor))
        for holding in holdings_to_confirm(local_day(request.at), reaches)
    ]
    return GrantsPage.of(request).response(request, roles=roles, gives=bool(reaches), waiting=waiting)


@view(needs=P.GRANT_MANAGE)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PostHolding.objects.select_related("person", "post__unit"), pk=pk)
    confirm_holding(holding=found, by=request.actor, at=request.at)
    messages.success(request, f"确认了：{found.person.name}任{found.post.title}，岗位上的授权从现在起有效")
    return HttpResponseRedirect(reverse("org:grants"))


@view(needs=_READERS)
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Grant.objects.select_related("person__unit", "post", "unit", "hat", "granted_by", "revoked_by")
    found = get_object_or_404(rows, pk=pk)
    role = ROLES.get(found.role)
    page = {
        "grant": found,
        "role": role,
        "verdict": may_revoke(found, request.actor),
        "whom": _whom(found),
        "can": [LABELS[code] for code in LABELS if role and code in role.permissions],
    }
    return render(request, "org/grant.html", page)


@view(needs=P.GRANT_MANAGE)
def new(request: HttpRequest) -> HttpResponse:
    day = local_day(request.at)
    initial = {"from_day": day, "with_subtree": True, "person": request.GET.get("person", "")}

    def do(cleaned: dict) -> None:
        grant_role(by=request.actor, at=request.at, **cleaned)

    return act_page(
        request,
        GrantForm(request.POST or None, day=day, initial=initial),
        do,
        title="授权",
        button="授权",
        back=reverse("org:grants"),
        done="授好了",
        crumbs=[("谁能做什么", reverse("org:grants"))],
        lead="不能给自己授权；系统、安全、审计三员由三个人分任。",
        checks=("是不是本人", "三员有没有兼任", "人在不在岗"),
    )


class RevokeForm(forms.Form):
    why = forms.CharField(label="缘由", max_length=100, required=False)


@view(needs=P.GRANT_MANAGE)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Grant.objects.select_related("unit", "person", "post"), pk=pk)

    def do(cleaned: dict) -> None:
        revoke_grant(grant=found, by=request.actor, at=request.at, **cleaned)

    back = reverse("org:grants")
    return act_page(
        request,
        RevokeForm(request.POST or None),
        do,
        title=f"收回{_whom(found)}的授权",
        button="收回",
        back=back,
        done="收回了",
        crumbs=[("谁能做什么", back)],
        lead="收回后马上失效，记录还在。",
    )
