"""Fields that people fill in the office's way: a unit by its place in the tree, a person by staff number or name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bihuan.org.models import PartyOrg, Person, Unit
from bihuan.org.reads import tree_now
from bihuan.ui.picks import Picks

_INDENT = "　"


class NodeField(forms.ChoiceField):
    """A node of a tree as it stands on `day`; cleans to the node, or None when it may be empty."""

    def __init__(
        self, model: type[Unit] | type[PartyOrg], day: date, *, without: str = "", **kwargs: Any
    ) -> None:
        self.model = model
        roots = tree_now(model, day)
        nodes = [
            node for root in roots for node in root.walk() if not (without and node.path.startswith(without))
        ]
        choices = [(str(node.id), f"{_INDENT * (node.depth - 1)}{node.shown}") for node in nodes]
        super().__init__(choices=[("", "——"), *choices], **kwargs)

    def clean(self, value: Any) -> Unit | PartyOrg | None:
        chosen = super().clean(value)
        return self.model.objects.get(pk=int(chosen)) if chosen else None


class UnitsField(forms.ModelMultipleChoiceField):
    """Several units, as a list with boxes."""

    def __init__(self, day: date, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.open_on(day).order_by("path"), widget=Picks, **kwargs)

    def label_from_instance(self, unit: Unit) -> str:
        return f"{_INDENT * (unit.depth - 1)}{unit.shown}"


class PersonField(forms.CharField):
    """A staff number, or a name that only one person here has; cleans to the Person."""

    def __init__(self, day: date, **kwargs: Any) -> None:
        self.day = day
        kwargs.setdefault("help_text", "填工号；不重名的也可以填姓名")
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value).strip()
        if not text:
            return None
        here = Person.objects.here_on(self.day).select_related("unit")
        if (one := here.filter(staff_no=text).first()) is not None:
            return one
        named = list(here.filter(name=text).order_by("staff_no")[:6])
        if len(named) == 1:
            return named[0]
        if not named:
            raise ValidationError(f"没有找到“{text}”，核对工号或姓名")
        listed = "、".join(f"{person.staff_no}（{person.unit or '无单位'}）" for person in named)
        raise ValidationError(f"有 {len(named)} 个“{text}”，请填工号：{listed}")


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)
