"""The part of one body: joining the visit, its report, and letting the others read it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bihuan.areas.joint.actions.add_part import add_part
from bihuan.areas.joint.actions.drop_part import drop_part
from bihuan.areas.joint.actions.note_report_read import note_report_read
from bihuan.areas.joint.actions.report_part import report_part
from bihuan.areas.joint.actions.share_report import share_report
from bihuan.areas.joint.models import JointPart
from bihuan.areas.joint.policies import may_report
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.forms import DayField, NodeField, PersonField
from bihuan.org.models import Unit
from bihuan.org.permissions import Permission as P
from bihuan.org.policies import insist
from bihuan.record.actions.keep_file import keep_file
from bihuan.record.filetypes import tidy_name
from bihuan.record.reads import file_response
from bihuan.ui.access import SIGNED_IN, confidential, view
from bihuan.ui.act import act_page
from bihuan.ui.refusals import sentence

from .finding import CRUMB, joint_for, page_of, part_for


class PartForm(forms.Form):
    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = NodeField(Unit, day, label="部门")
        self.fields["leader"] = PersonField(day, label="负责人")
        self.fields["looks_into"] = forms.CharField(
            label="看什么", max_length=200, help_text="如：经济责任、物资采购、工程结算"
        )
        self.fields["due_on"] = DayField(label="报告期限")


class ReportForm(forms.Form):
    number = forms.CharField(label="报告文号", max_length=60, help_text="如“晋岭审〔2026〕12 号”")
    received_on = DayField(label="报告日期")
    file = forms.FileField(label="报告", required=False, help_text="不共享时只有本部门看得到；纸质的可以不传")


@view(needs=P.INSPECTION_PLAN)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    joint = joint_for(request, pk)

    def do(cleaned: dict) -> None:
        add_part(joint=joint, by=request.actor, at=request.at, **cleaned)

    form = PartForm(request.POST or None, day=local_day(request.at), initial={"due_on": joint.task.to_day})
    return act_page(
        request, form, do, title="列入部门", button="列入", back=page_of(joint), done="列入了",
        crumbs=[CRUMB, (joint.title, page_of(joint))], checks=("不是被巡察的单位", "一个部门列一次"),
    )  # fmt: skip


@require_POST
@view(needs=P.INSPECTION_PLAN)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    part = part_for(request, pk)
    try:
        drop_part(part=part, by=request.actor, at=request.at)
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, f"{part.unit.shown}去掉了。")
    return HttpResponseRedirect(page_of(part.joint))


@view(needs=SIGNED_IN)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever leads a part may hand its report in, also without a right of the department."""
    part = part_for(request, pk)
    _only_theirs(part, request)

    def do(cleaned: dict) -> None:
        insist(may_report(part, request.actor))
        given = cleaned.pop("file")
        kept = keep_file(content=given, name=given.name, by=request.actor, at=request.at) if given else None
        name = tidy_name(given.name) if given else ""
        report_part(part=part, file=kept, file_name=name, by=request.actor, at=request.at, **cleaned)

    form = ReportForm(
        request.POST or None, request.FILES or None, initial={"received_on": local_day(request.at)}
    )
    return act_page(
        request, form, do, title=f"{part.unit.shown}的报告", button="交报告", back=page_of(part.joint),
        done="交了。要让别的部门看，再点共享", crumbs=[CRUMB, (part.joint.title, page_of(part.joint))],
        lead=f"{part.joint.title}，本部门看：{part.looks_into}。不得录入国家秘密。", multipart=True,
        checks=("有文号", "日期不在今天以后", "只交一次"),
    )  # fmt: skip


def _only_theirs(part: JointPart, request: HttpRequest) -> None:
    """The form is for the body itself: for others of the visit it is not there."""
    if may_report(part, request.actor).hidden:
        raise Http404


@require_safe
@view(needs=SIGNED_IN)
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The report itself, for its own body and, once shared, for the others; every opening is written down."""
    part = part_for(request, pk, readable=True)
    if part.file is None:
        raise Http404
    confidential(request)
    note_report_read(part=part, by=request.actor, at=request.at)
    return file_response(part.file, name=part.file_name, which="original", request=request)


@require_POST
@view(needs=SIGNED_IN)
def share(request: HttpRequest, pk: int) -> HttpResponse:
    part = part_for(request, pk)
    try:
        share_report(part=part, by=request.actor, at=request.at)
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, "共享了，参加联动的部门和巡察办都看得到报告。")
    return HttpResponseRedirect(reverse("joint:task", args=[part.joint_id]))
