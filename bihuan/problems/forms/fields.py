"""Fields that every step uses: a person of a unit, a unit of the tree, words, a day, files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet, Value
from django.db.models.functions import Replace

from bihuan.kernel.text import fold
from bihuan.org.models import Person, Unit

NO_SECRETS = "不得录入国家秘密"
MOST_PEOPLE = 400
_WITH_NUMBER = re.compile(r"^(.*?)\s*[（(]\s*([\w-]+)\s*[)）]$")


def shown_person(person: Person | None) -> str:
    """A name with the staff number behind it: two people of one name stay two people."""
    return f"{person.name}（{person.staff_no}）" if person else ""


def people_of(unit: Unit | None, day: date) -> list[tuple[str, str]]:
    """(value, note) of the people of a unit and of those below it, for the list under a field."""
    if unit is None or not unit.path:
        return []
    people = Person.objects.here_on(day).in_unit(unit.path).by_name().select_related("unit")
    return [
        (shown_person(p), f"{p.unit.shown if p.unit else ''} {p.title} {p.sort_key.replace(' ', '')}".strip())
        for p in people[:MOST_PEOPLE]
    ]


def find_person(text: str, *, day: date, unit: Unit | None = None) -> Person | None:
    """The one person meant by name, pinyin or staff number. Raises ValidationError with what to do."""
    text = text.strip()
    if not text:
        return None
    here = Person.objects.here_on(day).select_related("unit").by_name()
    if unit is not None and unit.path:
        here = here.in_unit(unit.path)
    numbered = _WITH_NUMBER.match(text)
    staff_no = numbered[2] if numbered else text
    found = list(here.filter(staff_no=staff_no)[:2])
    if not found and not numbered:
        found = list(here.filter(name=text)[:9]) or list(_by_pinyin(here, fold(text))[:9])
    where = f"{unit}里" if unit is not None else ""
    if not found:
        raise forms.ValidationError(f"{where}没有找到“{text}”。从列表里选，或写姓名、拼音、工号。")
    if len(found) > 1:
        raise forms.ValidationError(f"{where}有 {len(found)} 个“{text}”。从列表里选带工号的那一个。")
    return found[0]


def _by_pinyin(people: QuerySet[Person], letters: str) -> QuerySet[Person]:
    """People whose pinyin begins like this, written with or without blanks."""
    return people.alias(letters=Replace("sort_key", Value(" "), Value(""))).filter(
        letters__startswith=letters
    )


def person_field(
    label: str, *, required: bool = False, help_text: str = "", listed: str = "people"
) -> forms.CharField:
    """A text field with the people of the unit below it; `find_person` says who is meant."""
    attrs = {"list": listed, "autocomplete": "off", "placeholder": "姓名、拼音或工号"}
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=60,
        widget=forms.TextInput(attrs=attrs),
    )


class UnitField(forms.ModelChoiceField):
    """The open units of the tree, indented by depth."""

    def __init__(self, *, label: str, **kwargs) -> None:
        kwargs.setdefault("empty_label", "请选择")
        kwargs.setdefault("error_messages", {"invalid_choice": "没有这个单位，或已经撤销，选现有的单位"})
        super().__init__(Unit.objects.none(), label=label, **kwargs)

    def offer(self, day: date) -> None:
        self.queryset = Unit.objects.open_on(day).exclude(path=None).order_by("path")
        # Only where it is drawn: a program that sends an id does not pay for eight thousand units.
        self.choices = lambda: in_tree_order(list(self.queryset), self.empty_label)

    def label_from_instance(self, obj: Unit) -> str:
        return "　" * max(0, obj.depth - 1) + obj.shown


def in_tree_order(units: list[Unit], empty: str | None) -> list[tuple[str, str]]:
    """Choices in the order of the tree: brothers by their own order, children under their parent."""
    below: dict[int | None, list[Unit]] = {}
    known = {unit.pk for unit in units}
    for unit in sorted(units, key=lambda u: (u.order, u.pk)):
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)

    def walk(parent: int | None):
        for unit in below.get(parent, ()):
            yield (str(unit.pk), "　" * max(0, unit.depth - 1) + unit.shown)
            yield from walk(unit.pk)

    return [*([("", empty)] if empty else []), *walk(None)]


def words(
    label: str, *, required: bool = False, rows: int = 4, help_text: str = "", **attrs
) -> forms.CharField:
    """Free text. Says that no state secret may be entered, because people read what stands at the field."""
    said = f"{help_text}。{NO_SECRETS}" if help_text else NO_SECRETS
    widget = forms.Textarea(attrs={"rows": rows, **attrs})
    return forms.CharField(label=label, required=required, help_text=said, widget=widget, max_length=4000)


#: days a form takes: a slip of the hand makes the year 0226, and no calendar reckons with 9999
DAYS = (date(1949, 10, 1), date(2199, 12, 31))


def day_field(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    bounds = [
        MinValueValidator(DAYS[0], f"早于 {DAYS[0]}，核对年份"),
        MaxValueValidator(DAYS[1], f"晚于 {DAYS[1]}，核对年份"),
    ]
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=widget,
        input_formats=["%Y-%m-%d"],
        validators=bounds,
    )


def choice(label: str, choices, *, required: bool = True, **kwargs) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=required, **kwargs)


def either(label: str, yes: str, no: str) -> forms.TypedChoiceField:
    """A decision: both answers look alike, neither is chosen beforehand."""
    return forms.TypedChoiceField(
        label=label,
        choices=(("yes", yes), ("no", no)),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        empty_value=None,
        error_messages={"required": f"还没有选，请选“{yes}”或“{no}”"},
    )


@dataclass
class Slot:
    """A place in a form where files are handed in. `kept` are those that have arrived already."""

    name: str
    label: str
    role: str = "evidence"
    measure_id: int | None = None
    help: str = ""
    only_photos: bool = False
    camera: bool = False
    required: bool = False
    kept: list = field(default_factory=list)
    error: str = ""


class StepForm(forms.Form):
    """One step of one problem. `kwargs()` are the arguments of its action, files apart."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    template = "problems/step.html"

    def __init__(self, *args, problem, actor, day: date, **kwargs) -> None:
        self.problem, self.actor, self.day = problem, actor, day
        kwargs["initial"] = {"version": problem.version, **self.start(problem), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.slots: list[Slot] = self.make_slots()
        for bound in self.fields.values():
            if isinstance(bound, UnitField):
                bound.offer(day)

    def start(self, problem) -> dict:
        return {}

    def make_slots(self) -> list[Slot]:
        return []

    def people(self) -> list[tuple[str, str]]:
        return []

    def kwargs(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def find(self, name: str, unit: Unit | None) -> Person | None:
        return find_person(self.cleaned_data.get(name) or "", day=self.day, unit=unit)


class ReasonForm(StepForm):
    """A step that needs nothing but a reason."""

    reason = words("理由", required=True)
