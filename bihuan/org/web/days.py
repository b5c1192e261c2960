"""节假日与调休: the dated table that working days are counted by."""

from __future__ import annotations

import re
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.kernel.dates import read_date
from bihuan.kernel.moment import local_day
from bihuan.org.actions.remove_special_day import remove_special_day
from bihuan.org.actions.set_special_days import SpecialDayRow, set_special_days
from bihuan.org.models import SpecialDay
from bihuan.org.permissions import Permission as P
from bihuan.org.policies import may_manage_rules
from bihuan.org.reads import known_until
from bihuan.ui.access import view
from bihuan.ui.act import act_page

_LINE = re.compile(r"^(?P<when>\S+)\s+(?P<kind>放假|休|上班|班)\s*(?P<name>.*)$")
_LONGEST_SPAN = 31


class NoticeForm(forms.Form):
    source = forms.CharField(
        label="来源", max_length=120, help_text="例如：国务院办公厅关于2027年部分节假日安排的通知"
    )
    lines = forms.CharField(
        label="每行一天或一段",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="日期 放假或上班 名称，例如：2027-01-01 放假 元旦；一段写 2027-02-05至2027-02-12 放假 春节",
    )

    def __init__(self, *args, base, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.base = base

    def clean_lines(self) -> list[SpecialDayRow]:
        rows: list[SpecialDayRow] = []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), 1):
            if line.strip():
                rows += self._read(number, line.strip())
        return rows

    def _read(self, number: int, line: str) -> list[SpecialDayRow]:
        found = _LINE.match(line)
        reading = read_date(found["when"], base=self.base, order="future") if found else None
        if found is None or reading is None or reading.start is None or reading.kind not in ("day", "range"):
            raise ValidationError(f"第 {number} 行读不出来：{line}")
        last = reading.end or reading.start
        if (last - reading.start).days > _LONGEST_SPAN:
            raise ValidationError(f"第 {number} 行从 {reading.start} 到 {last}，太长了，核对日期")
        kind = SpecialDay.Kind.OFF if found["kind"] in ("放假", "休") else SpecialDay.Kind.WORK
        days = (reading.start + timedelta(days=n) for n in range((last - reading.start).days + 1))
        return [SpecialDayRow(day, kind, found["name"].strip()) for day in days]


@view(needs=P.RULES_VIEW)
def days(request: HttpRequest) -> HttpResponse:
    today = local_day(request.at)
    year = int(request.GET["year"]) if request.GET.get("year", "").isdigit() else today.year
    known = known_until()
    page = {
        "year": year,
        "years": sorted(
            set(SpecialDay.objects.values_list("day__year", flat=True)) | {today.year, today.year + 1}
        ),
        "rows": list(SpecialDay.objects.filter(day__year=year).order_by("day")),
        "known": known,
        "ends_soon": known is None or (known - today).days < 92,
        "verdict": may_manage_rules(request.actor),
    }
    return render(request, "org/days.html", page)


@view(needs=P.RULES_MANAGE)
def add(request: HttpRequest) -> HttpResponse:
    def do(cleaned: dict) -> None:
        set_special_days(rows=cleaned["lines"], source=cleaned["source"], by=request.actor, at=request.at)

    back = reverse("org:days")
    return act_page(
        request,
        NoticeForm(request.POST or None, base=local_day(request.at)),
        do,
        title="录入节假日与调休",
        button="录入",
        back=back,
        done="录好了",
        crumbs=[("节假日与调休", back)],
        lead="同一天再录一次，以后录的为准。已经定下的期限不会因此改动。",
    )


@view(needs=P.RULES_MANAGE)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    remove_special_day(day=get_object_or_404(SpecialDay, pk=pk), by=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("org:days"))
