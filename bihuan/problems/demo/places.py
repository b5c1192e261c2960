"""Where in each unit such things are found. A tag is a kind of place; a unit without a tag has no such findings.

g gas, c crane bays, e electrical rooms, f fire, b rotating and belts, h heights, k confined, x chemicals,
v environment, s special equipment.
"""

from __future__ import annotations

from functools import cache

_TABLE = """
LT g 1号高炉炉身平台、2号高炉煤气清洗区、热风炉煤气管廊、TRT 区域
LT c 1号高炉出铁场、铸铁机跨
LT e 上料主控电气室、1号高炉配电室、水泵房高压室
LT f 1号高炉液压站、上料电缆通廊、喷煤车间
LT b 1号上料皮带通廊、矿槽下振动筛、焦槽返焦皮带
LT h 热风炉平台、1号高炉炉顶平台、重力除尘器顶部
LT k 重力除尘器内部、冲渣沟、煤气水封井
LT v 出铁场、矿槽、渣处理区
LT s 空压站、氮气储罐区
LG1 g 转炉煤气回收站、煤气柜、烤包器平台
LG1 c 加料跨、连铸浇钢跨、废钢配料间、钢水接收跨
LG1 e 转炉主控电气室、连铸电气室、除尘配电室
LG1 f 连铸液压站、转炉电缆层、油库
LG1 b 连铸出坯辊道、合金上料皮带、结晶器振动台
LG1 h 转炉炉顶平台、汽化冷却平台、连铸回转台
LG1 k 汽包、旋流井、转炉烟道
LG1 v 转炉二次除尘、废钢堆场、钢渣焖渣区
LG1 s 汽化冷却汽包、氧枪阀站
LG2 g 煤气加压站、钢包烘烤区
LG2 c 精炼跨、浇钢跨
LG2 e LF 炉变压器室、精炼电气室
LG2 f 液压站、钢水包热修区
LG2 b 合金皮带、出坯辊道
LG2 h RH 炉平台、上料平台
LG2 v 精炼除尘、渣跨
LG2 s 蒸汽管道区、RH 真空罐区
RZ g 2号加热炉区域、1号加热炉煤气平台、3号加热炉换向阀区
RZ c 磨辊间、成品库一跨、精整区、粗轧跨、卷取跨
RZ e 轧线主电室、精整配电室、水处理配电室、粗轧变频器室
RZ f 主轧线电缆隧道、地下油库、精轧液压站
RZ b 卷取区运输链、精轧机架辊道、平整机组、除鳞泵房
RZ h 加热炉炉顶、飞剪平台、层流冷却走台
RZ k 旋流井、铁皮坑、均热坑
RZ x 油库、水处理药剂间
RZ v 加热炉排口、精轧除尘器、平流沉淀池
RZ s 空压站、成品库叉车充电区、汽化冷却汽包
LZ g 退火炉煤气阀组区、锌锅燃烧区
LZ c 原料库、成品库、轧辊间
LZ e 轧机主电室、酸洗配电室
LZ f 轧制油库、涂层烘干区
LZ b 酸轧活套、平整机、开卷机组
LZ h 退火炉顶、锌锅平台
LZ k 酸洗槽、活套地坑
LZ x 酸再生站、钝化液间、酸罐区
LZ v 酸雾塔、废水处理站
LZ s 退火炉氢气站、叉车库
ZHB g 加热炉煤气阀组区
ZHB c 成品跨、矫直跨
ZHB e 主电室
ZHB b 冷床、定尺剪区
ZHB h 加热炉顶、冷床走台
ZHB f 液压站、电缆夹层
BX g 棒材加热炉区
BX c 成品跨、轧机跨
BX b 飞剪区、冷床、打包机
BX e 轧线电气室
BX f 高线油库
JH g 焦炉地下室、煤气鼓风机室、1号焦炉交换机室
JH e 炼焦配电室、化产变电所、干熄焦电气室
JH f 鼓风机油站、化产区 2 号泵房、煤塔
JH b 备煤皮带通廊、粉碎机室、干熄焦装入机
JH h 煤塔平台、焦炉炉顶、推焦车走台
JH k 荒煤气管道、初冷器、氨水澄清槽
JH x 粗苯罐区、氨水储槽区、硫酸罐区、脱硫泵房
JH v 装煤除尘站、脱硫废液提盐间、焦场
JH s 干熄焦锅炉、循环氨水泵房
SJC e 主抽风机室、配料电气室
SJC b 混合机、烧结机尾部、成品皮带通廊、返矿皮带
SJC h 烧结机平台、机头电除尘顶部
SJC k 脱硫塔、混合机筒体
SJC v 机尾除尘、脱硫脱硝区、成品矿仓
SJC f 主抽油站
SJC g 点火炉煤气区
QT b 造球盘、链篦机、回转窑托轮
QT h 竖炉平台、布料平台
QT v 竖炉除尘、成品堆场
QT e 主控电气室
QT g 竖炉煤气区
DL g 10 万立方煤气柜、煤气加压站、煤气防护站、焦炉煤气混合站
DL e 110 千伏变电所、供电调度室、2号泵站配电室
DL f 110 千伏电缆沟、加压机油站
DL k 煤气水封井、供水阀门井
DL b 2号泵站、软水站
DL x 水处理加药间
DL s 空压站、蒸汽管网
ZB e 发电机出线小室、6 千伏配电室、输煤配电室
ZB f 汽机油箱区、输煤皮带电缆桥架、氢站
ZB b 输煤 2 号皮带、给煤机、磨煤机、灰渣皮带
ZB h 锅炉钢架、汽包平台、输煤栈桥
ZB k 脱硫塔、凝汽器水室、煤斗
ZB x 化学制水间、氨区、酸碱储罐区
ZB v 脱硫区、灰库、煤场
ZB s 1号锅炉、2号锅炉、汽轮机抽汽管道
ZB g 煤气掺烧阀组区
YQ f 液氧储罐区、制氧主厂房
YQ e 空压机配电室
YQ s 氧气球罐、压力管道区
YQ k 空分冷箱
YQ b 空压机、增压机
YL b 1号堆取料机、混匀料场皮带、翻车机
YL v 1号料场、混匀料场
YL h 堆取料机悬臂、转运站
YL e 料场电气室
YS b 铁路道口、翻车机牵车台
YS f 机车油库
YS s 汽车库、机车检修库
YS v 洗车平台、物料运输道路
YS e 信号楼、道口值班房
JX c 机修车间、铆焊车间
JX e 电修车间、试验室
JX f 铆焊车间、喷漆房
JX h 外部检修现场、铆焊平台
JX b 机加工区、砂轮间
JX s 场内机动车库、气瓶间
FG b 剪切机、打包机
FG c 废钢跨
FG v 废钢堆场
NC b 混碾机、压砖机
NC v 原料破碎间
ZJ e 制样间
ZJ x 试剂间
ZD e 服务器机房
WL s 叉车作业区、吊装站台
WL f 综合仓库、钢材库
WL c 钢材库一跨
GM f 保税仓库
KY b 破碎机、球磨机、主井提升机
KY e 选矿配电室
KY h 采场边坡、浓密机走台
KY k 井下巷道、药剂搅拌槽
KY v 尾矿库、排土场
KY x 炸药库、药剂库
GC h 土建施工现场、钢结构安装现场
GC e 施工现场临电
GC c 安装现场
HQ f 职工食堂、单身公寓
HQ s 锅炉房、食堂电梯
YY x 药品库
YY s 门诊电梯
HG x 焦油储罐区、苯储罐区、装卸台
HG f 苯加氢泵区、焦油蒸馏区
HG s 加氢反应器
HG e 防爆配电室
HG v 污水预处理区
XNY e 光伏逆变室
XNY x 加氢站
ZY f 地下车库
"""


@cache
def places() -> dict[str, dict[str, tuple[str, ...]]]:
    """Unit code -> tag -> places."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in _TABLE.strip().splitlines():
        unit, tag, names = line.split(" ", 2)
        found.setdefault(unit, {})[tag] = tuple(names.split("、"))
    return found


#: whose workshop it is, where a kind of place belongs to one
_WORKSHOPS = (
    "RZ g RZ-JR, RZ c RZ-XC, RZ e RZ-DQ, RZ x RZ-SCL, RZ v RZ-SCL, RZ b RZ-JZ, RZ f RZ-SB, JH x JH-HC, JH g JH-LJ, "
    "JH b JH-BM, JH h JH-LJ, JH k JH-HC, JH s JH-GX, LT b LT-SL, LT g LT-RF, LT c LT-GL1, LT e LT-SB, LT h LT-GL1, "
    "LG1 c LG1-LZ, LG1 b LG1-LZ, LG1 g LG1-ZL, LG1 h LG1-ZL, LG1 v LG1-FG, LG1 e LG1-SB, ZB b ZB-RL, ZB x ZB-HX, "
    "ZB e ZB-DQ, ZB v ZB-TL, ZB h ZB-GL, ZB f ZB-QJ, LZ x LZ-SX, LZ g LZ-TH, LZ h LZ-TD, LZ b LZ-ZZ, SJC v SJC-TL, "
    "SJC b SJC-SJ, SJC k SJC-TL, DL g DL-RQ, DL e DL-GD, DL b DL-GS, DL x DL-GS, DL k DL-GS, YS b YS-TL, YS s YS-QC, "
    "JX c JX-JX, JX e JX-DX, JX h JX-QZ, WL s WL-CC, WL f WL-CC, KY b KY-XK, KY v KY-WK, KY x KY-CK, HG x HG-BJ"
)
#: a statement that names a machine of its own needs a place where there is one
_NEEDS = {
    "皮带": "皮带 矿槽 振动筛 煤 料 返矿 仓",
    "换辊": "轧 辊 机架",
    "滚筒": "皮带 筛 煤 料",
    "煤气柜": "柜",
    "煤气加压机": "加压",
    "氨区": "氨",
    "酸碱": "酸 碱 水处理",
    "装卸台": "装卸 罐区",
    "C 型钩": "库 卷取 成品",
    "除尘": "除尘 炉 槽 机尾 矿 转炉 焦 石 料 破碎 渣",
    "脱硫废液": "提盐",
    "洗车": "洗车 道路",
    "堆场": "场 库 区",
    "叉车": "叉车 库 汽车 机动车",
    "锅炉": "锅炉",
    "电梯": "电梯 职工 公寓 门诊",
    "储罐": "罐 库 槽 区",
    "高压": "主电 高压 变电 配电 风机 主控 千伏",
    "电缆桥架": "电缆 电气 配电 主电 通廊",
    "变频": "变频 电气 配电 主电",
    "粉尘": "电缆 通廊 煤 油库 液压",
    "清淤": "井 坑 沟 池 槽",
    "剪切": "剪 机组 精整",
    "压力管道": "管 站 氢 罐 抽汽 氧",
    "装载机": "场 车 库",
    "皮带转运": "皮带 仓 转 料",
    "辊道": "辊道 轧 机架 运输链 活套 机组",
}


@cache
def workshops() -> dict[tuple[str, str], str]:
    return {(unit, tag): code for unit, tag, code in (row.split() for row in _WORKSHOPS.split(", "))}


def places_for(unit: str, tag: str, statement: str) -> tuple[str, ...]:
    """The unit's places where this can have been found; empty when there is none."""
    found = places().get(unit, {}).get(tag, ())
    for word, marks in _NEEDS.items():
        if word in statement:
            found = tuple(place for place in found if any(mark in place for mark in marks.split()))
    return found
