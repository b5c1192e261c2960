"""Who may import, and when an import may be carried out."""

from __future__ import annotations

from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.org.models import Unit

from .models import ColumnMemory, LedgerImport


def may_import(by: Actor, home: Unit) -> Verdict:
    """Ledgers of the units under one's own hand: by `ledger.import`, or `ledger.import_own` for one's unit."""
    path = home.path or ""
    if by.may_in("ledger.import", path) or by.may_in("ledger.import_own", path):
        return Verdict.yes()
    return Verdict.no(f"你没有给{home}导入台账的权限", "选本单位，或请安全管理员授权")


def may_take_for(by: Actor, unit: Unit) -> Verdict:
    """A row becomes a problem of the unit it names: that must be one's own, or nobody could be kept out."""
    if may_import(by, unit):
        return Verdict.yes()
    return Verdict.no(f"{unit}不在你能导入台账的范围里", "跳过这些行，或把责任单位改成本单位")


def may_open_units(by: Actor) -> Verdict:
    """A contractor stands below the group, outside every mill: not for who may import for the own unit only."""
    if by.is_system or by.may("ledger.import"):
        return Verdict.yes()
    return Verdict.no("新建外委单位要由督办部门导入", "把这些名称归到本单位，原文保留")


def may_change(ledger: LedgerImport) -> Verdict:
    if ledger.state == LedgerImport.State.DRAFT:
        return Verdict.yes()
    now = LedgerImport.State(ledger.state).label
    return Verdict.no(f"这次导入现在是“{now}”，不能再改", "要更正就重新上传一次，已有的行不会重复导入")


def may_forget(memory: ColumnMemory, by: Actor) -> Verdict:
    """A mapping of the group is forgotten by who imports for the group, a unit's by who imports for the unit."""
    if may_import(by, memory.home):
        return Verdict.yes()
    return Verdict.no(
        f"这份对应由{memory.home}记住，对所属各单位都用", "这一次可以不用，要去掉请安全管理部门办"
    )


def may_load(ledger: LedgerImport, by: Actor) -> Verdict:
    """Every row has its decision, and there is something to take."""
    if ledger.state == LedgerImport.State.DONE:
        return Verdict.no("已被他人处理，这本台账已经导入", "刷新页面看导入结果")
    may = Verdict.yes() if ledger.state == LedgerImport.State.LOADING else may_change(ledger)
    if not may:
        return may
    may = may_import(by, ledger.home)
    if not may:
        return may
    counts = ledger.counts
    if counts.get("fix"):
        return Verdict.no(f"还有 {counts['fix']} 行要处理", "逐行改好，或跳过这些行")
    if not sum(counts.get(code, 0) for code in ("ok", "guessed", "changed", "conflict")):
        if ledger.previous_id and ledger.wishes.get("gone"):
            return Verdict.yes()
        if ledger.previous_id:
            return Verdict.no("和上一版没有不同，没有要导入的", "不用再导，放弃就行")
        return Verdict.no("没有可以导入的行", "检查表头和列是不是认对了")
    return Verdict.yes()
