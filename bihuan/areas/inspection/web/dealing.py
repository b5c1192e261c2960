"""A round filled from the proposal, and its organisations dealt to the teams."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from bihuan.areas.inspection import words
from bihuan.areas.inspection.actions.deal_tasks import deal_tasks
from bihuan.areas.inspection.actions.take_proposed import take_proposed
from bihuan.areas.inspection.models import Framework, ProposedTask, Round
from bihuan.areas.inspection.reads.dealing import Table, table_of
from bihuan.areas.inspection.reads.proposing import covered, kept_proposal
from bihuan.areas.inspection.words import ENTRIES
from bihuan.org.forms import DayField
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view
from bihuan.ui.act import act_page

from .finding import CRUMB, page_of, round_for


class _RowsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, row: ProposedTask) -> str:
        return f"{row.org.shown}　{row.why}"


class TakeForm(forms.Form):
    rows = _RowsField(
        label="提案排在这一轮的", queryset=ProposedTask.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    framework = forms.ModelChoiceField(
        label="关注重点", queryset=Framework.objects.filter(ended_on=None, special=False).order_by("title")
    )
    entry = forms.ChoiceField(label="进驻方式", choices=ENTRIES)
    from_day = DayField(label="计划进驻")
    to_day = DayField(label="计划离场")


@view(needs=P.INSPECTION_PLAN)
def take(request: HttpRequest, code: str) -> HttpResponse:
    found = round_for(request, code)
    kept = kept_proposal(found.plan.term)
    rows = ProposedTask.objects.filter(proposal=kept, year=found.plan.year, number=found.number)
    rows = rows.exclude(org__in=found.tasks.values("org")).select_related("org").order_by("org__order", "pk")
    first = {"rows": list(rows), "from_day": found.starts_on, "to_day": found.ends_on}
    form = TakeForm(request.POST or None, initial=first)
    form.fields["rows"].queryset = rows

    def do(cleaned: dict) -> None:
        take_proposed(round=found, by=request.actor, at=request.at, **cleaned)

    planner = reverse("inspection:planner", args=[found.plan.term_id])
    lead = "" if rows else f"提案没有把哪一家排在{words.slot_of(found.plan.year, found.number)}，先去“排期”。"
    return act_page(
        request, form, do, title=f"{found}：按提案列入", button="列入", back=page_of(found), done="列入了", lead=lead,
        crumbs=[CRUMB, (found.name, page_of(found)), ("排期", planner)],
    )  # fmt: skip


def _field(key: int) -> str:
    return f"org-{key}"


class DealForm(forms.Form):
    """One choice an organisation; the answer the planner gives stands chosen, with why."""

    def __init__(self, *args, table: Table, chosen: dict[int, int], turns: dict[int, int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        teams = [(str(team.pk), str(team)) for team in table.teams]
        for org_id, tasks in table.tasks.items():
            place = chosen.get(org_id)
            away = [f"{table.teams[at]}{name}" for (org, at), name in table.tied.items() if org == org_id]
            said = [f"要回避：{'、'.join(away)}"] if away else []
            said += [f"现在是{given.team}"] if (given := getattr(tasks[0], "given", None)) else []
            said += [f"组里第 {turns[org_id] + 1} 家"] if org_id in turns else []
            said += [
                f"{table.teams[at]}{'、'.join(hints)}"
                for (org, at), hints in table.again.items()
                if org == org_id
            ]
            self.fields[_field(org_id)] = forms.ChoiceField(
                label=f"{tasks[0].org.shown}（{len(tasks)} 项任务）" if len(tasks) > 1 else tasks[0].org.shown,
                choices=[("", "——"), *teams], help_text="；".join(said),
                initial=str(table.teams[place].pk) if place is not None else "",
            )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def deal(request: HttpRequest, code: str) -> HttpResponse:
    """Who goes where, as the planner proposes it; changed by hand, then given."""
    found = round_for(request, code)
    table = table_of(found)
    chosen, turns, said = _proposed(found, table)
    form = DealForm(request.POST or None, table=table, chosen=chosen, turns=turns)

    def do(cleaned: dict) -> None:
        teams = {
            task.pk: int(cleaned[_field(org_id)]) for org_id, tasks in table.tasks.items() for task in tasks
        }
        deal_tasks(round=found, teams=teams, by=request.actor, at=request.at)

    return act_page(
        request, form, do, title=f"{found}：分组", button="按这样分", back=f"{page_of(found)}#teams", done="分好了",
        lead=said, crumbs=[CRUMB, (found.name, page_of(found))], checks=("组员和党组织有没有牵连，分好后马上核对",),
    )  # fmt: skip


def _proposed(found: Round, table: Table) -> tuple[dict[int, int], dict[int, int], str]:
    # the solver takes a second to load: only who deals waits for it
    from bihuan.areas.inspection.reads.planner import Org, Weights, deal

    if not table.teams or not table.tasks:
        return {}, {}, "先列入任务、建组、加人，再分组。"
    _, trades = covered(table.tasks)
    orgs = [Org(org_id, 0, 0, trades.get(org_id, "")) for org_id in table.tasks]
    most = -(-len(orgs) // len(table.teams)) + 1
    dealt = deal(orgs, len(table.teams), set(table.tied), most, Weights(), table.before)
    if dealt.stuck:
        names = "、".join(table.tasks[pk][0].org.shown for pk in dealt.stuck)
        return {}, {}, f"{names}：每个组都有人要回避，分不下去。换人或再建一个组，或由领导小组认定。"
    if dealt.clash:
        return {}, {}, f"{words.clash_of(dealt.clash)}冲突，分不下去。换人，或再建一个组。"
    lead = "各组家数相近，避开要回避的组和上次去过的组长，同行业的尽量归一个组。"
    again = "；".join(f"{table.teams[at]}{'，'.join(hints)}" for at, hints in table.repeats.items())
    return dealt.team, dealt.order, f"{lead}和上次重复的（只提醒）：{again}。" if again else lead
