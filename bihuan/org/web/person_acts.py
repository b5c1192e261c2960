"""What is done with a person: taking on, moving, leaving, posts, party, correcting, erasing."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.kernel.moment import local_day
from bihuan.org.actions.add_person import add_person
from bihuan.org.actions.correct_person import correct_person
from bihuan.org.actions.erase_person import erase_person
from bihuan.org.actions.hold_post import hold_post
from bihuan.org.actions.join_party_org import join_party_org
from bihuan.org.actions.leave_post import leave_post
from bihuan.org.forms import DayField, NodeField
from bihuan.org.models import Membership, PartyOrg, Person, Post, PostHolding, Unit
from bihuan.org.permissions import Permission as P
from bihuan.org.policies import may_manage_org
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page


class NewPersonForm(forms.Form):
    staff_no = forms.CharField(label="工号", max_length=30)
    name = forms.CharField(label="姓名", max_length=40)
    title = forms.CharField(label="职务", max_length=60, required=False)
    phone = forms.CharField(
        label="手机", max_length=20, required=False, help_text="只用来发提醒，本人和管理员可见"
    )
    email = forms.EmailField(label="邮箱", required=False)
    on = DayField(label="到岗日期")


class CorrectForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=40)
    phone = forms.CharField(label="手机", max_length=20, required=False)
    email = forms.EmailField(label="邮箱", required=False)


class PartyForm(forms.Form):
    kind = forms.ChoiceField(label="类别", choices=Membership.Kind.choices)
    duty = forms.CharField(label="党内职务", max_length=40, required=False)
    on = DayField(label="从哪天起")

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["org"] = NodeField(PartyOrg, day, label="党组织")
        self.order_fields(["org", "kind", "duty", "on"])


class HoldForm(forms.Form):
    on = DayField(label="从哪天起")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.select_related("unit").order_by("unit__path", "-leads", "code")
        self.fields["post"] = forms.ModelChoiceField(posts, label="岗位")
        self.fields["post"].label_from_instance = lambda post: f"{post.unit.shown}　{post.title}"
        self.order_fields(["post", "on"])


class EraseForm(forms.Form):
    request_no = forms.CharField(label="依据", max_length=200, help_text="本人申请或单位决定的日期和编号")


def _act(request: HttpRequest, person: Person, form: forms.Form, do, **words) -> HttpResponse:
    back = reverse("org:person", args=[person.pk])
    crumbs = [("人员", reverse("org:people")), (person.name, back)]
    return act_page(request, form, do, back=back, crumbs=crumbs, **words)


def _person(pk: int) -> Person:
    return get_object_or_404(Person.objects.select_related("unit"), pk=pk)


@view(needs=P.ORG_MANAGE)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, pk=pk)

    def do(cleaned: dict) -> str:
        made = add_person(unit=unit, by=request.actor, at=request.at, **cleaned)
        return reverse("org:person", args=[made.pk])

    back = reverse("org:unit", args=[unit.pk])
    return act_page(
        request,
        NewPersonForm(request.POST or None, initial={"on": local_day(request.at)}),
        do,
        title=f"{unit.shown}新增人员",
        button="新增",
        back=back,
        done="加好了",
        crumbs=[("组织", reverse("org:home")), (unit.shown, back)],
    )


@view(needs=SIGNED_IN)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(pk)
    initial = {"name": person.name, "phone": person.phone, "email": person.email}
    form = CorrectForm(request.POST or None, initial=initial)
    manages = bool(may_manage_org(request.actor, (person.unit.path or "") if person.unit else ""))
    if not manages and person.pk != request.actor.person_id:
        raise Http404
    form.fields["name"].disabled = not manages

    def do(cleaned: dict) -> None:
        correct_person(person=person, by=request.actor, at=request.at, **cleaned)

    return _act(request, person, form, do, title=f"更正{person.name}的资料", button="保存", done="改好了")


@view(needs=P.ORG_MANAGE)
def party(request: HttpRequest, pk: int) -> HttpResponse:
    person, day = _person(pk), local_day(request.at)

    def do(cleaned: dict) -> None:
        join_party_org(person=person, by=request.actor, at=request.at, **cleaned)

    return _act(
        request,
        person,
        PartyForm(request.POST or None, day=day, initial={"on": day}),
        do,
        done="转好了",
        title=f"{person.name}转接组织关系",
        button="转接",
        lead="每名党员编入一个支部；原来的关系在前一天结束。",
    )


@view(needs=P.ORG_MANAGE)
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(pk)

    def do(cleaned: dict) -> None:
        hold_post(person=person, by=request.actor, at=request.at, **cleaned)

    form = HoldForm(request.POST or None, initial={"on": local_day(request.at)})
    return _act(
        request,
        person,
        form,
        do,
        title=f"{person.name}任岗",
        button="任岗",
        done="任上了",
        lead="岗位上挂的授权，要等安全管理员确认了任岗的人才生效。",
    )


@view(needs=P.ORG_MANAGE)
@require_POST
def leave_the_post(request: HttpRequest, pk: int, holding: int) -> HttpResponse:
    found = get_object_or_404(PostHolding.objects.select_related("post__unit"), pk=holding, person=pk)
    leave_post(holding=found, on=local_day(request.at), by=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("org:person", args=[pk]))


@view(needs=P.ORG_MANAGE)
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(pk)

    def do(cleaned: dict) -> None:
        erase_person(person=person, by=request.actor, at=request.at, request=cleaned["request_no"])

    return _act(
        request,
        person,
        EraseForm(request.POST or None),
        do,
        title=f"删除{person.name}的个人信息",
        button="删除",
        done="删除了，记录里只剩编号",
        lead="姓名、工号、手机、邮箱删除，账号注销，不能恢复。办过的事还在，只留编号。",
    )
