"""The set pieces: what stands on somebody's desk today, each with its story so far.

`chain` names the steps in order; `due` and `found` count in days from today, `last` is when the last step was.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scene:
    top: str
    category: str
    source: str
    statement: str
    fix: str
    standard: str
    chain: str
    found: int
    due: int
    last: tuple[int, str]
    equipment: str = ""
    place: str = ""
    unit: str = ""
    lead: str = ""
    liaison: str = ""
    finder: str = ""
    approver: str = ""
    closer: str = ""
    office: str = ""
    grade: str = "general"
    timing: str = "time_limited"
    to: str = ""
    secret: bool = False


_PLAN = "raise assign accept plan approve report"
_QUICK = "raise assign accept"
_G, _H = "高文静", "郝立明"

# fmt: off
OFFICE = (
    Scene("LG1", "消防", "check_team", "废钢料场堆存区域界线不清，与消防通道混用", "划定堆存界线并清空消防通道", "通道宽度 4 米以上",
          "raise assign accept plan back plan", 46, -3, (1, "16:05"), office="XCB", approver=_G),
    Scene("JH", "班组管理", "check_team", "三级安全教育档案缺失，新进 27 人无车间级考核记录", "补做车间级教育并考试建档", "27 人档案齐全",
          f"{_PLAN} remind", 128, -41, (0, "09:20"), office="XCB", approver=_G, lead="侯振华", liaison="阎春燕"),
    Scene("RZ", "班组管理", "check_team", "外委队伍安全交底记录代签，抽查 20 份有 7 份笔迹雷同", "补做交底并通报外委单位", "交底记录 20 份本人签字",
          f"{_PLAN} proof submit", 58, 3, (1, "17:22"), office="XCB", closer=_G, lead="段志远", liaison="牛晓东"),
    Scene("GM", "采购招投标", "audit", "物资采购“化整为零”规避招标，涉及合同 14 份", "修订采购办法并清理 14 份合同", "清理报告 1 份",
          f"{_PLAN} proof submit", 75, 3, (1, "15:48"), office="XCB", closer=_G),
    Scene("JX", "班组管理", "check_team", "外委检修队伍入厂安全交底记录代签，抽查 12 份均为一人笔迹", "补交底并通报外委队伍", "交底记录 12 份本人签字",
          f"{_PLAN} proof submit reject proof submit", 66, 3, (1, "18:20"), office="XCB", closer=_G),
    Scene("DL", "危化品", "check_team", "危化品库双人双锁执行不到位，一人可独立开门", "恢复双人双锁，分开保管钥匙", "领用登记双人签字",
          "raise assign", 9, 8, (4, "10:30"), office="XCB", approver=_G, liaison="卫建平", place="水处理加药间"),
    Scene("LZ", "党建责任", "check_team", "中层干部谈心谈话记录雷同，6 份仅改动姓名", "重新开展谈心谈话并如实记录", "谈话记录 6 份",
          "raise assign accept", 16, 14, (9, "14:10"), office="XCB", approver=_G, liaison="武丽娜"),
    Scene("YS", "班组管理", "check_team", "班组安全活动走过场，3 个班组记录内容一致", "重新组织安全活动并由车间领导参加", "活动记录 3 份",
          "raise assign accept plan back", 21, 10, (3, "11:15"), office="XCB", approver=_G, liaison="崔永刚"),
    Scene("RZ", "三重一大", "discipline", "“三重一大”事项会议纪要缺少表决情况 4 次", "补充表决情况并规范纪要格式", "纪要 4 份",
          "raise assign accept", 12, 16, (2, "09:05"), office="XCB", approver=_G, liaison="牛晓东", lead="段志远"),
    Scene("JT", "三重一大", "upper", "集团本部“三重一大”决策事项督办台账中断 2 个月", "恢复督办台账并按月通报", "通报 1 份",
          f"{_PLAN}", 24, 9, (2, "10:40"), office="XCB", approver=_G, lead="贺长风", liaison="贺长风"),
    Scene("JH", "党建责任", "check_team", "环保设施与主体设备责任人未实行同奖同罚", "修订考核办法，纳入月度考核", "印发，有文号",
          f"{_PLAN}", 140, 41, (6, "15:30"), office="XCB", approver=_G, lead="侯振华", timing="long_term"),
    Scene("LT", "班组管理", "check_team", "班组安全活动走过场，高炉车间 3 个班组记录内容一致", "重新组织安全活动", "活动记录和照片各 3 份",
          f"{_PLAN}", 33, 6, (1, "10:12"), office="XCB", approver=_G, liaison="韩玉梅"),
    Scene("LT", "党建责任", "special_check", "党支部书记讲安全课全年仅 1 次，低于制度要求", "制定讲课计划并补讲", "课件和签到表各 1 份",
          f"{_PLAN} proof submit", 52, 1, (0, "08:55"), lead="白建军", closer="任秀英"),
    Scene("RZ", "党建责任", "special_check", "发展党员材料缺政审签字 4 份", "补齐手续并核查流程", "材料复核表 1 份",
          "raise assign accept plan", 18, 5, (1, "11:36"), approver="任秀英", liaison="牛晓东", lead="段志远"),
    Scene("RZ", "党建责任", "special_check", "精整成品联合党支部主题党日与安全生产结合不紧，内容以读文件为主", "制定主题党日计划，结合现场排查", "活动记录 3 份",
          f"{_PLAN}", 26, 5, (1, "09:40"), unit="RZ-JZ", lead="秦玉珍", approver="任秀英"),
    Scene("LG2", "采购招投标", "discipline", "废旧物资处置未公开竞价 3 批，经办人与买方有亲属关系待核实", "停止协议处置，改为公开竞价", "竞价记录 1 份",
          f"{_PLAN}", 30, 12, (3, "16:30"), secret=True),
)
ENVIRONMENT = (
    Scene("LT", "环保设施", "special_check", "出铁场除尘风机停运 42 分钟，主体设备未同步停机", "恢复除尘并设置联锁停机", "联锁试验记录 1 份",
          "raise assign accept plan", 13, 3, (0, "08:40"), equipment="除尘风机", place="出铁场", approver="薛俊杰", liaison="韩玉梅"),
    Scene("JH", "环保设施", "upper", "脱硫废液提盐项目未按期投运，台账与现场不一致", "完成调试并投运", "投运记录与台账一致",
          f"{_PLAN} longer", 61, 3, (0, "09:08"), place="脱硫废液提盐间", approver="薛俊杰", lead="侯振华", liaison="阎春燕"),
    Scene("SJC", "环保设施", "daily_check", "除尘灰外运联单不全，抽查 11 车缺 4 份", "补全联单并改为吸排罐车", "联单与过磅一致",
          f"{_PLAN} proof submit reject", 37, 4, (6, "14:20"), place="机尾除尘", closer="薛俊杰"),
    Scene("LZ", "环保设施", "special_check", "酸雾塔喷淋水量不足，出口有可见酸雾", "疏通喷嘴并恢复水量", "出口检测合格",
          f"{_PLAN} proof submit", 29, 0, (0, "10:15"), place="酸雾塔", closer="薛俊杰", liaison="武丽娜"),
    Scene("KY", "环保设施", "check_team", "尾矿库浸润线观测孔 2 个堵塞未恢复", "疏通观测孔并恢复自动观测", "观测数据连续",
          f"{_PLAN} remind", 48, -5, (1, "15:55"), place="尾矿库", liaison="乔国栋", office="AQ"),
)
SAFETY = (
    Scene("RZ", "煤气", "check_team", "2 号加热炉区域煤气报警器未按周期检定，现场抽查 6 台均超过有效期，最长超期 5 个月，点检记录仍填写“完好”", "6 台报警器全部送检并换贴合格证", "检定证书 6 份",
          f"{_PLAN} longer granted proof submit reject proof submit", 63, 0, (0, "10:42"), equipment="固定式煤气报警器", place="2号加热炉区域", lead="段志远", liaison="牛晓东", closer=_H),
    Scene("LT", "煤气", "daily_check", "高炉区域 3 处煤气排水器水位计失效，巡检记录未反映", "更换水位计并恢复水封高度", "水位刻度清晰，补水记录连续 7 天",
          f"{_PLAN} remind", 42, -12, (1, "16:20"), equipment="煤气排水器", lead="贾海峰", liaison="韩玉梅", approver=_H),
    Scene("JH", "危化品", "daily_check", "化产区域 2 号泵房可燃气体探头被积尘遮挡", "清洁探头并标定", "标定记录 1 份",
          f"{_QUICK}", 5, -1, (3, "13:30"), equipment="可燃气体探头", place="脱硫泵房", liaison="阎春燕", timing="immediate"),
    Scene("RZ", "起重", "daily_check", "精整区行车吊钩闭锁装置变形，仍在吊运作业", "更换吊钩防脱装置", "防脱装置动作灵活",
          f"{_QUICK}", 3, 0, (2, "09:15"), equipment="3号行车", place="精整区", lead="申世杰", timing="immediate"),
    Scene("LT", "机械防护", "daily_check", "1 号皮带通廊人行侧防护网缺 4 米，夜间照明不足", "补装防护网和照明", "防护网连续，无缺口",
          f"{_PLAN}", 22, 2, (1, "14:00"), place="1号上料皮带通廊", lead="贾海峰"),
    Scene("RZ", "机械防护", "daily_check", "换辊小车轨道限位螺栓松动 2 处", "紧固限位螺栓并做防松标记", "防松标记齐全",
          "raise assign", 2, 4, (1, "15:10"), equipment="换辊小车", place="精轧机架辊道", liaison="牛晓东"),
    Scene("RZ", "电气", "special_check", "主电室电缆桥架盖板掀开 5 米未复位，积尘约 3 厘米", "清灰并恢复盖板固定", "盖板固定齐全",
          "raise assign", 3, 1, (2, "16:45"), equipment="电缆桥架", place="轧线主电室", liaison="牛晓东"),
    Scene("RZ", "消防", "special_check", "地下油库干粉灭火器 4 具压力不足，检查卡停在 2 个月前", "更换灭火器并补检查卡", "压力指针在绿区",
          f"{_PLAN}", 19, 1, (1, "13:20"), equipment="灭火器", place="地下油库", lead="段志远", liaison="牛晓东"),
    Scene("JH", "电气", "daily_check", "焦炉地下室通风机备用机无法启动", "修复备用通风机并试运行", "连续运行 72 小时",
          f"{_PLAN}", 12, 7, (2, "10:05"), place="炼焦配电室", liaison="阎春燕"),
    Scene("LT", "高处作业", "daily_check", "热风炉平台护栏焊口开裂，半年内第 2 次", "护栏焊接恢复并加强筋", "护栏受力试验合格",
          "raise assign accept plan approve proof submit close relapse", 96, 21, (4, "10:50"), place="热风炉平台", lead="贾海峰"),
    Scene("WL", "特种设备", "daily_check", "叉车日检记录与实际运行台时不符", "按台时核对日检并停用超期叉车", "日检与台时一致",
          f"{_PLAN} remind", 38, -8, (1, "11:00"), equipment="2号叉车", place="叉车作业区", lead="温慧敏", office="AQ"),
    Scene("LG1", "起重", "special_check", "浇钢跨 2 号行车滑线防护罩缺失 6 米，检修通道一侧可触及", "补齐滑线防护罩", "防护罩完整，无可触及处",
          f"{_QUICK} other", 8, 9, (0, "09:50"), equipment="2号行车", place="连铸浇钢跨", liaison="孟凡伟", to="RZ"),
    Scene("LZ", "机械防护", "daily_check", "轧制车间操作台急停按钮罩丢失", "补装急停按钮罩", "急停试验有效",
          "raise assign ask_void", 4, 6, (0, "08:32"), place="平整机", liaison="武丽娜", approver=_H),
    Scene("ZB", "有限空间", "daily_check", "煤斗清堵作业使用 220 伏照明灯具", "更换 12 伏安全照明", "现场电压 12 伏",
          "raise", 0, 9, (0, "10:58"), place="煤斗"),
    Scene("LT", "煤气", "self_check", "热风炉煤气管廊排水器漏水，水封高度下降", "更换排水器阀门", "水封高度恢复",
          "raise", 0, 9, (0, "09:32"), place="热风炉煤气管廊", equipment="煤气排水器"),
    Scene("RZ", "机械防护", "self_check", "卷取区运输链盖板缺 2 块，人员可踏空", "补齐盖板并焊接限位", "盖板完整牢固",
          "raise", 1, 9, (1, "16:02"), place="卷取区运输链", finder="申世杰"),
    Scene("RZ", "电气", "self_check", "精整区照明灯罩缺失 3 个，夜间巡检照度不足", "补装灯罩", "夜间照度满足巡检",
          "raise fix", 0, 3, (0, "09:50"), place="精整配电室", unit="RZ-JZ", finder="申世杰"),
    Scene("RZ", "机械防护", "self_check", "成品库打包机联轴器防护罩固定螺栓松动", "紧固防护罩", "护罩牢固",
          "raise fix", 1, 3, (1, "17:05"), place="平整机组", unit="RZ-JZ", finder="申世杰"),
    Scene("SJC", "电气", "daily_check", "配料电气室绝缘垫缺失 2 平方米", "更换绝缘垫", "检验标签在有效期内",
          "raise fix", 0, 3, (0, "09:46"), place="配料电气室", equipment="绝缘垫"),
    Scene("SJC", "机械防护", "daily_check", "成品皮带通廊人行侧防护网缺损", "更换防护网", "防护网连续，无缺口",
          f"{_PLAN} proof submit close", 95, -55, (58, "15:15"), place="成品皮带通廊", closer=_H),
    Scene("ZB", "机械防护", "daily_check", "输煤 2 号皮带拉绳开关 3 个失效", "更换拉绳开关并试验", "逐个拉动停机有效",
          f"{_PLAN} proof submit", 25, 0, (0, "09:12"), place="输煤 2 号皮带", closer=_H),
)
HEAD_OFFICE = (
    Scene("AQ", "台账资料", "check_team", "值班室应急通讯录 5 个号码已停用，未按月核对", "逐一核对并换发通讯录", "核对签字表 1 份",
          "raise assign accept", 6, 2, (2, "15:20"), lead="钟卫平", liaison="钟卫平"),
    Scene("XCB", "台账资料", "self_check", "整改规则包里 12 项存疑的规则没有逐项确认", "逐项查明来源并确认", "确认记录 12 条",
          "raise assign accept", 9, 6, (3, "10:30"), lead="方静怡", liaison="方静怡", finder="高文静", office="XCB"),
)
MAJOR = (
    Scene("JH", "危化品", "upper", "粗苯储罐区可燃气体报警与紧急切断联锁未投用", "恢复联锁并做联动试验", "联动试验报告 1 份",
          "raise assign accept stop plan approve report", 34, 20, (2, "11:20"), place="粗苯罐区", grade="major", lead="侯振华"),
    Scene("LG1", "起重", "special_check", "铸造起重机主起升制动器单侧失效，仍吊运铁水", "更换制动器并做额定载荷试验", "检验报告 1 份",
          "raise assign accept guarantee plan approve proof evaluate submit", 54, 6, (0, "08:48"), place="钢水接收跨", equipment="铸造起重机", grade="major", closer=_H),
    Scene("DL", "煤气", "check_team", "10 万立方煤气柜柜位高限联锁被摘除", "恢复柜位联锁并上锁管理", "联锁试验合格",
          "raise assign accept", 11, 46, (5, "14:44"), place="10 万立方煤气柜", equipment="煤气柜", grade="major", liaison="卫建平"),
    Scene("ZB", "特种设备", "upper", "2 号锅炉安全阀起跳压力高于整定值", "安全阀送校并回装", "校验报告 2 份",
          "raise assign accept guarantee plan approve report", 60, -2, (3, "10:20"), place="2号锅炉", equipment="安全阀", grade="major"),
)
# fmt: on
SCENES = (*OFFICE, *ENVIRONMENT, *SAFETY, *HEAD_OFFICE, *MAJOR)
