"""Forms of the import."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.conf import settings

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.org.models import Unit
from bihuan.org.permissions import Permission
from bihuan.registry import shelf


def size_limit() -> int:
    return settings.FILE_LIMIT_MB * 1024 * 1024


class UploadForm(forms.Form):
    file = forms.FileField(
        label="台账文件",
        help_text="Excel（.xlsx、.xls）、CSV，或 Word 通报、反馈意见、整改通知书（.docx），原样上传，先试运行，不会直接写入",
        error_messages={
            "empty": "文件是空的，一个字节也没有；确认导出或拷贝完成后再传",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.xlsm,.et,.docx"}),
    )
    annex = forms.FileField(
        label="附表",
        help_text="五定、整改措施等另存的一份，按编号并到台账的问题上；没有就不选",
        required=False,
        error_messages={"empty": "附表是空的，一个字节也没有；没有附表就不选"},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.xlsm,.et"}),
    )
    source = forms.ChoiceField(label="来源", help_text="这本台账的问题从哪里来")
    home = forms.ModelChoiceField(
        label="归口单位",
        queryset=Unit.objects.none(),
        help_text="对不上单位的行可以归到这里，原文保留",
    )

    def __init__(self, *args, actor: Actor, at: datetime, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        reaches = (
            *actor.reaches_for(Permission.LEDGER_IMPORT),
            *actor.reaches_for(Permission.LEDGER_IMPORT_OWN),
        )
        units = Unit.objects.in_reach(reaches).open_on(local_day(at)).in_tree_order()
        self.fields["home"].queryset = units
        self.fields["home"].initial = actor.unit_id or next((reach.unit_id for reach in reaches), None)
        self.fields["source"].choices = [(source.code, source.label) for source in shelf.sources().values()]
        self.fields["source"].initial = "ledger"


class AnnexForm(forms.Form):
    """One more file for a ledger that is here already."""

    annex = forms.FileField(
        label="附表",
        error_messages={"empty": "附表是空的，一个字节也没有；确认导出或拷贝完成后再传"},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.xlsm,.et"}),
    )
