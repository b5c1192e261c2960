"""What is done with teams: formed, filled, given tasks, trained, authorised; and a recusal that is lifted."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from bihuan.areas.inspection.actions.add_member import add_member
from bihuan.areas.inspection.actions.authorise_team import authorise_team
from bihuan.areas.inspection.actions.form_team import form_team
from bihuan.areas.inspection.actions.give_task import give_task
from bihuan.areas.inspection.actions.hold_training import hold_training
from bihuan.areas.inspection.actions.lift_recusal import lift_recusal
from bihuan.areas.inspection.actions.prolong_team import prolong_team
from bihuan.areas.inspection.actions.remove_member import remove_member
from bihuan.areas.inspection.models import Member, Talent, Task, Team
from bihuan.areas.inspection.reads.ready import members_of
from bihuan.areas.inspection.reads.repeats import before
from bihuan.areas.inspection.words import MODULES, PARTS, TOPICS
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.forms import DayField, PersonField
from bihuan.org.models import Person
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view
from bihuan.ui.act import act_page

from .finding import CRUMB, case_for, member_for, page_of, round_for, task_for, team_for

MOST_NAMED = 40


class MemberForm(forms.Form):
    part = forms.ChoiceField(label="职责", choices=PARTS, initial="member")
    module = forms.ChoiceField(label="分工", choices=[("", "——"), *MODULES], required=False)

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"person": PersonField(day, label="谁"), **self.fields}


class WhyForm(forms.Form):
    why = forms.CharField(label="原因", widget=forms.Textarea(attrs={"rows": 3}), max_length=200)


class LiftForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    why = forms.CharField(
        label="认定的理由", widget=forms.Textarea(attrs={"rows": 4}), max_length=300,
        help_text="写明核对了什么、为什么不影响公正",
    )  # fmt: skip


class AuthoriseForm(forms.Form):
    document = forms.CharField(label="授权决定文号", max_length=80, help_text="如：晋岭巡组〔2026〕3 号")
    until = DayField(label="授权到哪天", help_text="到期或归档以后组员看不到保密内容；报告没有写完可以延长")


class ProlongForm(forms.Form):
    until = DayField(label="延长到哪天")


class GiveForm(forms.Form):
    team = forms.ModelChoiceField(label="巡察组", queryset=Team.objects.none(), empty_label="——")


class _PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, person: Person) -> str:
        return f"{person.name}　{person.unit or ''}"


class TrainingForm(forms.Form):
    topic = forms.CharField(label="主题", max_length=120)
    kind = forms.ChoiceField(label="类别", choices=TOPICS)
    lecturer = forms.CharField(label="主讲", max_length=60)
    hours = forms.DecimalField(label="学时", max_digits=4, decimal_places=1, min_value=0)
    held_on = DayField(label="日期")
    present = _PeopleField(
        label="到训", queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text="没到的去掉勾，以后补训",
    )  # fmt: skip


def _back(team: Team) -> str:
    return f"{page_of(team.round)}?team={team.number}#teams"


@view(needs=P.INSPECTION_PLAN)
@require_POST
def new(request: HttpRequest, code: str) -> HttpResponse:
    found = round_for(request, code)
    try:
        team = form_team(round=found, by=request.actor, at=request.at)
    except Refused as refused:
        messages.error(request, f"{refused.reason}。{refused.todo}")
        return HttpResponseRedirect(page_of(found))
    messages.success(request, f"{team}建好了，接着加人、定任务。")
    return HttpResponseRedirect(_back(team))


@view(needs=P.INSPECTION_PLAN)
def member_new(request: HttpRequest, pk: int) -> HttpResponse:
    team, day = team_for(request, pk), local_day(request.at)

    def do(cleaned: dict) -> None:
        add_member(team=team, by=request.actor, at=request.at, **cleaned)

    form = MemberForm(request.POST or None, day=day, initial={"person": request.GET.get("person", "")})
    return act_page(
        request, form, do, title=f"{team}：加人", button="列入", back=_back(team),
        done="列入了，请本人申报回避情况、签保密承诺", template="inspection/member_new.html", free=_free(team, day),
        checks=("一轮里一个人只在一个组", "和所巡察的党组织有没有牵连，列入后马上核对"),
        crumbs=[CRUMB, (team.round.name, page_of(team.round))],
    )  # fmt: skip


def _free(team: Team, day) -> list[tuple[Talent, list[str]]]:
    """Who of the pool is in no team of the round yet, and what of the last round they would repeat in this one."""
    standing = Member.objects.standing().filter(round=team.round_id)
    free = Talent.objects.standing(day).exclude(person__in=standing.values("person"))
    found = free.select_related("person__unit").order_by("person__sort_key", "pk")[:MOST_NAMED]
    known, members = before(team.round), list(standing.filter(team=team).select_related("person"))
    return [(one, known.of_candidate(one.person_id, members)) for one in found]


@view(needs=P.INSPECTION_PLAN)
def member_remove(request: HttpRequest, pk: int) -> HttpResponse:
    member = member_for(request, pk)

    def do(cleaned: dict) -> None:
        remove_member(member=member, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, WhyForm(request.POST or None), do, title=f"换下{member}", button="换下", back=_back(member.team),
        done="换下了", crumbs=[CRUMB, (member.round.name, page_of(member.round))],
    )  # fmt: skip


@view(needs=P.INSPECTION_DECIDE)
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    case = case_for(request, pk)

    def do(cleaned: dict) -> None:
        case.reason = cleaned["seen"]
        lift_recusal(case=case, why=cleaned["why"], by=request.actor, at=request.at)

    team = case.member.team
    return act_page(
        request, LiftForm(request.POST or None, initial={"seen": case.reason}), do, title=f"认定{case.person}不需回避", button="认定不需回避",
        back=_back(team), done="认定记下了", lead=f"{case.person}，{team}，要巡察{case.org}。{case.reason}。",
        checks=("不是本人，也不是列入这个人的人",), crumbs=[CRUMB, (team.round.name, page_of(team.round))],
    )  # fmt: skip


@view(needs=P.INSPECTION_DECIDE)
def authorise(request: HttpRequest, pk: int) -> HttpResponse:
    team = team_for(request, pk)

    def do(cleaned: dict) -> None:
        authorise_team(team=team, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, AuthoriseForm(request.POST or None, initial={"until": _term(team)}), do, title=f"记授权：{team}", button="记授权",
        back=_back(team), done="授权记下了，只在本轮有效", crumbs=[CRUMB, (team.round.name, page_of(team.round))],
        checks=("有组长，两人以上", "都申报了回避情况", "没有待认定的回避"),
    )  # fmt: skip


def _term(team: Team) -> date:
    """What is proposed: the report, its review and the feedback need some months after the round."""
    return team.round.ends_on + timedelta(days=180)


@view(needs=P.INSPECTION_DECIDE)
def prolong(request: HttpRequest, pk: int) -> HttpResponse:
    team = team_for(request, pk)

    def do(cleaned: dict) -> None:
        prolong_team(team=team, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, ProlongForm(request.POST or None, initial={"until": _term(team)}), do, title=f"延长授权：{team}",
        button="延长", back=_back(team), done="延长了", crumbs=[CRUMB, (team.round.name, page_of(team.round))],
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    task = task_for(request, pk)
    given = getattr(task, "given", None)
    form = GiveForm(request.POST or None, initial={"team": given.team_id if given else None})
    form.fields["team"].queryset = Team.objects.filter(round=task.round_id).order_by("number")
    form.fields["team"].help_text = "；".join(_again(task))

    def do(cleaned: dict) -> None:
        give_task(task=task, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, form, do, title=f"定组：{task}", button="定组", back=page_of(task.round), done="定了，组员已和这个党组织核对",
        crumbs=[CRUMB, (task.round.name, page_of(task.round))],
    )  # fmt: skip


def _again(task: Task) -> list[str]:
    """Which teams would go where somebody of them was the last time."""
    known, members = before(task.round, [task.org_id]), members_of(task.round)
    teams = Team.objects.filter(round=task.round_id).order_by("number")
    found = [(team, known.at(task.org_id, task.org.shown, members.get(team.pk, ()))) for team in teams]
    return [f"{team}：{said}" for team, hints in found for said in hints]


@view(needs=P.INSPECTION_PLAN)
def training_new(request: HttpRequest, code: str) -> HttpResponse:
    found = round_for(request, code)
    here = Member.objects.standing().filter(round=found).values("person")
    people = Person.objects.filter(pk__in=here).select_related("unit").order_by("sort_key")
    first = {"held_on": local_day(request.at), "hours": 8, "present": [person.pk for person in people]}
    form = TrainingForm(request.POST or None, initial=first)
    form.fields["present"].queryset = people

    def do(cleaned: dict) -> None:
        hold_training(round=found, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, form, do, title=f"{found}：记巡前培训", button="记下", back=page_of(found), done="学时记下了",
        crumbs=[CRUMB, (found.name, page_of(found))],
    )  # fmt: skip
