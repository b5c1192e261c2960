"""The API as a whole: every room's operations under one address, and the description of them all."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from ninja import NinjaAPI

from bihuan.registry import shelf
from bihuan.ui.access import PUBLIC, SIGNED_IN, TOKEN, view
from bihuan.ui.api import Plain, Strict, catch_all

from .api_words import ABOUT, IDEMPOTENT, RETRY_AFTER, STATUS_WORDS

PREFIX = "/api/v1"


@cache
def house_api() -> NinjaAPI:
    """One NinjaAPI per process: what every room offers, the lowest floor first."""
    api = NinjaAPI(
        title="闭环接口", version="1", description=ABOUT, docs_url=None, openapi_url=None, urls_namespace="api",
        parser=Strict(), renderer=Plain(),
    )  # fmt: skip
    for offer in shelf.offers():
        if offer.api:
            api.add_router("", import_module(offer.api).ROUTER)
    api.add_router("", import_module("bihuan.config.api_facts").ROUTER)
    return catch_all(api)


def patterns() -> tuple[list[URLPattern], str, str]:
    """The addresses, each saying what it needs; what ninja would add of its own is left out."""
    found, app, space = house_api().urls
    kept = [pattern for pattern in found if pattern.name != "api-root"]
    for pattern in kept:
        pattern.callback.needs = TOKEN
    return kept, app, space


@cache
def description() -> dict[str, Any]:
    """OpenAPI 3.1, with what holds for every operation alike."""
    told = dict(house_api().get_openapi_schema(path_prefix=PREFIX.lstrip("/")))
    told["servers"] = [{"url": "/"}]
    for operations in told["paths"].values():
        for method, operation in operations.items():
            for status, answer in operation["responses"].items():
                answer["description"] = STATUS_WORDS.get(str(status), answer.get("description", ""))
                if str(status) == "429":
                    answer["headers"] = {"Retry-After": RETRY_AFTER}
            if method == "post":
                operation.setdefault("parameters", []).append(IDEMPOTENT)
    return told


@view(needs=PUBLIC)
def openapi(request: HttpRequest) -> HttpResponse:
    """What the API can do. It says nothing about this installation but which parts are there."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


@view(needs=SIGNED_IN)
def docs(request: HttpRequest) -> HttpResponse:
    """The same for people, drawn by the house itself: nothing comes from elsewhere."""
    told = description()
    groups: dict[str, list[dict[str, Any]]] = {}
    for address, operations in told["paths"].items():
        for method, operation in operations.items():
            groups.setdefault(operation["tags"][0], []).append(_line(told, address, method, operation))
    page = {
        "groups": list(groups.items()),
        "about": told["info"]["description"].replace("`", ""),
        "openapi_url": reverse("openapi"),
        "page_title": "接口说明",
    }
    return render(request, "config/api.html", page)


def _line(told: dict[str, Any], address: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    given = [p for p in operation.get("parameters", []) if p["name"] != IDEMPOTENT["name"]]
    body = operation.get("requestBody", {}).get("content", {})
    schema = _resolved(told, next(iter(body.values()))["schema"]) if body else {}
    wanted = set(schema.get("required", ()))
    fields = [
        (name, _kind(told, one), name in wanted, one.get("description", ""))
        for name, one in schema.get("properties", {}).items()
    ]
    fields += [
        (
            p["name"],
            _kind(told, p["schema"]),
            p.get("required", False),
            p.get("description") or p["schema"].get("description", ""),
        )
        for p in given
    ]
    return {
        "method": method.upper(),
        "address": address,
        "label": operation["summary"],
        "text": operation.get("description", ""),
        "fields": fields,
        "kinds": "、".join(body),
    }


def _resolved(told: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return told["components"]["schemas"][name] if name else schema


def _kind(told: dict[str, Any], schema: dict[str, Any]) -> str:
    """A type in few words: 文字, 整数, a | b | c, 列表."""
    schema = _resolved(told, schema)
    if "anyOf" in schema:
        return " | ".join(k for one in schema["anyOf"] if (k := _kind(told, one)) != "null")
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"列表：{_kind(told, schema['items'])}"
    if schema.get("format") in ("date", "binary"):
        return {"date": "日期", "binary": "文件"}[schema["format"]]
    words = {
        "string": "文字",
        "integer": "整数",
        "boolean": "true 或 false",
        "object": "对象",
        "null": "null",
    }
    return words.get(schema.get("type", ""), schema.get("title", ""))


urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("docs", docs, name="api-docs"),
]
