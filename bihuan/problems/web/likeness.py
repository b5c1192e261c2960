"""Repeats on the screen: offered while a problem is registered, shown with it, decided many at once."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Unit
from bihuan.org.permissions import Permission
from bihuan.org.reads import rule
from bihuan.problems.actions.confirm_repeat import confirm_repeat
from bihuan.problems.actions.raise_problem import PACK
from bihuan.problems.actions.refuse_repeat import refuse_repeat
from bihuan.problems.actions.suggest_likes import suggest_likes
from bihuan.problems.likeness import Draft, alike, later_repeats, waiting_for, waiting_list
from bihuan.problems.models import Likeness, Problem
from bihuan.problems.policies import verdict
from bihuan.ui.access import view

_SAID = "like-"
_MOST = 100


def likeness_context(request: HttpRequest, problem: Problem) -> dict[str, Any]:
    """What the page of a problem shows of its repeats, to this reader."""
    by, at = request.actor, request.at
    may_confirm = verdict("confirm_repeat", problem, by=by, at=at)
    may_refuse = verdict("refuse_repeat", problem, by=by, at=at)
    seen = Problem.objects.visible_to(by).select_related("unit")
    first = seen.filter(pk=problem.repeat_of_id).first() if problem.repeat_of_id else None
    kept = Likeness.objects.filter(problem=problem, like=problem.repeat_of_id).first() if first else None
    return {
        "repeat_of": first,
        "repeat_kind": kept,
        "may_reopen": first is not None and bool(verdict("reopen", first, by=by, at=at)),
        "likes": waiting_for(problem, by) if may_confirm or may_refuse else [],
        "may_refuse": may_refuse,
        "later": later_repeats(problem, by),
    }


@view(needs=Permission.PROBLEM_RAISE)
@require_POST
def offered(request: HttpRequest) -> HttpResponse:
    """What looks like the sentence that is being typed: a part of the form. By POST, so that no log keeps it."""
    given = request.POST
    unit = Unit.objects.filter(pk=given.get("unit") or 0).first() if _number(given.get("unit", "")) else None
    words = ("statement", "place", "equipment", "category")
    said = {name: given.get(name, "").strip()[:4000] for name in words}
    draft = Draft(path=unit.path or "" if unit else "", **said)
    asked = hashlib.sha256(repr(draft).encode()).hexdigest()[:16]
    if asked == given.get("asked"):  # nothing new was typed: what was ticked meanwhile stays
        return HttpResponse(status=204)
    least = float(rule(PACK, "repeat.likeness", local_day(request.at)).value)
    found = alike(draft, actor=request.actor, least=least)
    chosen = dict(_answers(request))
    likes = [(one, chosen.get(one.problem.number, "")) for one in found]
    return render(request, "problems/alike.html", {"likes": likes, "asked": asked})


def take_answers(request: HttpRequest, problem: Problem) -> None:
    """What the person who registered said to the offers; then what is left waits on the problem's page."""
    for number, said in _answers(request):
        like = Problem.objects.visible_to(request.actor).select_related("unit").filter(number=number).first()
        if like is None:
            continue
        if said != "no" and problem.repeat_of is not None:
            once = f"一件只记一次重复，已记与 {problem.repeat_of.number} 重复"
            messages.warning(request, f"没有再记与 {number} 重复：{once}。")
            continue
        try:
            _take(problem, like, said, "", request)
        except Refused as refused:
            messages.warning(request, f"没有认定与 {number} 重复：{refused.reason}。")
    suggest_likes(problem=problem)


def _answers(request: HttpRequest) -> list[tuple[str, str]]:
    """(number, same or spread or no)."""
    given = [(key.removeprefix(_SAID), value) for key, value in request.POST.items() if key.startswith(_SAID)]
    return [(number, said) for number, said in given[:_MOST] if said in ("same", "spread", "no")]


def _take(problem: Problem, like: Problem, said: str, text: str, request: HttpRequest) -> None:
    told = {"problem": problem, "like": like, "text": text, "by": request.actor, "at": request.at}
    if said == "no":
        refuse_repeat(**told)
    else:
        confirm_repeat(kind=said, **told)


@view(needs=(Permission.PROBLEM_ASSIGN, Permission.PROBLEM_RECHECK))
def repeats(request: HttpRequest) -> HttpResponse:
    """疑似重复: what waits for a word, a page at a time; POST answers those that were ticked."""
    if request.method == "POST":
        return _decide(request)
    span = {name: _number(request.GET.get(key, "")) for name, key in (("first", "from"), ("last", "to"))}
    pairs, following = waiting_list(request.actor, before=_number(request.GET.get("before", "")), **span)
    more = request.GET.copy()
    if following is not None:
        more["before"] = str(following)
    context = {
        "pairs": pairs,
        "more": f"?{more.urlencode()}" if following is not None else "",
        "imported": span["first"] is not None,
        "page_title": "疑似重复",
    }
    return render(request, "problems/repeats.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 18 else None


def _decide(request: HttpRequest) -> HttpResponse:
    """Each answer for itself: one that is refused keeps nobody from the others. Keys are <problem>~<like>."""
    done, refused = 0, []
    numbers = {number for key, _ in _answers(request) for number in key.split("~")}
    seen = Problem.objects.visible_to(request.actor).select_related("unit", "rule_pack")
    known = {one.number: one for one in seen.filter(number__in=numbers)}
    for key, said in _answers(request):
        problem, like = (known.get(number) for number in (*key.split("~"), "")[:2])
        if problem is None or like is None:
            continue
        try:
            _take(problem, like, said, "", request)
            done += 1
        except Refused as no:
            refused.append(f"{problem.number}：{no.reason}")
    if done:
        messages.success(request, f"已认定 {done} 对。")
    if refused:
        messages.warning(request, f"有 {len(refused)} 对没有办：{'；'.join(refused[:3])}。")
    if not done and not refused:
        messages.info(request, "一对也没有选，什么也没有改。")
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else reverse("problems:repeats"))
