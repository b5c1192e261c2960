"""The ugly world: what no demo shows and every installation has. For screenshots and tests, never for a customer.

Forty-character units, 5,000 problems, texts without a full stop, names that are code, rights that ran out, a dead
job, a slow one, and people for whom there is nothing to see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

from django.db import transaction
from PIL import Image

from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.kernel.moment import local_day
from bihuan.org.actions.add_person import NewPerson, add_people
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.load_rule_packs import load_rule_packs
from bihuan.org.actions.load_special_days import load_special_days
from bihuan.org.actions.open_account import open_account
from bihuan.org.actions.open_unit import NewUnit, open_units
from bihuan.org.demo.rights import PASSWORD
from bihuan.org.models import Person, Unit
from bihuan.org.reads import actor_for
from bihuan.problems.actions.accept import accept
from bihuan.problems.actions.approve_plan import approve_plan
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.assign import assign
from bihuan.problems.actions.attach import Upload
from bihuan.problems.actions.close import close
from bihuan.problems.actions.comment import comment
from bihuan.problems.actions.fix_now import fix_now
from bihuan.problems.actions.propose_plan import propose_plan
from bihuan.problems.actions.raise_problem import raise_problem
from bihuan.problems.actions.set_measures import MeasureDraft
from bihuan.problems.actions.take_over import OldRow, Stated, take_over
from bihuan.problems.models import Problem
from bihuan.record.actions.append import REACTION
from bihuan.record.actions.claim_job import claim_job
from bihuan.record.actions.enqueue import enqueue
from bihuan.record.actions.run_job import JobRun, run_job
from bihuan.record.models import Job
from bihuan.registry import shelf

_FORTY = "晋岭钢铁集团有限公司热轧带钢事业部精整成品发运联合作业区第三生产保障大队综合管理科"
_LONG = "该区域多处设备基础沉降伴随管道支架腐蚀且排水不畅导致巡检通道湿滑" * 64
_UNBROKEN = "A" * 1200 + "无标点长串" * 100
ODD = (
    "加熱爐區域煤氣報警器未按週期檢定，點檢記錄仍填寫「完好」",
    "２号加热炉　ＣＯ报警器３台超期（全角数字）",
    "现场发现🔥明火风险⚠️未清理👷‍♂️",
    "标牌写作 \u202eالصلب\u202c，方向相反",
    "<script>alert('问题')</script> 出现在台账的“备注”列 & 未转义",
    'O\'Brien 供货的阀门 "DN80" 与图纸不符；DROP TABLE',
    "一\u200b二\u200b三 零宽空格与\t制表符\n换行混在一行",
)
_PEOPLE = (
    # key, name, title, role, days the grant still stands (None: for good)
    (
        "officer",
        "欧阳上官令狐诸葛司马慕容",
        "集团公司安全生产监督管理部常务副部长兼注册安全工程师管理办公室主任",
        "safety_officer",
        None,
    ),
    ("second", "O'Brien <b>安全</b>", "安全监督员", "safety_officer", None),
    ("head", "<script>alert(1)</script>", "厂长", "unit_head", None),
    ("liaison", "古丽努尔·阿卜杜热合曼·买买提江·伊斯坎德尔", "整改联络员", "unit_liaison", None),
    ("worker", "龘靐齉", "职工", "worker", None),
    ("expired", "权限到期人", "原安全监督员", "safety_officer", -1),
    ("bare", "没有授权的人", "新进职工", "", None),
    ("nothing", "空单位联络员", "整改联络员", "unit_liaison", None),
    ("duty", "值班员甲", "值班员", "duty_officer", None),
    ("office", "巡察办-副主任（主持工作）", "巡视巡察工作领导小组办公室副主任", "inspection_office", None),
    ("lead", "夏侯·皇甫尉迟", "集团公司党委副书记、巡察工作领导小组组长", "inspection_lead", None),
    ("member", "尼玛次仁·旺堆多吉·扎西平措", "审计部审计业务经理兼内控评价专员", "supervisor", None),
    ("third", "丙", "组织部干事", "supervisor", None),
    ("fourth", "A. B. Smith-Jones O'Neil", "外聘专家", "supervisor", None),
    ("system_admin", "系统管理员甲", "系统管理员", "system_admin", None),
    ("security_admin", "安全管理员甲", "安全管理员", "security_admin", None),
    ("audit_admin", "审计管理员甲", "审计管理员", "audit_admin", None),
)
FILES_IN_ONE_STEP, MEASURES_IN_ONE_PLAN = 60, 30
_TAKEN_OVER = 0.6


@dataclass(slots=True)
class Ugly:
    at: datetime
    units: list[Unit]
    people: dict[str, Person]
    things: dict[str, Any] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        if key not in self._actors:
            self._actors[key] = actor_for(self.people[key], at=self.at)
        return self._actors[key]

    @property
    def empty(self) -> Unit:
        return self.units[-1]


def load_ugly(at: datetime, say: Callable[[str], None], n: int = 5000) -> Ugly:
    """Builds it in an empty database; `n` problems in all, at least 60."""
    with transaction.atomic():
        load_rule_packs(at=at)
        load_special_days()
        world = _organisation(at)
        say(f"  单位 {len(world.units)} 个，人员 {len(world.people)} 人")
        _curious(world)
        olds = round(n * _TAKEN_OVER)
        _old_ledger(world, olds)
        left = n - Problem.objects.count()
        for index in range(left):
            _plain(world, index)
            if index % 500 == 499:
                say(f"  问题 {index + 1 + olds} 件")
        for offer in shelf.offers():
            if offer.ugly:
                say(f"  {offer.title}")
                offer.ugly(world)
        _jobs(world)
    return world


def _organisation(at: datetime) -> Ugly:
    since = local_day(at) - timedelta(days=800)
    news = [
        NewUnit(
            "UG", "晋岭钢铁集团有限公司及其全资控股参股与托管经营单位总称（测试用超长名称）", "group", None
        )
    ]
    news += [NewUnit(f"U{n:02d}", f"{_FORTY[:37]}第{n:02d}部", "mill", "UG") for n in range(1, 13)]
    news.append(NewUnit("U99", "空单位：一个人一件事也没有", "company", "UG"))
    units = open_units(units=news, on=since, by=SYSTEM, at=at)
    places = {"nothing": units[-1], "head": units[1], "liaison": units[1], "worker": units[1]}
    made = add_people(
        people=[
            NewPerson(f"u{n:04d}", name, places.get(key, units[0]), title)
            for n, (key, name, title, _, _) in enumerate(_PEOPLE)
        ],
        on=since, by=SYSTEM, at=at,
    )  # fmt: skip
    people = {row[0]: person for row, person in zip(_PEOPLE, made, strict=True)}
    for key, _, _, role, left in _PEOPLE:
        if role:
            until = None if left is None else local_day(at) + timedelta(days=left)
            over = places.get(key, units[0])
            grant_role(
                role=role, unit=over, person=people[key], from_day=since, to_day=until, by=SYSTEM, at=at
            )
        open_account(person=people[key], username=key, password=PASSWORD, must_change=False, by=SYSTEM, at=at)
    return Ugly(at, units, people)


def _raise(world: Ugly, statement: str, ago: int, **more: Any) -> Problem:
    given = {"source": "daily_check", "unit": world.units[1], "by": world.actor("officer"), **more}
    return raise_problem(statement=statement, at=world.at - timedelta(days=ago), **given)


def _assigned(world: Ugly, problem: Problem, ago: int, due: int = 10, **more: Any) -> Problem:
    due_on = local_day(world.at) + timedelta(days=due)
    return assign(
        problem=problem, lead=world.people["head"], due_on=due_on, by=world.actor("officer"),
        at=world.at - timedelta(days=ago), **more,
    )  # fmt: skip


def _curious(world: Ugly) -> None:
    """One of each: long, odd, many."""
    for n, statement in enumerate((*ODD, _LONG[:2000], _UNBROKEN)):
        problem = _raise(world, statement, 9, place=_LONG[:180], basis=_LONG[:280], demand=_LONG[:1500])
        if n % 2:
            _assigned(world, problem, 8, due=n - 6, text=_LONG[:2000])
            comment(
                problem=problem, text=_UNBROKEN, by=world.actor("second"), at=world.at - timedelta(days=7)
            )
    many = _assigned(world, _raise(world, "一件有三十条措施的问题", 30), 29, due=40, needs_plan=True)
    accept(problem=many, by=world.actor("liaison"), at=world.at - timedelta(days=28))
    drafts = [
        MeasureDraft(
            f"第 {n} 条：{_LONG[: n * 12]}",
            standard=_LONG[:190],
            owner_id=world.people["head"].pk,
            due_on=many.due_on,
        )
        for n in range(1, MEASURES_IN_ONE_PLAN + 1)
    ]
    propose_plan(
        problem=many,
        measures=drafts,
        cause=_LONG,
        by=world.actor("liaison"),
        at=world.at - timedelta(days=27),
    )
    approve_plan(problem=many, by=world.actor("officer"), at=world.at - timedelta(days=26), text=_LONG[:2000])
    later = many.due_on + timedelta(days=20)
    ask_extension(
        problem=many,
        new_due_on=later,
        reason=_LONG[:2000],
        by=world.actor("liaison"),
        at=world.at - timedelta(days=1),
    )
    photos = [
        Upload(BytesIO(_picture(n % 6)), f"{'很长的照片文件名' * 9}{n}.jpg", "after")
        for n in range(FILES_IN_ONE_STEP)
    ]
    heavy = _raise(world, "一步里带了六十个文件", 5, by=world.actor("worker"))
    fix_now(problem=heavy, files=photos, by=world.actor("worker"), at=world.at - timedelta(days=5, hours=-1))


def _picture(n: int) -> bytes:
    """Wide, tall, tiny and large: what phones and screenshots bring."""
    sizes = ((1600, 200), (200, 1600), (8, 8), (1200, 900), (640, 480), (480, 640))
    out = BytesIO()
    Image.new("RGB", sizes[n], (40 * n, 120, 220 - 30 * n)).save(out, "JPEG", quality=60)
    return out.getvalue()


def _old_ledger(world: Ugly, count: int) -> None:
    """Thousands of rows in a few statements, stated closed or still open, with columns nobody mapped."""
    today, random = local_day(world.at), Random("ugly")
    rows = []
    for n in range(count):
        found = today - timedelta(days=random.randrange(20, 700))
        is_open = n % 9 == 0
        details: dict[str, Any] = {
            "extras": {"原表第七列": _FORTY, "备注": ODD[n % len(ODD)]},
            "lead_text": "张三、李四（已退休）",
        }
        if n % 18 == 0:
            details["lead"] = world.people["head"]
        rows.append(
            OldRow(
                origin_key=f"ugly:{n}", unit=world.units[1 + n % 12], statement=f"{ODD[n % len(ODD)]}（第 {n + 1} 行）",
                stated=Stated(closed=not is_open, words="已完成" if not is_open else "正在整改", closed_on=None if is_open else found),
                found_on=found, due_on=found + timedelta(days=30), details=details,
            )
        )  # fmt: skip
    for start in range(0, count, 1000):
        part = rows[start : start + 1000]
        take_over(source="ledger", rows=part, by=world.actor("officer"), at=world.at - timedelta(days=10))


def _plain(world: Ugly, index: int) -> None:
    """Coarse lives: every tenth of them stops at another place."""
    ago, way = 12 + index % 300, index % 10
    unit = world.units[1 + index % 12]
    worker = way >= 6
    problem = _raise(
        world, f"{_FORTY[index % 20 : index % 20 + 16]}第 {index + 1} 处防护缺失", ago, unit=unit,
        by=world.actor("worker" if worker else "officer"),
    )  # fmt: skip
    if way in (0, 1):
        return
    if worker:
        photo = Upload(BytesIO(_picture(4)), "后.jpg", "after")
        fix_now(
            problem=problem,
            files=[photo],
            by=world.actor("worker"),
            at=world.at - timedelta(days=ago, hours=-2),
        )
        if way > 6:
            close(problem=problem, by=world.actor("officer"), at=world.at - timedelta(days=ago - 1))
        return
    _assigned(world, problem, ago - 1, due=(index % 60) - 8, needs_plan=False)
    if way > 3:
        accept(problem=problem, by=world.actor("head"), at=world.at - timedelta(days=ago - 2))


def _jobs(world: Ugly) -> None:
    """One that cannot be done, one that has been running for a long while; old deliveries are called off."""
    old = world.at - timedelta(days=3)
    Job.objects.filter(kind=REACTION, state=Job.State.WAITING, run_at__lt=old).update(
        state=Job.State.CANCELLED, finished_on=world.at
    )
    first, by = world.at - timedelta(days=900), world.actor("officer")
    enqueue(kind="gone.with_its_area", payload={}, by=by, at=world.at, run_at=first)
    if (dead := claim_job(worker="ugly", at=world.at)) is not None:
        run_job(job=dead, clock=lambda: world.at)
    enqueue(kind="problems.export", payload={}, by=by, at=world.at - timedelta(hours=3), run_at=first)
    much_later = world.at + timedelta(days=30)
    if (slow := claim_job(worker="slow", at=much_later)) is not None:
        JobRun(slow, clock=lambda: much_later).progress(312, 5000, "正在写第 312 行，共 5000 行")
