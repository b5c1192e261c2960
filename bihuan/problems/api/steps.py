"""Every step of the loop: POST to its noun. The form of the page checks it, the action of the page does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.problems import states
from bihuan.problems.forms.fields import Slot, StepForm
from bihuan.problems.forms.rectifying import PlanForm, ProgressForm
from bihuan.problems.forms.slips import put_into, read_slip
from bihuan.problems.forms.table import StepPage, what_next
from bihuan.problems.forms.taking import mendable, take
from bihuan.problems.models import Problem
from bihuan.problems.policies import verdict
from bihuan.problems.reads import seen_problem
from bihuan.ui.api import number_in_path, wrong_fields

from .bodies import as_posted, schema_of
from .showing import outcome_of


def problem_for(request: HttpRequest, number: str) -> Problem:
    found = seen_problem(number, by=request.actor)
    if found is None:
        raise Http404
    return found


def step_operation(page: StepPage) -> Callable[..., Any]:
    """The operation of one step, with the schema of its own form."""
    schema = schema_of(page)

    def take_step(request, number=number_in_path(), *, body):  # noqa: B008
        return _take(request, page, number, body.model_dump(exclude_unset=True))

    take_step.__annotations__ = {"request": HttpRequest, "number": str, "body": schema}
    take_step.__name__ = page.step
    take_step.__doc__ = (page.form.__doc__ or "").strip() and f"{page.label}。办成后问题到哪一环节，见返回。"
    return take_step


def _take(request: HttpRequest, page: StepPage, number: str, given: dict[str, Any]) -> Any:
    problem = problem_for(request, number)
    by, at = request.actor, request.at
    may = verdict(page.step, problem, by=by, at=at)
    if not may and not mendable(page.step, problem, may):
        stands = problem.closure in states.STEPS[page.step].sources
        raise (Refused if stands else Stale)(may.reason, may.todo)
    data, wrong = posted(page, problem, given)
    form = page.form(data, problem=problem, actor=by, day=local_day(at))
    wrong |= unexpected(form, given)
    wrong |= hand_in(form.slots, given.get("files") or [], by, problem)
    if not form.is_valid() or wrong:
        return wrong_fields(wrong | errors_of(form, problem))
    take(page, problem, form, by=by, at=at)
    said = what_next(page.step, problem)
    return {**outcome_of(problem), "said": f"{page.done}，{said}。" if said else f"{page.done}。"}


def posted(page: StepPage, problem: Problem, given: dict[str, Any]) -> tuple[dict[str, str], dict]:
    """What the form would have got from a browser, and what it has no place for."""
    data, wrong = as_posted(given, page.form), {}
    if page.form is PlanForm:
        rows = given.get("measures") or []
        data |= {"m-TOTAL_FORMS": str(len(rows)), "m-INITIAL_FORMS": "0"}
        for n, row in enumerate(rows):
            data |= {f"m-{n}-{name}": str(value) for name, value in row.items() if value is not None}
    if page.form is ProgressForm:
        ids = dict(problem.measures.values_list("order", "pk"))
        for n, row in enumerate(given.get("measures") or []):
            pk = ids.get(row["order"])
            if pk is None:
                wrong[f"measures.{n}.order"] = [f"没有第 {row['order']} 条措施。"]
                continue
            for name, key in (("percent", f"percent_{pk}"), ("document_no", f"document_{pk}")):
                data |= {key: str(row[name])} if row.get(name) is not None else {}
    return data, wrong


def unexpected(form: StepForm, given: dict[str, Any]) -> dict[str, list[str]]:
    """A field that this problem's form does not have must not pass unseen: somebody counted on it."""
    known = {*form.fields, "measures", "files"}
    return {
        name: ["这件问题的这一步没有这个字段。"]
        for name, value in given.items()
        if name not in known and value not in (None, "", False)
    }


def hand_in(slots: list[Slot], files: list[dict], by: Actor, problem: Problem | None) -> dict[str, list[str]]:
    """Put each file into the place of its role and measure; what fits nowhere is named."""
    wrong: dict[str, list[str]] = {}
    orders = {m.order: m.pk for m in problem.measures.all()} if problem and files else {}
    for n, file in enumerate(files):
        slot = _slot_for(slots, file, orders)
        if slot is None:
            roles = "、".join(dict.fromkeys(slot.role for slot in slots)) or "不收文件"
            wrong[f"files.{n}"] = [f"这一步没有放它的地方（{roles}），核对 role 和 measure。"]
        elif not put_into(slot, lambda token=file["id"]: read_slip(token, by=by)):
            wrong[f"files.{n}"], slot.error = [slot.error], ""
    return wrong


def _slot_for(slots: list[Slot], file: dict, orders: dict[int, int]) -> Slot | None:
    role, order = file.get("role"), file.get("measure")
    if order is not None and order not in orders:
        return None
    fitting = [slot for slot in slots if role is None or slot.role == role]
    if order is not None:
        fitting = [slot for slot in fitting if slot.measure_id == orders[order]]
    elif role is None:  # the usual place: evidence before photographs of after
        fitting.sort(key=lambda slot: slot.role != "evidence")
    return fitting[0] if fitting else None


def errors_of(form: StepForm, problem: Problem) -> dict[str, list[str]]:
    """The form's own sentences, under the names the program used."""
    named: dict[str, list[str]] = {}
    orders = {
        str(pk): n for n, pk in enumerate(problem.measures.order_by("order").values_list("pk", flat=True))
    }
    for name, said in form.errors.items():
        kind, _, pk = name.partition("_")
        if kind in ("percent", "document") and pk in orders:
            name = f"measures.{orders[pk]}.{'percent' if kind == 'percent' else 'document_no'}"
        named["" if name == "__all__" else name] = [full_words(form, name, one) for one in said]
    rows = getattr(form, "rows", None)
    for n, errors in enumerate(rows.errors if rows is not None else ()):
        named |= {f"measures.{n}.{name}": [str(one) for one in said] for name, said in errors.items()}
    for slot in form.slots:
        named |= {"files": [slot.error]} if slot.error else {}
    return named


def full_words(form: forms.Form, name: str, said: str) -> str:
    """Django's own words for an empty field do not name it."""
    label = form.fields[name].label if name in form.fields else ""
    return f"请填{label}。" if str(said) == str(forms.Field.default_error_messages["required"]) else str(said)
