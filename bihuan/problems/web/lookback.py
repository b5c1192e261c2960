"""回头看: what was drawn, by which lot, who looks, and what they found."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.permissions import Permission
from bihuan.org.reads import current_pack, values_of
from bihuan.problems.actions.assign_lookback import assign_lookback
from bihuan.problems.actions.draw_lookback import draw_lookback, pool_of
from bihuan.problems.forms.fields import find_person, person_field
from bihuan.problems.forms.fields import words as word_field
from bihuan.problems.models import Lookback, LookbackDraw, Problem
from bihuan.problems.policies.lookback import DrawRule, draw, drawn_this_month, fingerprint, lot
from bihuan.ui import parts
from bihuan.ui.access import view
from bihuan.ui.lists import Column, ListPage, Order
from bihuan.ui.refusals import into_form

_FOUND = {"relapse": "反弹", "paper_only": "纸面整改", "incomplete": "整改不彻底"}


def _title_cell(row: Any, page: Any) -> str:
    return row.month_words


def _done_cell(row: Any, page: Any) -> SafeString:
    """On a phone there is no head above the figure: it says itself what it counts."""
    return format_html(
        '<span class="b-ph-line">抽中 {} 件，已看 </span>{}<span class="b-ph-line"> 件</span>',
        row.drawn_size,
        row.done,
    )


class DrawList(ListPage):
    """抽查记录: every draw with its pool and its result."""

    model = LookbackDraw
    title = "回头看抽查记录"
    noun = "次"
    template = "problems/lookback.html"
    columns = (
        Column(
            "month", "月份", value="month", cell=_title_cell, width=108, link=True, fixed=True, phone="title"
        ),
        Column("kind", "种类", value="get_kind_display", width=76, soft=True, phone="top"),
        Column("pool", "应抽范围（件）", value="pool_size", width=110, align="num"),
        Column("drawn", "抽中（件）", value="drawn_size", width=96, align="num"),
        Column("done", "已看（件）", value="done", cell=_done_cell, width=96, align="num", phone="note"),
        Column("reason", "追加原因", value="reason", soft=True),
        Column(
            "by",
            "抽取人",
            value=lambda row: row.drawn_by.name if row.drawn_by else "系统",
            width=96,
            soft=True,
        ),
        Column("at", "抽取时间", value="drawn_at", width=96, soft=True),
    )
    orders = (Order("new", "新的在前", "-id"),)
    empty_title = "还没有抽过。"
    empty_text = "每月 1 日自动抽查；也可以现在抽一次。"

    def queryset(self):  # type: ignore[no-untyped-def]
        return LookbackDraw.objects.select_related("drawn_by").defer("pool")

    def prepare(self, rows: list[Any]) -> list[Any]:
        done = Lookback.objects.filter(draw__in=[row.pk for row in rows], recheck__isnull=False)
        counted: dict[int, int] = {}
        for pk in done.values_list("draw_id", flat=True):
            counted[pk] = counted.get(pk, 0) + 1
        for row in rows:
            row.done = counted.get(row.pk, 0)
        return rows

    def row_url(self, row: LookbackDraw) -> str:
        return reverse("problems:lookback-draw", args=[row.pk])


@view(needs=Permission.PROBLEM_RECHECK)
def lookbacks(request: HttpRequest) -> HttpResponse:
    return DrawList.of(request).response(request)


class DrawForm(forms.Form):
    reason = word_field("追加抽查的原因", required=True, help_text="本月抽过以后再抽，要写明")


@view(needs=Permission.PROBLEM_RECHECK)
def new_draw(request: HttpRequest) -> HttpResponse:
    """Draw now: the month's draw where there is none yet, else one more with a reason."""
    extra = drawn_this_month(request.at)
    form = DrawForm(request.POST) if request.method == "POST" else DrawForm()
    form.fields["reason"].required = extra
    if request.method == "POST" and form.is_valid():
        try:
            made = draw_lookback(
                by=request.actor, at=request.at, extra=extra, reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            into_form(form, refused)
        else:
            messages.success(request, f"抽了 {made.drawn_size} 件，已派人并通知。")
            return redirect("problems:lookback-draw", pk=made.pk)
    rule = DrawRule.of(values_of(current_pack("problems", local_day(request.at))))
    pool = pool_of(rule, request.at).count()
    context = {
        "form": form, "extra": extra, "rule": rule, "pool": pool, "size": rule.size(pool),
        "page_title": "追加抽查" if extra else "抽本月的回头看",
    }  # fmt: skip
    return render(request, "problems/lookback_new.html", context, status=422 if form.errors else 200)


@view(needs=Permission.PROBLEM_RECHECK)
def lookback_draw(request: HttpRequest, pk: int) -> HttpResponse:
    """One draw: the sum, the seed, how to draw it again, and the drawn problems this reader may see."""
    made = get_object_or_404(LookbackDraw.objects.select_related("drawn_by", "rule_pack"), pk=pk)
    numbers = made.pool.splitlines()
    rows = (
        Lookback.objects.filter(draw=made, problem__in=Problem.objects.visible_to(request.actor).values("pk"))
        .select_related("problem__unit", "assignee__unit", "recheck")
        .order_by("order")
    )
    shown = [_line(row, made.seed, request.actor) for row in rows[:200]]
    kept = Lookback.objects.filter(draw=made).order_by("order").values_list("problem__number", flat=True)
    context = {
        "draw": made,
        "lines": shown,
        "again": draw(numbers, made.seed, made.drawn_size) == list(kept),
        "whole": fingerprint(numbers) == made.pool_sha256,
        "looked": sum(one["row"].recheck is not None for one in shown),
        "page_title": f"{made.month_words}{'追加' if made.kind == made.Kind.EXTRA else ''}抽查",
    }
    return render(request, "problems/lookback_draw.html", context)


def _line(row: Lookback, seed: str, actor: Any) -> dict[str, Any]:
    if row.recheck is not None:
        passed = row.recheck.passed
        state = (
            ("合格", "good", "checks")
            if passed
            else (_FOUND.get(row.recheck.found, "不合格"), "late", "arrow-back-up")
        )
    elif row.is_open:
        state = ("待回头看", "soon", "eye-check")
    else:
        state = ("已重新打开", "calm", "arrow-back-up")
    return {
        "row": row,
        "state": state,
        "lot": lot(seed, row.problem.number)[:8],
        "clock": parts.date_short(row.due_on),
        "may_assign": row.is_open and actor.may_in(Permission.PROBLEM_RECHECK, row.problem.unit.path or ""),
    }


@view(needs=Permission.PROBLEM_RECHECK)
def lookback_pool(request: HttpRequest, pk: int) -> HttpResponse:
    """The pool as a text file, one number a line: what the fingerprint is taken of, and what one draws from."""
    made = get_object_or_404(LookbackDraw, pk=pk)
    numbers = made.pool.splitlines()
    seen = set(Problem.objects.visible_to(request.actor).filter(number__in=numbers).values_list("number", flat=True)) if len(numbers) <= 500 else None  # fmt: skip
    if (seen is not None and len(seen) < len(numbers)) or (seen is None and not _sees_all(request.actor)):
        raise Refused("名单里有你看不到的问题，不能整份下载", "请管全集团的督办部门下载")
    response = HttpResponse(
        "".join(f"{number}\n" for number in numbers), content_type="text/plain; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="lookback-{made.month}-{made.pk}.txt"'
    return response


def _sees_all(actor: Any) -> bool:
    return not Problem.objects.visible_to(actor).query.where


class AssignForm(forms.Form):
    person = person_field("谁去看", required=True, help_text="要有回头看的权限，没有参加过整改和核验")


@view(needs=Permission.PROBLEM_RECHECK)
def lookback_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one drawn problem to somebody else."""
    seen = Problem.objects.visible_to(request.actor).values("pk")
    row = get_object_or_404(
        Lookback.objects.filter(problem__in=seen).select_related(
            "problem__unit", "problem__lead", "draw", "assignee"
        ),
        pk=pk,
    )
    form = AssignForm(request.POST or None) if request.method == "POST" else AssignForm()
    if request.method == "POST" and form.is_valid():
        try:
            person = find_person(form.cleaned_data["person"], day=local_day(request.at))
            assign_lookback(lookback=row, person=person, by=request.actor, at=request.at)
        except forms.ValidationError as wrong:
            form.add_error("person", wrong)
        except Refused as refused:
            into_form(form, refused)
        else:
            messages.success(request, f"{row.problem.number} 已派给{person.name}回头看。")
            return redirect("problems:lookback-draw", pk=row.draw_id)
    context = {"form": form, "row": row, "page_title": "派人回头看"}
    return render(request, "problems/lookback_assign.html", context, status=422 if form.errors else 200)
