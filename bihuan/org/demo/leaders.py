"""领导分管 of the demo group: business lines, who of the leaders has charge of what, and one that changed hands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.give_portfolio import give_portfolio
from bihuan.org.actions.hand_portfolio import hand_portfolio
from bihuan.org.actions.keep_line import keep_line
from bihuan.org.models import BusinessLine, Person, Unit

from .people import Staff
from .units import MILLS

_LINES = {
    "安全环保": ("煤气", "有限空间", "高处作业", "危化品", "消防", "机械防护", "起重", "环保设施"),
    "设备": ("电气", "特种设备"),
    "党建": ("党建责任", "三重一大"),
    "财务采购": ("采购招投标",),
    "基础管理": ("班组管理", "台账资料"),
}
#: by the place in the list of leaders: secretary, general manager, two deputies, discipline secretary, chief engineer
_CHARGES = (
    ("党建",), ("安全环保", "LG1", "RZ"), ("设备", "LT", "SJC", "JH"), ("财务采购", "GM", "CG"), ("党建",), ("JS", "ZD"),
)  # fmt: skip
_NOTICE = "关于领导班子成员分工的通知"


def give_portfolios(staff: Staff, units: Mapping[str, Unit], *, on: date, at: datetime) -> None:
    lines = {
        title: keep_line(title=title, categories=words, by=SYSTEM, at=at) for title, words in _LINES.items()
    }
    leaders = staff.of("JT", "leader")
    for leader, charges in zip(leaders, _CHARGES, strict=False):
        for what in charges:
            _give(leader, what, lines, units, on, at)
    changed = give_portfolio(
        person=leaders[2], line=lines["基础管理"], from_day=on, document=_NOTICE, by=SYSTEM, at=at
    )
    day = on + timedelta(days=120)
    hand_portfolio(
        portfolio=changed, to=leaders[3], on=day, document=f"{_NOTICE}（调整）", by=SYSTEM,
        at=at + timedelta(days=120),
    )  # fmt: skip
    for mill in MILLS:
        for deputy in staff.of(mill.code, "deputy")[:1]:
            for code, _, _ in mill.rooms[:2]:
                _give(deputy, code, lines, units, on, at)


def _give(
    person: Person,
    what: str,
    lines: Mapping[str, BusinessLine],
    units: Mapping[str, Unit],
    on: date,
    at: datetime,
) -> None:
    told = {"line": lines[what]} if what in lines else {"unit": units[what]}
    give_portfolio(person=person, from_day=on, document=_NOTICE, by=SYSTEM, at=at, **told)  # type: ignore[arg-type]
