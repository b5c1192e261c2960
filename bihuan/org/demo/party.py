"""The party organisations: 39 in scope of inspection, a mill with 17 branches, a power plant with 15.

A line is `code name kind units`; units are codes, several for a joint branch (联合党支部).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.open_party_org import open_party_org
from bihuan.org.models import PartyOrg, Unit

from .units import MILLS

_COMMITTEES = ("LT", "LG1", "LG2", "RZ", "LZ", "JH", "SJC", "DL", "ZB", "YS", "JX", "KY", "WL")
_DEPARTMENTS_IN_SCOPE = ("AQ", "HB", "SB", "CW", "SJ", "FW", "XC")
_DEPARTMENTS_BESIDE = ("JJ", "ZZ", "XF", "XCB")

#: The mill with 17 branches; the sixth is a joint branch over two workshops.
_HOT_MILL = (
    ("加热炉车间党支部", "RZ-JR"),
    ("轧钢车间甲班党支部", "RZ-ZG-1"),
    ("轧钢车间乙班党支部", "RZ-ZG-2"),
    ("轧钢车间丙班党支部", "RZ-ZG-3"),
    ("轧钢车间丁班党支部", "RZ-ZG-4"),
    ("精整成品联合党支部", "RZ-JZ RZ-CP"),
    ("磨辊车间党支部", "RZ-MG"),
    ("设备车间机械党支部", "RZ-SB-1"),
    ("设备车间液压党支部", "RZ-SB-2"),
    ("电气车间党支部", "RZ-DQ-1"),
    ("自动化党支部", "RZ-DQ-2"),
    ("水处理车间党支部", "RZ-SCL"),
    ("行车车间一班党支部", "RZ-XC-1"),
    ("行车车间二班党支部", "RZ-XC-2"),
    ("生产技术科党支部", "RZ-SC"),
    ("安全环保科党支部", "RZ-AH"),
    ("综合科党支部", "RZ-ZH"),
)
_POWER_PLANT = (
    ("运行甲值党支部", "ZB-YX-1"),
    ("运行乙值党支部", "ZB-YX-2"),
    ("运行丙值党支部", "ZB-YX-3"),
    ("运行丁值党支部", "ZB-YX-4"),
    ("锅炉检修党支部", "ZB-GL"),
    ("汽机检修党支部", "ZB-QJ"),
    ("电气党支部", "ZB-DQ"),
    ("热工党支部", "ZB-RG"),
    ("化学党支部", "ZB-HX"),
    ("燃料运行党支部", "ZB-RL-1"),
    ("燃料检修党支部", "ZB-RL-2"),
    ("脱硫除灰党支部", "ZB-TL"),
    ("生产技术党支部", "ZB-SC"),
    ("安全环保党支部", "ZB-AH"),
    ("综合党支部", "ZB-ZH"),
)
BRANCHES = {"RZ": _HOT_MILL, "ZB": _POWER_PLANT}


def open_party(units: Mapping[str, Unit], *, on: date, at: datetime) -> dict[str, PartyOrg]:
    """Opens the tree and returns it by code: `DW`, `DW-RZ`, `DZB-RZ-01` …"""
    opened: dict[str, PartyOrg] = {}

    def open_one(code: str, name: str, kind: str, above: str, covers: list[Unit], **more) -> None:
        opened[code] = open_party_org(
            code=code,
            name=name,
            kind=kind,
            parent=opened.get(above),
            on=on,
            units=covers,
            by=SYSTEM,
            at=at,
            **more,
        )

    open_one("DW", "中共晋岭钢铁集团有限公司委员会", "committee", "", [units["JT"]], short_name="集团党委")
    for mill in MILLS:
        large = mill.code in _COMMITTEES
        word, kind = ("党委", "committee") if large else ("党总支", "general_branch")
        open_one(f"DW-{mill.code}", f"{mill.name}{word}", kind, "DW", [units[mill.code]], in_scope=True)
    for code in (*_DEPARTMENTS_IN_SCOPE, *_DEPARTMENTS_BESIDE):
        scope = code in _DEPARTMENTS_IN_SCOPE
        open_one(f"DW-{code}", f"{units[code].shown}党支部", "branch", "DW", [units[code]], in_scope=scope)
    for mill_code, branches in BRANCHES.items():
        for n, (name, covers) in enumerate(branches, 1):
            found = [units[code] for code in covers.split()]
            open_one(f"DZB-{mill_code}-{n:02d}", name, "branch", f"DW-{mill_code}", found)
    return opened
