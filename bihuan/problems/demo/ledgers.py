"""Two old ledgers taken over: stated there, not verified here; a few rows were still open and go on in the loop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.demo.group import Group
from bihuan.problems.actions.set_measures import MeasureDraft
from bihuan.problems.actions.take_over import OldRow, Stated, take_over

from .acts import Acts
from .cases import Case, Caster
from .categories import KINDS
from .lives import Life, Lives

_CHECK = next(kind for kind in KINDS if kind.source == "special_check")


@dataclass(frozen=True)
class OldLedger:
    """`ago` days before today it was taken over; one row in `open_every` was still open then."""

    name: str
    top: str
    rows: int
    ago: int
    open_every: int


LEDGERS = (
    OldLedger("秋季安全大检查问题台账", "RZ", 38, 1040, 13),
    OldLedger("隐患排查治理台账", "JH", 30, 420, 6),
    OldLedger("专项整治问题清单", "ZB", 22, 40, 3),
)


class TakingOver:
    def __init__(self, group: Group, caster: Caster, lives: Lives) -> None:
        self.group, self.caster, self.lives = group, caster, lives

    def begin(self, ledger: OldLedger, share: float) -> list[Life]:
        day = local_day(self.group.at) - timedelta(days=ledger.ago)
        start = datetime.combine(day, time(14, 5), CHINA)
        return [
            self._row(ledger, row, start + timedelta(seconds=2 * row))
            for row in range(1, max(2, round(ledger.rows * share)) + 1)
        ]

    def _row(self, ledger: OldLedger, row: int, t: datetime) -> Life:
        random = Random(f"{ledger.name}:{row}")
        found = t - timedelta(days=random.randrange(35, 120))
        case = self.caster.draw(700_000 + ledger.ago * 100 + row, found, kind=_CHECK, top=ledger.top)
        is_open = row % ledger.open_every == 0
        t = yield t
        acts = Acts(self.group, case)
        acts.problem = self._take(ledger, row, case, found, is_open, t)
        if is_open:
            yield from self.lives.go_on(acts, t, recent=ledger.ago < 110)

    def _take(self, ledger: OldLedger, row: int, case: Case, found: datetime, is_open: bool, t: datetime):
        done_on = local_day(found) + timedelta(days=case.random.randrange(6, 30))
        stated = Stated(
            closed=not is_open, words="整改中" if is_open else "已完成", closed_on=None if is_open else done_on,
            verifier="" if is_open else case.closer.name,
        )  # fmt: skip
        latest = local_day(t) + timedelta(days=case.random.randrange(20, 60)) if is_open else done_on
        details = {
            "origin_title": f"{found.year}年{case.unit.shown}{ledger.name}", "place": case.place,
            "equipment": case.equipment, "category": case.category.name, "found_by_name": case.finder.name,
            "supervisor": case.office, "needs_plan": False, "extras": {"序号": str(row)},
        }  # fmt: skip
        details |= {"lead": case.lead} if is_open else {"lead_text": case.lead.name}
        measure = MeasureDraft(case.fix, standard=case.standard, owner_text=case.lead.name)
        old = OldRow(
            origin_key=f"{ledger.name}:{row}", unit=case.unit, statement=case.statement, stated=stated,
            found_on=local_day(found), due_on=latest, measures=() if is_open else (measure,), details=details,
        )  # fmt: skip
        return take_over(source="ledger", rows=[old], by=self.group.actor(case.liaison), at=t)[0]
