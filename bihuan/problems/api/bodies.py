"""What a program sends to take a step: read off the very form that the page shows, field by field."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django import forms
from pydantic import Field, create_model

from bihuan.problems.forms.fields import StepForm, UnitField
from bihuan.problems.forms.rectifying import MeasureForm, PlanForm, ProgressForm
from bihuan.problems.forms.table import StepPage
from bihuan.ui.api import MOST_ID, Given

_ROLE = Literal["evidence", "after", "before", "paper"]
MOST_FILES, MOST_MEASURES = 60, 40


class FileIn(Given):
    """A file that was sent to /files before, and what it is here."""

    id: str = Field(min_length=1, max_length=600, description="POST /files 给的 id")
    role: _ROLE | None = Field(None, description="不填时，按这一步通常的用途")
    measure: int | None = Field(None, ge=1, le=MOST_MEASURES, description="证明第几条措施")


class PercentIn(Given):
    order: int = Field(ge=1, le=MOST_MEASURES, description="第几条措施")
    percent: int | None = Field(None, ge=0, le=100, description="完成（%）")
    document_no: str | None = Field(None, max_length=60, description="制度文号")


def schema_of(page: StepPage) -> type[Given]:
    """The body of one step."""
    fields: dict[str, Any] = {
        name: typed(field) for name, field in page.form.base_fields.items() if name != "version"
    }
    fields["version"] = (
        int | None,
        Field(None, ge=0, le=2**31 - 1, description="看到的版本；之后又有办理就答 409，不会按旧情况作决定"),
    )
    if page.form is PlanForm:
        fields["measures"] = (
            list[measure_schema()],  # type: ignore[misc]
            Field(min_length=1, max_length=MOST_MEASURES, description="措施，逐条"),
        )
    if page.form is ProgressForm:
        fields["measures"] = (
            list[PercentIn],
            Field([], max_length=MOST_MEASURES, description="各条措施办到哪里"),
        )
    if takes_files(page.form):
        fields["files"] = (list[FileIn], Field([], max_length=MOST_FILES, description="随这一步交的文件"))
    return create_model(f"{page.step.title().replace('_', '')}In", __base__=Given, **fields)


def measure_schema() -> type[Given]:
    return create_model(
        "MeasureIn", __base__=Given, **{name: typed(field) for name, field in MeasureForm.base_fields.items()}
    )


def takes_files(form: type[StepForm]) -> bool:
    return form.make_slots is not StepForm.make_slots


def typed(field: forms.Field) -> tuple[Any, Any]:
    """A form field as a typed one. What only the form can judge (who is meant by a name) is left to it."""
    said = "：".join(part for part in (str(field.label or ""), str(field.help_text or "")) if part)
    kind, limits = _kind(field)
    if field.required:
        return kind, Field(description=said, **limits)
    return kind | None, Field(None, description=said, **{k: v for k, v in limits.items() if k in _SOFT})


_SOFT = ("max_length", "ge", "le")


def _kind(field: forms.Field) -> tuple[Any, dict[str, Any]]:
    if isinstance(field, UnitField):
        return int, {"ge": 1, "le": MOST_ID}
    if isinstance(field, forms.TypedChoiceField):  # yes or no
        return bool, {}
    if isinstance(field, forms.ChoiceField):
        codes = tuple(str(code) for code, _ in field.choices if str(code))
        return (Literal[codes] if codes else str), {}  # type: ignore[valid-type]
    if isinstance(field, forms.BooleanField):
        return bool, {}
    if isinstance(field, forms.IntegerField):
        return int, {"ge": 0, "le": 2**31 - 1}
    if isinstance(field, forms.DateField):
        return date, {}
    limits: dict[str, Any] = {"max_length": getattr(field, "max_length", None) or 4000}
    if field.required:
        limits |= {"min_length": 1, "pattern": r"\S"}
    return str, limits


def as_posted(given: dict[str, Any], form: type[forms.Form]) -> dict[str, str]:
    """The same values as a browser would have sent them."""
    posted = {}
    for name, value in given.items():
        field = form.base_fields.get(name)
        if field is None or value is None:
            continue
        if isinstance(field, forms.TypedChoiceField):
            posted[name] = "yes" if value else "no"
        elif isinstance(field, forms.BooleanField):
            posted |= {name: "on"} if value else {}
        else:
            posted[name] = value.isoformat() if isinstance(value, date) else str(value)
    return posted
