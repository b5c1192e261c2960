"""Open a round within a year plan."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from bihuan.areas.inspection.models import Round, YearPlan
from bihuan.areas.inspection.policies import may_plan
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.org.reads import current_pack
from bihuan.record.actions.append import append

from .open_term import PACK

CODE = re.compile(r"[A-Z][A-Z0-9-]{0,11}")


@transaction.atomic
def open_round(
    *, plan: YearPlan, code: str, name: str, starts_on: date, ends_on: date, by: Actor, at: datetime
) -> Round:
    """`code` is how figures are asked for it, like R1; it is never used again. The rule pack is that of today: a later
    version moves no date of this round."""
    insist(may_plan(by))
    code = code.strip().upper()
    if not CODE.fullmatch(code):
        raise Refused(
            f"代号“{code}”不能用", "字母开头，只用字母、数字和连字符，最多 12 个，如 R1", field="code"
        )
    if Round.objects.filter(code=code).exists():
        raise Refused(f"代号 {code} 用过了", "换一个代号", field="code")
    if not name.strip():
        raise Refused("轮次要有名称", f"如“{plan.year}年第一轮巡察”", field="name")
    if ends_on < starts_on:
        raise Refused("结束日期早于开始日期", "核对两个日期", field="ends_on")
    if plan.year not in (starts_on.year, ends_on.year):
        raise Refused(f"起止日期不在{plan.year}年", "跨年的轮次从哪年开始就列入哪年", field="starts_on")
    last = plan.rounds.aggregate(most=Max("number"))["most"] or 0
    try:
        with transaction.atomic():
            made = Round.objects.create(
                plan=plan, code=code, number=last + 1, name=name.strip(), starts_on=starts_on, ends_on=ends_on,
                rule_pack=current_pack(PACK, local_day(at)), made_at=at, made_by_id=by.person_id,
            )  # fmt: skip
    except IntegrityError:  # the same code, or the next number of this year, a moment before
        raise Stale("刚才有人也立了轮次", "刷新页面，看代号和次序再立") from None
    data = {"round_code": code, "year": plan.year}
    append(
        stream=made.stream, seq=1, kind="inspection.round_opened", by=by, at=at, subject=str(made), data=data
    )
    return made
