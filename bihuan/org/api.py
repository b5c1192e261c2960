"""What a program needs to know before it acts: who it is, and which units and people there are."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Schema
from pydantic import Field

from bihuan.kernel.moment import local_day
from bihuan.org.models import Person, Unit
from bihuan.org.scopes import SCOPES
from bihuan.ui.api import MOST_ID, answers, router

ROUTER = router("人和单位")
MOST = 200


class ReachOut(Schema):
    unit: int
    with_below: bool = Field(description="含下级")
    permissions: list[str]


class Me(Schema):
    id: int
    name: str
    title: str
    unit: int | None
    unit_name: str
    hat: str = Field(description="以哪个部门的身份（单位代码）；没有分身份的为空")
    scope: str = Field(description="令牌的范围代码")
    scope_label: str
    within: int | None = Field(description="令牌限在哪个单位")
    expires_on: str
    may: list[str] = Field(description="能办的权限，已去掉令牌范围以外的")
    reaches: list[ReachOut] = Field(description="本人的授权，限在令牌的单位以内")


class UnitOut(Schema):
    id: int
    code: str
    name: str
    short_name: str
    kind: str
    parent: int | None
    path: str


class PersonOut(Schema):
    id: int
    staff_no: str
    name: str
    title: str
    unit: int | None
    unit_name: str


class People(Schema):
    items: list[PersonOut]
    next: str | None = Field(description="下一页从这里起：放进 after")


@ROUTER.get("/me", response=answers(Me), url_name="me", operation_id="me_get", summary="我是谁")
def me(request: HttpRequest) -> dict[str, Any]:
    """令牌代表谁，能看哪里，能办什么。"""
    actor, token = request.actor, request.token
    scope = SCOPES[token.scope]
    held = {code for reach in actor.reaches for code in reach.permissions}
    return {
        "id": actor.person_id,
        "name": actor.name,
        "title": actor.title,
        "unit": actor.unit_id,
        "unit_name": actor.unit_name,
        "hat": actor.hat.code if actor.hats else "",
        "scope": scope.code,
        "scope_label": scope.label,
        "within": token.unit_id,
        "expires_on": token.expires_on.isoformat(),
        "may": sorted(code for code in held if actor.may(code)),
        "reaches": [
            {"unit": r.unit_id, "with_below": r.subtree, "permissions": sorted(r.permissions)}
            for r in actor.reaches
        ],
    }


@ROUTER.get(
    "/units", response=answers(list[UnitOut]), url_name="units", operation_id="units_get", summary="单位"
)
def units(request: HttpRequest) -> list[dict[str, Any]]:
    """现有单位，上级在前。"""
    rows = Unit.objects.open_on(local_day(request.at)).exclude(path=None).in_tree_order()
    names = ("id", "code", "name", "short_name", "kind", "parent_id", "path")
    return [{"parent": row.pop("parent_id"), **row} for row in rows.values(*names)]


@ROUTER.get("/people", response=answers(People), url_name="people", operation_id="people_get", summary="人员")
def people(
    request: HttpRequest,
    unit: int | None = Query(None, ge=1, le=MOST_ID, description="这个单位和它下面的"),
    q: str | None = Query(None, max_length=40, description="姓名、拼音或工号"),
    after: int | None = Query(None, ge=0, le=MOST_ID),
) -> dict[str, Any]:
    """在岗人员：姓名、工号、单位、职务。没有联系方式。"""
    rows = Person.objects.visible_to(request.actor).here_on(local_day(request.at)).select_related("unit")
    if unit is not None:
        found = Unit.objects.filter(pk=unit).exclude(path=None).first()
        if found is None:
            raise Http404
        rows = rows.in_unit(found.path or "")
    if q:
        rows = rows.matching(q.replace("\x00", ""))
    if after:
        rows = rows.filter(pk__gt=after)
    listed = list(rows.order_by("id")[: MOST + 1])
    return {
        "items": [
            {
                "id": p.pk,
                "staff_no": p.staff_no,
                "name": p.name,
                "title": p.title,
                "unit": p.unit_id,
                "unit_name": p.unit.shown if p.unit else "",
            }
            for p in listed[:MOST]
        ],
        "next": str(listed[MOST - 1].pk) if len(listed) > MOST else None,
    }
