"""Rule packs: every version with every value, where it comes from, how sure it is, and who stands for it."""

from __future__ import annotations

import json

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid
from bihuan.org.actions.confirm_rule import confirm_rule
from bihuan.org.actions.publish_pack import publish_pack
from bihuan.org.forms import DayField
from bihuan.org.models import PackVersion
from bihuan.org.permissions import Permission as P
from bihuan.org.policies import may_manage_rules
from bihuan.ui.access import view
from bihuan.ui.act import act_page

from .pack_words import changes_between, pack_shelf, pack_table


@view(needs=P.RULES_VIEW)
def packs(request: HttpRequest) -> HttpResponse:
    return render(request, "org/rules.html", {"shelf": pack_shelf(local_day(request.at))})


@view(needs=P.RULES_VIEW)
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(PackVersion.objects.select_related("published_by"), pk=pk)
    others = PackVersion.objects.filter(pack=version.pack).exclude(pk=pk).order_by("-effective_from", "-id")
    against = (
        others.filter(pk=int(request.GET["against"])).first()
        if request.GET.get("against", "").isdigit()
        else None
    )
    page = {
        "version": version,
        "rows": pack_table(version),
        "others": list(others),
        "against": against,
        "changes": changes_between(against, version) if against else [],
        "verdict": may_manage_rules(request.actor),
    }
    return render(request, "org/pack.html", page)


class ConfirmForm(forms.Form):
    note = forms.CharField(label="依据", max_length=200, help_text="文件、会议纪要或负责人的意见")


@view(needs=P.RULES_MANAGE)
def confirm(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    version = get_object_or_404(PackVersion, pk=pk)
    row = next((row for row in pack_table(version) if row.rule.key == key), None)
    back = reverse("org:pack", args=[pk])

    def do(cleaned: dict) -> None:
        confirm_rule(version=version, key=key, by=request.actor, at=request.at, **cleaned)

    lead = f"{row.rule.label}：{row.words}。{row.rule.source}。" if row else ""
    return act_page(
        request,
        ConfirmForm(request.POST or None),
        do,
        title="确认这条规则",
        button="确认",
        back=back,
        done="确认了",
        lead=lead,
        crumbs=[("规则包", reverse("org:rules")), (str(version), back)],
    )


class PublishForm(forms.Form):
    """A new version starts from an old one: each value is a field, with its source beside it."""

    def __init__(self, *args, base: PackVersion, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.base = base
        self.fields["version"] = forms.CharField(
            label="版本号", max_length=20, help_text="例如 2026.2，发布后不能再改"
        )
        self.fields["effective_from"] = DayField(label="生效日期")
        self.fields["issuer"] = forms.CharField(
            label="发布单位", max_length=80, required=False, initial=base.issuer
        )
        self.fields["document"] = forms.CharField(label="依据文件", max_length=200, initial=base.document)
        self.fields["note"] = forms.CharField(
            label="说明", required=False, widget=forms.Textarea(attrs={"rows": 2})
        )
        for n, value in enumerate(base.values):
            shown = (
                value["value"]
                if isinstance(value["value"], str)
                else json.dumps(value["value"], ensure_ascii=False)
            )
            self.fields[f"v{n}"] = forms.CharField(
                label=f"{value['label']}（{value['unit'] or '值'}）",
                initial=shown,
                widget=forms.TextInput(),
                help_text=value["source"],
            )
            self.fields[f"s{n}"] = forms.CharField(label="改了就写来源", max_length=200, required=False)

    def rows(self) -> list[dict]:
        """The values of the new version; a changed one needs its source and then counts as confirmed practice."""
        rows = []
        for n, value in enumerate(self.base.values):
            text, source = self.cleaned_data[f"v{n}"].strip(), self.cleaned_data[f"s{n}"].strip()
            new = _read(text, value["value"])
            if new == value["value"]:
                rows.append(value)
                continue
            if not source:
                raise Invalid(f"“{value['label']}”改了，没有写来源", "写上依据的文件和条款", field=f"s{n}")
            rows.append({**value, "value": new, "source": source, "certainty": "M"})
        return rows

    def value_rows(self) -> list[dict]:
        return [{"value": self[f"v{n}"], "source": self[f"s{n}"]} for n, _ in enumerate(self.base.values)]

    head = ("version", "effective_from", "issuer", "document", "note")


def _read(text: str, like):
    """The value as its kind: a word stays a word, anything else is read as a number or a list."""
    if isinstance(like, str):
        return text
    try:
        return json.loads(text.replace("，", ","))
    except ValueError:
        raise Invalid(f"“{text}”读不出来", "数字直接写，几个数写成 [7, 3, 1, 0]") from None


@view(needs=P.RULES_MANAGE)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    base = get_object_or_404(PackVersion, pk=pk)
    form = PublishForm(request.POST or None, base=base, initial={"effective_from": local_day(request.at)})

    def do(cleaned: dict) -> str:
        made = publish_pack(
            pack=base.pack,
            title=base.title,
            values=form.rows(),
            by=request.actor,
            at=request.at,
            **{name: cleaned[name] for name in form.head},
        )
        return reverse("org:pack", args=[made.pk])

    return act_page(
        request,
        form,
        do,
        title=f"发布{base.title}新版本",
        button="发布",
        back=reverse("org:pack", args=[pk]),
        done="发布了",
        template="org/publish.html",
        head=[form[name] for name in form.head],
        lead="已经在办的问题按它下达时的版本算，新版本只管生效以后的。",
        crumbs=[("规则包", reverse("org:rules"))],
    )
