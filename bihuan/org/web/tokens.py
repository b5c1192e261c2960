"""访问令牌: a person opens tokens for programs and calendars, sees when they were used, takes them back."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.actions.open_token import open_token
from bihuan.org.actions.revoke_token import revoke_token
from bihuan.org.actions.try_secret import forgive, try_secret
from bihuan.org.forms import DayField
from bihuan.org.models import AccessToken, Person, Unit
from bihuan.org.permissions import Permission as P
from bihuan.org.policies import may_revoke_token
from bihuan.org.reads import tree_now
from bihuan.org.scopes import CALENDAR, FOR_PROGRAMS, SCOPES
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Choice, Column, Filter, ListPage, Order, View
from bihuan.ui.parts import state
from bihuan.ui.refusals import sentence

_USUAL_DAYS = 90


def _mine(request: HttpRequest) -> QuerySet[AccessToken]:
    return AccessToken.objects.of(request.actor.person_id).select_related("unit").order_by("-id")


def look_of(token: AccessToken, day) -> tuple[str, str, str]:
    if token.revoked_at is not None:
        return "已收回", "calm", "ban"
    return ("已到期", "late", "clock-pause") if day > token.expires_on else ("有效", "good", "circle-check")


@view(needs=SIGNED_IN)
def tokens(request: HttpRequest) -> HttpResponse:
    """The person's own: those in force first, the others folded away."""
    day = local_day(request.at)
    rows = [(token, look_of(token, day)) for token in _mine(request)]
    page = {
        "good": [row for row in rows if row[0].is_good(day)],
        "over": [row for row in rows if not row[0].is_good(day)],
        "day": day,
    }
    return render(request, "org/tokens.html", page)


class TokenForm(forms.Form):
    name = forms.CharField(label="用途", max_length=60, help_text="给谁用、做什么，例如 生产管理系统取台账")
    scope = forms.ChoiceField(
        label="范围", choices=[(code, f"{SCOPES[code].label}：{SCOPES[code].note}") for code in FOR_PROGRAMS]
    )
    unit = forms.ChoiceField(
        label="限在单位", required=False, help_text="只给这个单位和它下面的；不选就是本人看得到的全部"
    )
    expires_on = DayField(label="有效至")
    password = forms.CharField(
        label="现在的密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="令牌等于把本人的权限交给程序，开之前再核对一次",
    )

    def __init__(self, *args, request: HttpRequest, **kwargs) -> None:
        day = local_day(request.at)
        kwargs["initial"] = {
            "scope": "read",
            "expires_on": day + timedelta(days=_USUAL_DAYS),
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        self.account, self.at = request.user, request.at
        self.fields["expires_on"].help_text = f"最长 {settings.TOKEN_MOST_DAYS} 天，到期自动失效"
        self.fields["unit"].choices = [("", "不限"), *_units_of(request.actor, day)]
        if not self.account.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        """A guess is counted before it is looked at: an open screen is no place to try passwords."""
        try:
            try_secret(account=self.account, at=self.at)
        except Refused as refused:
            raise forms.ValidationError(sentence(refused)) from None
        if not self.account.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("密码不对，再输一次")
        forgive(self.account)
        return ""

    def clean_unit(self) -> Unit | None:
        chosen = self.cleaned_data["unit"]
        return Unit.objects.get(pk=int(chosen)) if chosen else None


class CalendarForm(TokenForm):
    """日历订阅 reads nothing but days; it asks for no password and may live as long as any token."""

    def __init__(self, *args, request: HttpRequest, **kwargs) -> None:
        kwargs["initial"] = {"name": "我的日历", **kwargs.get("initial", {})}
        super().__init__(*args, request=request, **kwargs)
        self.fields.pop("password", None)
        del self.fields["scope"]
        day = local_day(request.at)
        self.initial["expires_on"] = day + timedelta(days=settings.TOKEN_MOST_DAYS)
        self.fields["name"].help_text = "例如 手机日历、办公室电脑"
        self.fields["unit"].choices = [("", "不加"), *list(self.fields["unit"].choices)[1:]]
        self.fields["unit"].label = "再加一个单位的到期日"
        self.fields["unit"].help_text = "本人负责的一定在；选了单位，再加上它和下属单位未销号的"
        own = request.actor.unit_id
        if own and str(own) not in dict(self.fields["unit"].choices):
            self.fields["unit"].choices += [(str(own), request.actor.unit_name)]


def _units_of(actor, day) -> list[tuple[str, str]]:
    """Units inside the person's grants, in the order of the tree."""
    return [
        (str(node.id), f"{'　' * (node.depth - 1)}{node.shown}")
        for root in tree_now(Unit, day)
        for node in root.walk()
        if any(reach.covers(node.path) for reach in actor.reaches)
    ]


@view(needs=SIGNED_IN)
@sensitive_variables("clear")
@sensitive_post_parameters("password")
def new(request: HttpRequest) -> HttpResponse:
    """For a program. The text is on one page that no cache keeps and no address leads back to."""

    def do(cleaned: dict) -> HttpResponse:
        token, clear = _open(request, cleaned, cleaned["scope"])
        return _once(request, token, clear)

    return act_page(
        request,
        TokenForm(request.POST or None, request=request),
        do,
        title="开访问令牌",
        button="开令牌",
        back=reverse("org:tokens"),
        done="",
        crumbs=[("访问令牌", reverse("org:tokens"))],
        secret=True,
        lead="程序拿着令牌，能看本人能看的；能办的不超过所选范围。令牌只显示一次。",
    )


@view(needs=SIGNED_IN)
@sensitive_variables("clear")
def new_calendar(request: HttpRequest) -> HttpResponse:
    """An address for a calendar. Whoever has it reads the days, hence it is shown once and can be taken back."""

    def do(cleaned: dict) -> HttpResponse:
        token, clear = _open(request, cleaned, CALENDAR)
        return _once(request, token, f"{settings.PUBLIC_URL.rstrip('/')}/calendar/{clear}.ics")

    return act_page(
        request,
        CalendarForm(request.POST or None, request=request),
        do,
        title="订阅日历",
        button="生成地址",
        back=reverse("org:tokens"),
        done="",
        crumbs=[("访问令牌", reverse("org:tokens"))],
        lead="手机或电脑的日历软件按地址自动取到期日。地址里只有编号、单位和日期，没有问题内容。",
    )


def _open(request: HttpRequest, cleaned: dict, scope: str) -> tuple[AccessToken, str]:
    return open_token(
        person=Person.objects.get(pk=request.actor.person_id),
        name=cleaned["name"],
        scope=scope,
        unit=cleaned["unit"],
        expires_on=cleaned["expires_on"],
        by=request.actor,
        at=request.at,
    )


def _once(request: HttpRequest, token: AccessToken, clear: str) -> HttpResponse:
    response = render(request, "org/token_once.html", {"token": token, "clear": clear})
    response["Cache-Control"] = "no-store"
    return response


@view(needs=SIGNED_IN)
def token(request: HttpRequest, pk: int) -> HttpResponse:
    """One token, for its person and for who manages accounts."""
    found = get_object_or_404(
        AccessToken.objects.select_related("person__unit", "unit", "hat", "revoked_by"), pk=pk
    )
    may = may_revoke_token(found, request.actor)
    if not may and not request.actor.may(P.AUDIT_VIEW):
        raise Http404
    scope = SCOPES.get(found.scope)
    page = {
        "token": found,
        "look": look_of(found, local_day(request.at)),
        "note": scope.note if scope else "",
        "own": found.person_id == request.actor.person_id,
        "may": bool(may),
        "is_calendar": found.scope == CALENDAR,
    }
    return render(request, "org/token.html", page)


@require_POST
@view(needs=SIGNED_IN)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(AccessToken.objects.select_related("person"), pk=pk)
    if not may_revoke_token(found, request.actor):
        raise Http404
    why = request.POST.get("why", "").strip()
    own = found.person_id == request.actor.person_id
    if not own and not why:
        raise Invalid("收回别人的令牌要写原因", "写上原因再收回")
    revoke_token(token=found, by=request.actor, at=request.at, why=why)
    messages.success(request, f"“{found.name}”收回了，用它的程序从现在起进不来。")
    return HttpResponseRedirect(reverse("org:tokens") if own else reverse("org:all-tokens"))


class TokensPage(ListPage):
    """Everybody's, for the administrator: who has let which program in."""

    model = AccessToken
    title = "所有访问令牌"
    noun = "个令牌"
    filters = (
        Filter("holding", "状态", choices=[Choice("standing", "没有收回"), Choice("revoked", "已收回")]),
        Filter("scope", "范围", choices=[(s.code, s.label) for s in SCOPES.values()], method="in_scopes"),
        Filter("text", "用途、姓名、编号", kind="text", method="matching"),
    )
    columns = (
        Column("name", "用途", link=True, fixed=True, phone="title"),
        Column("person", "本人", value="person.name", width=96, phone="note"),
        Column(
            "unit",
            "单位",
            value=lambda row: row.person.unit.shown if row.person.unit else "",
            width=120,
            phone="note",
        ),
        Column("scope", "范围", value="scope_label", width=84),
        Column("within", "限在单位", value="unit.shown", width=110, soft=True),
        Column("used", "最近使用", value="last_used_on", width=96, soft=True),
        Column("to", "有效至", value="expires_on", width=126, soft=True),
        Column(
            "state",
            "状态",
            value="revoked_at",
            cell=lambda row, page: state(*look_of(row, page.today)),
            width=100,
            phone="end",
        ),
    )
    orders = (Order("new", "新开的在前", "-id"),)
    views = (View("standing", "没有收回", "holding=standing"), View("all", "全部", counted=False))
    empty_title = "还没有人开过访问令牌。"
    empty_text = "令牌由本人在“访问令牌”页开。"

    def queryset(self) -> QuerySet:
        return AccessToken.objects.select_related("person__unit", "unit")

    def row_url(self, row: AccessToken) -> str:
        return reverse("org:token", args=[row.pk])


@view(needs=(P.ACCOUNT_MANAGE, P.AUDIT_VIEW))
def all_tokens(request: HttpRequest) -> HttpResponse:
    return TokensPage.of(request).response(request)
