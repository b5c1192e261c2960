"""Registering a problem: the page's form and the page's two actions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Status
from pydantic import Field, create_model

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.problems.actions.raise_fixed import raise_fixed
from bihuan.problems.actions.raise_problem import raise_problem
from bihuan.problems.forms.raising import RaiseForm
from bihuan.problems.forms.slips import as_uploads
from bihuan.ui.api import Given, wrong_fields

from .bodies import FileIn, as_posted, typed
from .showing import outcome_of
from .steps import full_words, hand_in

_LEFT = ("source",)


def _fields() -> dict[str, Any]:
    """Of the form; the sources depend on who asks, so the form judges them."""
    fields = {name: typed(field) for name, field in RaiseForm.base_fields.items() if name not in _LEFT}
    fields["source"] = (
        str | None,
        Field(None, max_length=30, description="来源代码，不填为职工自查；GET /sources 列出能用的"),
    )
    fields["fixed"] = (bool, Field(False, description="已经当场改好：要有整改后的照片，直接送另一人核验"))
    fields["files"] = (
        list[FileIn],
        Field([], max_length=20, description="照片：role 填 before（整改前）或 after（整改后）"),
    )
    return fields


RaiseIn: Any = create_model("RaiseIn", __base__=Given, **_fields())


def raise_one(request, response, body):
    """登记一件问题。有整改后照片的，直接送另一人核验。"""
    given = body.model_dump(exclude_unset=True)
    by, at = request.actor, request.at
    if not by.may("problem.raise"):
        raise Refused(
            "没有提出问题的权限，或令牌的范围不含登记", "请安全管理员授权，或换一个范围含登记的令牌"
        )
    form = RaiseForm(None, actor=by, day=local_day(at))
    start = {name: str(value) for name, value in form.initial.items() if value is not None}
    said = {
        name: value for name, value in as_posted(given, RaiseForm).items() if value or name == "statement"
    }
    form = RaiseForm(start | said, actor=by, day=local_day(at))
    wrong = {
        name: ["只有能下达的人可以填。"]
        for name, value in given.items()
        if name not in {*form.fields, "files", "fixed"} and value
    }
    files = [{"role": "before", **{k: v for k, v in f.items() if v}} for f in given.get("files") or []]
    wrong |= hand_in(form.slots, files, by, None)
    if not form.is_valid() or wrong:
        return wrong_fields(
            wrong | {name: [full_words(form, name, e) for e in said] for name, said in form.errors.items()}
        )
    before, after = form.slots
    told = {"by": by, "at": at, **form.details(by)}
    if after.kept or given.get("fixed"):
        problem = raise_fixed(before=as_uploads([before]), after=as_uploads([after]), **told)
    else:
        problem = raise_problem(files=as_uploads([before]), **told)
    outcome = outcome_of(problem)
    response["Location"] = outcome["url"]
    return Status(201, outcome)


# Written by hand: the schema is made above, and must not be looked up by its name.
raise_one.__annotations__ = {"request": HttpRequest, "response": HttpResponse, "body": RaiseIn}
