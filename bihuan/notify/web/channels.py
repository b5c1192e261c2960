"""通知群: which group chats hear of their people's notices."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from bihuan.kernel.refused import Refused
from bihuan.notify.actions.open_channel import open_channel
from bihuan.notify.actions.switch_channel import switch_channel
from bihuan.notify.actions.try_channel import try_channel
from bihuan.notify.models import Channel
from bihuan.org.models import Unit
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view
from bihuan.ui.refusals import into_form, sentence


class UnitChoice(forms.ModelChoiceField):
    def label_from_instance(self, unit: Unit) -> str:
        return f"{'　' * max(0, (unit.depth or 1) - 1)}{unit.shown}"


class ChannelForm(forms.Form):
    name = forms.CharField(label="群名", max_length=40, help_text="看得出是哪个群就行")
    kind = forms.ChoiceField(label="平台", choices=Channel.Kind.choices)
    unit = UnitChoice(
        Unit.objects.filter(closed_on=None).order_by("path"),
        label="哪个单位的群",
        help_text="只说这个单位和下级单位的人有几件没看",
        empty_label="请选择",
    )
    address = forms.CharField(
        label="机器人的 Webhook 地址",
        max_length=300,
        help_text="从群设置里复制。加密保存，以后不再显示",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    secret = forms.CharField(
        label="加签密钥",
        max_length=100,
        required=False,
        help_text="钉钉、飞书选了“加签”才填",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    digest = forms.BooleanField(label="每天早上一条摘要", required=False, initial=True)
    urgent = forms.BooleanField(label="红色事项马上发", required=False, initial=True)
    mentions = forms.BooleanField(label="红色事项按手机号@到人（企业微信、钉钉）", required=False)


@require_GET
@view(needs=P.JOB_MANAGE)
def channels(request: HttpRequest) -> HttpResponse:
    found = Channel.objects.select_related("unit").order_by("-is_active", "name", "id")
    return render(request, "notify/channels.html", {"channels": list(found)})


@view(needs=P.JOB_MANAGE)
@sensitive_post_parameters("address", "secret")
def new(request: HttpRequest) -> HttpResponse:
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_channel(by=request.actor, at=request.at, **form.cleaned_data)
        except Refused as refused:
            into_form(form, refused)
        else:
            messages.success(request, f"“{made.name}”设好了，点“试发”看群里收不收得到")
            return redirect("notify:channels")
    return render(request, "notify/channel_new.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
@view(needs=P.JOB_MANAGE)
def test(request: HttpRequest, pk: int) -> HttpResponse:
    channel = get_object_or_404(Channel, pk=pk)
    try:
        try_channel(channel=channel, by=request.actor, at=request.at)
    except Refused as refused:
        messages.error(request, f"“{channel.name}”：{sentence(refused)}")
    else:
        messages.success(request, f"“{channel.name}”收下了，到群里看一眼")
    return redirect("notify:channels")


@require_POST
@view(needs=P.JOB_MANAGE)
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    channel = get_object_or_404(Channel, pk=pk)
    active = not channel.is_active
    switch_channel(channel=channel, active=active, by=request.actor, at=request.at)
    messages.success(request, f"“{channel.name}”{'启用' if active else '停用'}了")
    return redirect("notify:channels")
