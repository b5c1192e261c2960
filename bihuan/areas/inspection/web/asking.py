"""请部门通报: several departments at once, each with the sides it is to speak of."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse

from bihuan.areas.inspection.actions.ask_briefings import ask_briefings
from bihuan.areas.inspection.reads.asking import days_to_answer, departments_for, items_for
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField
from bihuan.org.models import Unit
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view
from bihuan.ui.act import act_page

from .finding import CRUMB, page_of, task_for
from .preparation import preparation_page


class AskForm(forms.Form):
    """A box and the items for each department; what is not boxed is not asked."""

    due_on = DayField(label="期限")

    def __init__(self, *args, units: list[Unit], items: dict[int, list[str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        for unit in units:
            self.fields[f"ask-{unit.pk}"] = forms.BooleanField(label=unit.shown, required=False)
            self.fields[f"items-{unit.pk}"] = forms.CharField(
                label=f"{unit.shown}通报的条目", required=False, initial="\n".join(items[unit.pk]),
                widget=forms.Textarea(attrs={"rows": 4}), max_length=1400,
            )  # fmt: skip

    def rows(self) -> list[tuple]:
        """(box, items, what they say in a line) of each department."""
        return [
            (
                self[f"ask-{unit.pk}"],
                self[f"items-{unit.pk}"],
                "；".join(str(self[f"items-{unit.pk}"].value() or "").split("\n")),
            )
            for unit in self.units
        ]

    def asked(self, cleaned: dict) -> dict[Unit, list[str]]:
        return {
            unit: cleaned[f"items-{unit.pk}"].splitlines() for unit in self.units if cleaned[f"ask-{unit.pk}"]
        }


@view(needs=P.INSPECTION_PLAN)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    task, day = task_for(request, pk), local_day(request.at)
    units = [unit for unit in departments_for(task, day) if unit.pk != request.actor.unit_id]
    first = {"due_on": day + timedelta(days=days_to_answer(task.round))}
    form = AskForm(request.POST or None, units=units, items=items_for(units), initial=first)

    def do(cleaned: dict) -> None:
        ask_briefings(
            task=task, asked=form.asked(cleaned), due_on=cleaned["due_on"], by=request.actor, at=request.at
        )

    back = preparation_page(task.round)
    return act_page(
        request, form, do, title=f"请部门通报情况：{task.org.shown}", button="发出", back=back,
        done="请了，部门的工作台上看得到", template="inspection/briefing_ask.html",
        crumbs=[CRUMB, (task.round.name, page_of(task.round)), ("巡前准备", back)],
        checks=("部门没有请过", "不是被巡察党组织自己的部门", "条目只写要哪方面的情况，不写具体的人和事"),
    )  # fmt: skip
