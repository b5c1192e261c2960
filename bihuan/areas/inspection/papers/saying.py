"""The facts of the papers on plans and rounds, each under the name the form calls it by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from bihuan.areas.inspection import words
from bihuan.areas.inspection.models import Round, Task, TeamTask, Term, YearPlan
from bihuan.areas.inspection.reads.proposing import kept_proposal
from bihuan.areas.inspection.reads.ready import members_of
from bihuan.kernel.moment import local_day
from bihuan.org.models import PartyLink, PartyOrg

UNSAID = "　　　　"


def day_words(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def span_words(first: date, last: date) -> str:
    return f"{day_words(first)}至{day_words(last)}"


def party_name() -> str:
    """The committee of the group: whose inspection it is."""
    root = PartyOrg.objects.filter(parent=None).exclude(path=None).order_by("order", "pk").first()
    return root.name if root else ""


def numbered(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"序号": str(n), **row} for n, row in enumerate(rows, 1)]


def term_facts(term: Term, at: datetime) -> dict[str, Any]:
    scope = list(
        term.scope.standing(local_day(at)).with_last().select_related("org").order_by("org__order", "pk")
    )
    industries = industries_of(row.org_id for row in scope)
    slots: dict[str, list[str]] = {}
    proposal = kept_proposal(term)
    rows = (
        proposal.rows.select_related("org").order_by("year", "number", "org__order", "pk") if proposal else ()
    )
    for row in rows:
        slots.setdefault(words.slot_of(row.year, row.number), []).append(row.org.shown)
    return {
        "党委": party_name(),
        "名称": term.title,
        "起始年": str(term.first_year),
        "终止年": str(term.last_year),
        "范围数": str(len(scope)),
        "范围": numbered(
            {
                "党组织": row.org.name,
                "所在行业": industries.get(row.org_id, ""),
                "本届巡察": day_words(row.last_entered) or "没有",
            }
            for row in scope
        ),
        "有安排": "有" if slots else "",
        "安排": [
            {"轮次": slot, "家数": str(len(orgs)), "党组织": "、".join(orgs)} for slot, orgs in slots.items()
        ],
        "批准": f"{day_words(term.approved_on)}{term.document}批准" if term.approved_on else "",
        "日期": day_words(term.approved_on or local_day(at)),
    }


def industries_of(org_ids: Iterable[int]) -> dict[int, str]:
    """Organisation id -> the trades of the units it covers. One query."""
    found: dict[int, list[str]] = {}
    links = PartyLink.objects.filter(party_org_id__in=set(org_ids)).exclude(unit__industry="")
    for org_id, trade in links.order_by("pk").values_list("party_org_id", "unit__industry"):
        found.setdefault(org_id, []).append(trade)
    return {org_id: "、".join(dict.fromkeys(names)) for org_id, names in found.items()}


def year_facts(plan: YearPlan, at: datetime) -> dict[str, Any]:
    rounds = list(plan.rounds.standing().prefetch_related("tasks__org").order_by("number"))
    tasks = {one.pk: sorted(one.tasks.all(), key=lambda task: (task.org.order, task.pk)) for one in rounds}
    said = [
        f"{day_words(plan.reviewed_on)}经领导小组审议" if plan.reviewed_on else "",
        f"{day_words(plan.approved_on)}经党委批准" if plan.approved_on else "",
    ]
    return {
        "党委": party_name(),
        "年度": str(plan.year),
        "规划": plan.term.title,
        "轮数": str(len(rounds)),
        "家数": str(len({task.org_id for own in tasks.values() for task in own})),
        "任务数": str(sum(len(own) for own in tasks.values())),
        "轮次": [
            {
                "轮次": one.name,
                "起止": span_words(one.starts_on, one.ends_on),
                "家数": str(len({task.org_id for task in tasks[one.pk]})),
                "任务数": str(len(tasks[one.pk])),
                "党组织": "、".join(dict.fromkeys(task.org.shown for task in tasks[one.pk])),
            }
            for one in rounds
        ],
        "说明": plan.note,
        "批准": "，".join(part for part in said if part),
        "日期": day_words(plan.approved_on or local_day(at)),
    }


def tasks_of(round: Round) -> list[Task]:
    return list(round.tasks.select_related("org", "framework").order_by("from_day", "org__order", "pk"))


def round_facts(round: Round, at: datetime) -> dict[str, Any]:
    tasks = tasks_of(round)
    frameworks = {task.framework_id: task.framework for task in tasks}
    return {
        "党委": party_name(),
        "年度": str(round.plan.year),
        "轮次": round.name,
        "起": day_words(round.starts_on),
        "止": day_words(round.ends_on),
        "家数": str(len({task.org_id for task in tasks})),
        "任务数": str(len(tasks)),
        "任务": numbered(
            {
                "党组织": task.org.name,
                "方式": task.get_mode_display(),
                "关注重点": str(task.framework),
                "进驻": _within(task.from_day, round),
                "离场": _within(task.to_day, round),
            }
            for task in tasks
        ),
        "重点": [
            {"名称": frame.title if n == 1 else "", "次序": str(n), "内容": item.title}
            for frame in frameworks.values()
            for n, item in enumerate(frame.items.order_by("order"), 1)
        ],
        "巡察组": _teams(round),
        "日期": day_words(local_day(at)),
    }


def _within(day: date, round: Round) -> str:
    """A column has no room for the year that stands in the title."""
    return f"{day.month}月{day.day}日" if day.year == round.plan.year else day_words(day)


def _teams(round: Round) -> list[dict[str, str]]:
    members = members_of(round)
    given: dict[int, list[str]] = {}
    for row in TeamTask.objects.filter(team__round=round).select_related("task__org").order_by("pk"):
        given.setdefault(row.team_id, []).append(f"{row.task.org.shown}（{row.task.get_mode_display()}）")
    return [
        {
            "组别": str(team),
            **{label: people_of(members.get(team.pk, ()), part) for part, label in words.PARTS},
            "任务": "、".join(given.get(team.pk, ())),
        }
        for team in round.teams.order_by("number")
    ]


def people_of(members: Iterable[Any], part: str) -> str:
    return "、".join(member.person.name for member in members if member.part == part)
