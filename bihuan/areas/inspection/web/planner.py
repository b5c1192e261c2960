"""排期: the planner of the term, and dealing a round's organisations to its teams."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from bihuan.areas.inspection import words
from bihuan.areas.inspection.actions.keep_proposal import keep_proposal
from bihuan.areas.inspection.models import Term
from bihuan.areas.inspection.reads.proposing import Slot, Waiting, slots_left, waiting_in
from bihuan.areas.inspection.words import ENTRIES
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view

from .finding import CRUMB, term_for

_WEIGHTS = [(0, "不看"), (2, "稍看"), (4, "看"), (6, "重看"), (10, "最重")]
MOVE = "slot-"


class PlannerForm(forms.Form):
    """The rules, switched and weighted; what one round can take follows from teams, entry and days."""

    per_year = forms.IntegerField(label="每年几轮", min_value=1, max_value=6, initial=2)
    teams = forms.IntegerField(label="几个组", min_value=1, max_value=30, initial=3)
    entry = forms.ChoiceField(label="进驻方式", choices=ENTRIES)
    per_team = forms.IntegerField(label="一组同时看几家", min_value=1, max_value=20, initial=2)
    days = forms.IntegerField(label="一家看几天", min_value=1, max_value=200, initial=45)
    span = forms.IntegerField(
        label="一轮进驻共几天",
        min_value=1,
        max_value=360,
        initial=90,
        help_text="逐一进驻时，一组看完一家再看一家",
    )
    cover = forms.BooleanField(label="届内全覆盖，一家不漏", required=False, initial=True)
    long = forms.TypedChoiceField(label="久未巡察的先排", choices=_WEIGHTS, coerce=int, initial=6)
    problems = forms.TypedChoiceField(label="问题集中的先排", choices=_WEIGHTS, coerce=int, initial=4)
    industry = forms.TypedChoiceField(label="同行业分开排", choices=_WEIGHTS, coerce=int, initial=2)
    balance = forms.TypedChoiceField(label="各轮家数相近", choices=_WEIGHTS, coerce=int, initial=4)


@view(needs=P.INSPECTION_PLAN)
def planner(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows what the rules give; a row moved by hand stays where it was put, the others are laid out around it.
    POST asks the same once more and keeps the answer."""
    term, day = term_for(request, pk), local_day(request.at)
    waiting = waiting_in(term, day, request.actor)
    sent = request.GET  # the address says what was asked, also when what is shown is kept
    first = {name: field.initial for name, field in PlannerForm.base_fields.items()}
    form = PlannerForm(
        sent if "teams" in sent else {**first, "entry": ENTRIES[0][0], **_fitting(term, day, len(waiting))}
    )
    context = {
        "page_title": "排期",
        "term": term,
        "form": form,
        "crumbs": [CRUMB],
        "asked": "teams" in sent,
    }
    if form.is_valid():
        shown = _laid_out(term, day, waiting, form.cleaned_data, sent)
        if request.method == "POST" and shown["groups"]:
            return _keep(request, term, form.cleaned_data, shown)
        context |= shown
    return render(request, "inspection/planner.html", context, status=400 if form.errors else 200)


def _room(rules: dict) -> int:
    """How many organisations one round takes: one after another, a team sees as many as its days allow."""
    turns = max(1, rules["span"] // rules["days"]) if rules["entry"] == "sequential" else 1
    return rules["teams"] * rules["per_team"] * turns


def _fitting(term: Term, day: date, waiting: int) -> dict[str, int]:
    """What a team must take on for all to fit: the page opens with a proposal, not with a refusal."""
    fields = PlannerForm.base_fields
    room = len(slots_left(term, day, fields["per_year"].initial)) * fields["teams"].initial
    return {"per_team": max(fields["per_team"].initial, -(-waiting // room) if room else 1)}


def _laid_out(term: Term, day: date, waiting: list[Waiting], rules: dict, sent) -> dict:
    # the solver takes a second to load: only who plans waits for it
    from bihuan.areas.inspection.reads.planner import TOP, Org, Weights, lay_out

    slots = slots_left(term, day, rules["per_year"])
    moved = {one.org.pk: _moved(sent.get(f"{MOVE}{one.org.pk}", ""), len(slots)) for one in waiting}
    orgs = [
        Org(
            one.org.pk, TOP if one.years is None else one.years, one.problems, one.industry, moved[one.org.pk]
        )
        for one in waiting
    ]
    most = [_room(rules)] * len(slots)
    weights = Weights(**{name: rules[name] for name in ("cover", "long", "problems", "industry", "balance")})
    layout = lay_out(orgs, len(slots), most, weights)
    rows = {one.org.pk: one for one in waiting}
    groups = [
        (slot, [_row(rows[pk], place, moved[pk]) for pk, at in layout.place.items() if at == place])
        for place, slot in enumerate(slots)
    ]
    return {
        "slots": list(enumerate(slots)),
        "groups": [(slot, sorted(found, key=lambda row: row["one"].rank)) for slot, found in groups if found],
        "left": [one for one in waiting if layout.place and one.org.pk not in layout.place],
        "waiting": waiting,
        "layout": layout,
        "clash": _said(layout.clash, waiting, slots, most, moved) if layout.clash or not layout.place else "",
        "room": sum(most),
    }


def _moved(text: str, slots: int) -> int | None:
    return int(text) if text.isdecimal() and int(text) < slots else None


def _row(one: Waiting, place: int, moved: int | None) -> dict:
    return {
        "one": one,
        "place": place,
        "why": one.why(by_hand=moved is not None),
        "by_hand": moved is not None,
    }


def _said(
    clash: tuple[str, ...], waiting: list[Waiting], slots: list[Slot], most: list[int], moved: dict
) -> str:
    """What stands in the way, with the figures, and what would help."""
    if not waiting:
        return "本届列入范围的党组织都已巡察或已列入轮次，没有要排的。"
    if not slots:
        return "本届没有剩下的轮次：把每年几轮调大，或者立下一届规划。"
    need, room = len(waiting), sum(most)
    crowd = max((list(moved.values()).count(place) for place in range(len(slots))), default=0)
    if crowd > most[0]:
        return f"手工放进同一轮的有 {crowd} 家，一轮只能排 {most[0]} 家。移走几家，或加组、加每组家数。"
    return (
        f"{words.clash_of(clash) or '规则'}冲突：还有 {need} 家要巡察，{len(slots)} 轮只能排 {room} 家。"
        "加轮次、加组、加每组家数，或者去掉全覆盖，先排最急的。"
    )


def _keep(request: HttpRequest, term: Term, rules: dict, shown: dict) -> HttpResponse:
    slots = dict(shown["slots"])
    places = {
        row["one"].org.pk: (slots[row["place"]].year, slots[row["place"]].number, row["why"], row["by_hand"])
        for _, found in shown["groups"]
        for row in found
    }
    try:
        kept = keep_proposal(term=term, places=places, rules=rules, by=request.actor, at=request.at)
    except Refused as refused:
        messages.error(request, f"{refused.reason}。{refused.todo}")
        return HttpResponseRedirect(request.path)
    messages.success(request, f"提案存好了，{len(places)} 家。立轮次以后可以按提案列入任务。")
    return HttpResponseRedirect(f"{reverse('inspection:home')}#proposal-{kept.pk}")
