"""The units of the group: one head office, its departments, its mills, centres and companies.

A line is `code name kind size` and, after a colon, its workshops with their teams: `code=name/team/team`.
`size` is how many people the unit has beside its heads, at full scale.
"""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.org.actions.open_unit import NewUnit

GROUP = NewUnit("JT", "晋岭钢铁集团有限公司", "group", None, "晋岭钢铁", "黑色金属冶炼")

_DEPARTMENTS = (
    "AQ 安全管理部 10",
    "HB 能源环保部 9",
    "JJ 纪委综合室 6",
    "ZZ 组织部 6",
    "SJ 审计部 6",
    "CW 财务部 8",
    "FW 法务部 5",
    "SB 设备管理部 9",
    "XF 信访办 4",
    "XC 宣传部 5",
    "XCB 巡察办 7",
)
_MILLS = (
    "LT 炼铁厂 mill 35: GL1=一高炉车间/甲班/乙班/丙班 GL2=二高炉车间/甲班/乙班 SL=上料车间 RF=热风车间 SB=设备车间 AH=安全环保科",
    "LG1 炼钢一厂 mill 32: ZL=转炉车间/甲班/乙班/丙班 LZ=连铸车间/甲班/乙班 FG=废钢车间 SB=设备车间 AH=安全环保科",
    "LG2 炼钢二厂 mill 19: ZL=转炉车间 JL=精炼车间 LZ=连铸车间 AH=安全环保科",
    "RZ 热轧厂 mill 164: JR=加热炉车间 ZG=轧钢车间/甲班/乙班/丙班/丁班 JZ=精整车间 CP=成品车间 MG=磨辊车间"
    " SB=设备车间/机械班/液压班 DQ=电气车间/电气班/自动化班 SCL=水处理车间 XC=行车车间/一班/二班 SC=生产技术科 AH=安全环保科 ZH=综合科",
    "LZ 冷轧厂 mill 26: SX=酸洗车间 ZZ=轧制车间/甲班/乙班 TH=退火车间 TD=涂镀车间 SB=设备车间 AH=安全环保科",
    "ZHB 中厚板厂 mill 19: JR=加热车间 ZG=轧钢车间 RCL=热处理车间 AH=安全环保科",
    "BX 棒线厂 mill 17: BC=棒材车间 XC=线材车间 AH=安全环保科",
    "JH 焦化厂 mill 33: BM=备煤车间 LJ=炼焦车间/甲班/乙班/丙班 HC=化产车间/冷鼓班/脱硫班 GX=干熄焦车间 AH=安全环保科",
    "SJC 烧结厂 mill 22: PL=配料车间 SJ=烧结车间/甲班/乙班 TL=脱硫脱硝车间 AH=安全环保科",
    "QT 球团厂 mill 13: ZQ=造球车间 PS=焙烧车间 AH=安全环保科",
    "DL 动力厂 mill 21: RQ=燃气车间/加压班/防护站 GS=供水车间 GD=供电车间 AH=安全环保科",
    "ZB 自备电厂 mill 166: YX=运行车间/甲值/乙值/丙值/丁值 GL=锅炉检修车间 QJ=汽机检修车间 DQ=电气车间 RG=热工车间"
    " HX=化学车间 RL=燃料车间/运行班/检修班 TL=脱硫除灰车间 SC=生产技术科 AH=安全环保科 ZH=综合科",
    "YQ 氧气厂 mill 13: ZY=制氧车间 CC=储充车间 AH=安全环保科",
    "YL 原料厂 mill 14: LC=料场车间 PD=皮带车间 AH=安全环保科",
    "YS 运输部 mill 19: TL=铁路车间/调车班 QC=汽运车间 JW=机务车间 AH=安全环保科",
    "JX 检修中心 mill 21: JX=机械检修车间/一班/二班 DX=电气检修车间 QZ=起重车间 AH=安全环保科",
    "FG 废钢加工厂 mill 9: JG=加工车间 AH=安全环保科",
    "NC 耐材厂 mill 8: SC=生产车间 AH=安全环保科",
    "ZJ 质检中心 mill 8: HY=化验室 XN=检验站",
    "ZD 自动化公司 company 8: XM=项目部 YW=运维部",
    "WL 物流公司 company 13: CC=仓储部 CD=车队 AH=安全环保科",
    "GM 国贸公司 company 8: JK=进口部 NM=内贸部",
    "KY 矿业公司 company 17: CK=采矿车间 XK=选矿车间 WK=尾矿车间 AH=安全环保科",
    "XS 销售公司 company 7: SC=市场部 HT=合同部",
    "CG 采购中心 company 7: YL=原料采购部 BJ=备件采购部",
    "GC 工程公司 company 11: TJ=土建分公司 AZ=安装分公司 AH=安全环保科",
    "HQ 后勤服务公司 company 8: CY=餐饮部 WY=物业部",
    "YY 职工医院 company 6: ZY=职业病科 HQ=后勤科",
    "JS 技术中心 company 7: YF=研发室 SY=试验室",
    "ZY 置业公司 company 5: WY=物业部",
    "HG 化工公司 company 11: JY=焦油车间 BJ=苯加氢车间 AH=安全环保科",
    "XNY 新能源公司 company 7: GF=光伏站 QN=加氢站",
)


#: what a unit's trade is, for plans that look at it; every other mill makes steel
_INDUSTRIES = {
    "矿业": ("KY",),
    "工程": ("GC", "JX", "ZD"),
    "新材料": ("NC", "HG", "XNY", "JS"),
    "物流贸易": ("YS", "WL", "GM", "XS", "CG"),
    "服务": ("HQ", "YY", "ZY"),
}
_STEEL = "钢铁"


@dataclass(frozen=True)
class TopUnit:
    """A unit right under the group. `rooms` are (code, name, teams) of its workshops."""

    code: str
    name: str
    kind: str
    size: int
    rooms: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


def _mill(line: str) -> TopUnit:
    head, _, rooms = line.partition(": ")
    code, name, kind, size = head.split()
    parsed = []
    for room in rooms.split():
        short, _, named = room.partition("=")
        name_, *teams = named.split("/")
        parsed.append((f"{code}-{short}", name_, tuple(teams)))
    return TopUnit(code, name, kind, int(size), tuple(parsed))


def _department(line: str) -> TopUnit:
    code, name, size = line.split()
    return TopUnit(code, name, "department", int(size))


DEPARTMENTS = tuple(_department(line) for line in _DEPARTMENTS)
MILLS = tuple(_mill(line) for line in _MILLS)
TOP = (*DEPARTMENTS, *MILLS)


def _industry(top: TopUnit) -> str:
    if top.kind == "department":
        return ""
    return next((name for name, codes in _INDUSTRIES.items() if top.code in codes), _STEEL)


def new_units() -> list[NewUnit]:
    """All units in tree order, as `open_units` takes them."""
    units = [GROUP]
    for top in TOP:
        full = "党委巡察工作领导小组办公室" if top.code == "XCB" else top.name
        short = top.name if full != top.name else ""
        units.append(NewUnit(top.code, full, top.kind, "JT", short, _industry(top)))
        for code, name, teams in top.rooms:
            units.append(NewUnit(code, f"{top.name}{name}", "workshop", top.code, name))
            units += [
                NewUnit(f"{code}-{n}", f"{top.name}{name}{team}", "team", code, f"{name}{team}")
                for n, team in enumerate(teams, 1)
            ]
    return units
