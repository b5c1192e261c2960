"""The API kit: how a room offers its part to programs. Schema in → one action or read → schema out.

A room fills a `router()` with operations; `config` mounts them all under /api/v1/. Every answer that is not
the wanted one has the shape `Wrong`, whoever gives it: a refused action, a form, the schema, the door.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Router, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import JSONRenderer
from ninja.security.http import HttpAuthBase
from pydantic import ConfigDict, Field

from bihuan.kernel.refused import Invalid, Missing, Refused

from .refusals import told

STATUS = {"refused": 403, "stale": 409, "invalid": 422, "missing": 404, "token": 401}
#: what an identifier in an address may be: no database stores a larger one
MOST_ID = 2**63 - 1


def number_in_path() -> Any:
    """The number of a problem in an address."""
    return Path(..., max_length=40, description="编号")


class Given(Schema):
    """What a program sends. A field nobody knows is a mistake that must not pass unseen."""

    model_config = ConfigDict(extra="forbid")


class Wrong(Schema):
    """Why it was not done, and what to do instead, in Chinese sentences for a person."""

    code: str = Field(description="refused、stale、invalid、missing、token 之一，程序据此判断")
    reason: str = Field(description="为什么没有办成")
    todo: str = Field(description="怎么办，可能为空")
    field: str = Field(description="哪个字段不对，可能为空")
    fields: dict[str, list[str]] = Field(description="逐个字段的说明；没有字段的问题时为空")


class Bearer(HttpAuthBase):
    """The token was looked at by the middleware; here it is only asked whether there was one."""

    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Any:
        return request.token if request.actor.is_person else None  # type: ignore[attr-defined]


BEARER = Bearer()
_ASKED = (400, 401, 404, 422, 429)
_DONE = (400, 401, 403, 404, 409, 422, 429)


def answers(schema: Any, *, status: int = 200, writes: bool = False) -> dict[int, Any]:
    """`response=` of an operation: the wanted answer and all that may come instead."""
    return {status: schema, **dict.fromkeys(_DONE if writes else _ASKED, Wrong)}


def router(tag: str) -> Router:
    """The part of one room; `tag` is its Chinese heading in the description."""
    return Router(auth=BEARER, tags=[tag])


class Plain(JSONRenderer):
    """Chinese as Chinese: half the bytes, and a person can read along."""

    json_dumps_params = {"ensure_ascii": False}


class Strict(Parser):
    """JSON as its standard says it: half a surrogate is no character, and no database takes it."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            given = json.loads(request.body)
            json.dumps(given, ensure_ascii=False, allow_nan=False).encode()
        except (ValueError, RecursionError):
            raise Invalid("内容不是合法的 JSON", "按 application/json 用 UTF-8 发送") from None
        return given


def catch_all(api: NinjaAPI) -> NinjaAPI:
    """Every way out that is not the wanted one, in one shape."""

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, exc: Refused) -> HttpResponse:
        return told(exc, STATUS.get(exc.code, 403))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, exc: Http404) -> HttpResponse:
        return told(Missing("没有找到，或不在您能看的范围里", "核对编号"), 404)

    @api.exception_handler(AuthenticationError)
    def nobody(request: HttpRequest, exc: AuthenticationError) -> HttpResponse:
        said = Refused("没有带访问令牌", "请求头写 Authorization: Bearer 令牌；令牌在“访问令牌”页开")
        said.code = "token"
        response = told(said, 401)
        response["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, exc: HttpError) -> HttpResponse:
        return told(Invalid("这个请求读不懂", "核对地址、请求头和内容"), exc.status_code)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, exc: ValidationError) -> HttpResponse:
        return wrong_fields(_by_field(exc.errors))

    return api


def wrong_fields(fields: dict[str, list[str]]) -> HttpResponse:
    """422 with a sentence for every field; `` names what concerns the whole."""
    first = next(iter(fields), "")
    reason = fields[first][0] if fields else "内容不对"
    body = {"code": "invalid", "reason": reason, "todo": "改好再提交", "field": first, "fields": fields}
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), status=422, content_type="application/json; charset=utf-8"
    )


_SAID = {
    "missing": "没有填",
    "extra_forbidden": "没有这个字段",
    "string_too_long": "太长，最多 {max_length} 个字",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "写法不对",
    "string_type": "应是文字",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "date_type": "应是日期，写成 2026-11-20",
    "date_parsing": "应是日期，写成 2026-11-20",
    "date_from_datetime_parsing": "应是日期，写成 2026-11-20",
    "date_from_datetime_inexact": "应是日期，写成 2026-11-20",
    "literal_error": "只能是 {expected} 之一",
    "enum": "只能是 {expected} 之一",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "list_type": "应是一个列表",
    "too_long": "最多 {max_length} 项",
    "model_attributes_type": "应是一个 JSON 对象",
    "dict_type": "应是一个 JSON 对象",
    "none_required": "应是 null",
}


def _by_field(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for error in errors:
        place = [str(step) for step in error["loc"][2:]] or [str(error["loc"][-1])]
        name = "" if place == ["body"] else ".".join(place)
        said = _SAID.get(error["type"], "写法不对").format_map(_Known(error.get("ctx") or {}))
        fields.setdefault(name, []).append(f"{name or '内容'}{said}。")
    return fields


class _Known(dict):
    def __missing__(self, key: str) -> str:
        return "…"
