"""Words of column headers, Chinese and English, with how far each can be trusted (0 to 1).

Collected from ledgers of safety, inspection, discipline and environment offices. Patterns are matched against the
folded header (half width, simplified, no blanks) without what stands in brackets.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bihuan.kernel.text import fold

_T = "(?:时间|日期|年月日|年月|日|月份)"
_CHECK = (
    "(?:监督检查|安全检查|检查|排查|发现|巡查|巡察|巡视|巡检|督查|督导|督察|稽查|抽查|查出|检验|审计|上报|登记|提出|"
    "交办|下发|下达|通报|反馈|录入|入库|报告|举报|查处|立案|受理|记录|点检|辨识|填报|填表|报送)"
)
_FIX = "(?:问题|隐患|不符合项|缺陷|任务|事项)?(?:整改|治理|落实|处理|处置|完成|办理|销号|责任|纠正|消缺|消除|整治)"
_UNIT = "(?:单位|部门|科室|厂区|分厂|厂部|厂|车间|区队|班组|处室|公司|队组|作业区|工区|项目部|队伍|主体|部室|支部|党组织|党支部|党委)"
_PEOPLE = "(?:人员|人|者|组员|组成员|小组成员|成员|员|专家|小组|组)(?:姓名|名单|签名|签字)?"
_LIMIT = (
    "期限|时限|限期|限时|截止|到期|限定|应完成|要求完成|计划完成|拟完成|预计完成|承诺完成|规定完成|计划整改|要求整改|"
    "应整改|计划.{0,4}时间|完成节点|时间节点|最迟|限完成|整改期|deadline"
)
_BAD = "(?:问题|隐患|不符合项|不合格项|缺陷|违章|违规|不足|短板|薄弱环节|不符合|不合格|异常|三违|风险隐患|安全隐患|环保问题)"
_PLACE = "(?:地点|部位|位置|区域|场所|工点|工段|地址|所在地|点位|处所|岗位|现场|作业点|作业面|地段|工作面|里程|地方|范围|位号|区段|装置区)"

CHINESE: tuple[tuple[str, float, str], ...] = (
    ("seq_no", 0.99, r"(?:序号|序|编序|项次|行号|排序|项号|序列|序列号|顺序号|顺序|编次|(?:问题|隐患|整改)序号|no\.?|#|№|n0)"),
    ("origin_no", 0.9, r".{0,8}(?:编号|编码|单号|流水号|识别码|号码|代码|标识|通知书号|底稿号)"),
    ("found_at", 0.98, rf"{_CHECK}(?:问题|隐患)?(?:的)?(?:起止)?{_T}"),
    ("found_at", 0.75, rf"{_T}"),
    ("found_at", 0.8, rf"(?:检查|发现|排查|巡).{{0,4}}{_T}"),
    ("found_by", 0.97, rf"{_CHECK}{_PEOPLE}"),
    ("found_by", 0.85, rf"(?:检查|排查|巡查|督查|发现)(?:组|小组|组长|负责人|责任人)(?:成员)?"),
    ("found_unit", 0.97, rf"{_CHECK}(?:组织|牵头|主管|实施)?(?:{_UNIT}|机关|主体|机构|方|来源单位)"),
    ("unit", 0.99, rf"(?:{_FIX}|主要|主体|第一)*责任(?:整改)?{_UNIT}(?:名称)?"),
    ("unit", 0.97, rf"(?:整改|落实|主责|主办|承办|牵头|属地|责任主体|主体责任|治理|责任)(?:责任)?(?:{_UNIT}|部门单位)(?:名称)?"),
    ("unit", 0.9, rf"(?:被检查|受检查|受检|被检|被查|被督查|被巡察|被巡视|被巡|问题|隐患|所属|所在|涉及|存在问题|管辖|使用|发生|存在|违章|主管)的?(?:所在|所属)?{_UNIT}(?:名称)?"),
    ("unit", 0.86, rf"{_UNIT}(?:名称)?|(?:厂|单位|部门)别"),
    ("unit", 0.86, rf"{_UNIT}[/、及和]{_UNIT}"),
    ("unit", 0.8, rf"(?:整改|责任|主要)*{_UNIT}[/、及和](?:整改|责任)*(?:负责人|责任人|人员|人)"),
    ("assist_units", 0.97, rf"(?:配合|协助|协办|协同|协作|参与|参加|共同|辅助)(?:整改|责任)?{_UNIT}"),
    ("supervise_unit", 0.95, rf"(?:督办|督导|监督|监管|主管|业务主管|归口|归口管理|管理|专业|督促|考核)(?:管理|责任|牵头)?(?:部门|单位|科室|处室)"),
    ("person", 0.98, rf"(?:{_FIX}|直接|第一|具体|现场|主要|主体|单位|部门|安全|包保)*责任(?:人员|人|者)(?:姓名|签字)?"),
    ("person", 0.95, rf"(?:整改|落实|承办|经办|处理|治理|执行|办理|消缺)(?:负责)?(?:人员|人|者)(?:姓名|签字)?"),
    ("person", 0.9, rf"(?:{_FIX}|现场|具体|直接)*负责人(?:姓名|签字)?"),
    ("person", 0.6, r"(?:联系人|姓名|人员|责任|当事人|违章人员?)"),
    ("leader", 0.96, r"(?:整改|第一|挂牌|督办)?(?:责任|分管|主管|包保|包联|牵头|督办|挂牌|督导|联系|主抓|挂点)(?:厂|公司|矿|院|部门|单位)?(?:领导|领导干部|负责同志|厂长|矿长|主任|经理)(?:姓名)?"),
    ("leader", 0.75, r"(?:单位|部门)(?:主要)?(?:负责人|领导)|主要负责人|领导|整改领导"),
    ("assist_people", 0.95, r"(?:配合|协助|协办|参与)(?:整改|责任)?(?:人员|人)"),
    ("place", 0.97, rf"(?:检查|问题|隐患|所在|发生|存在|具体|整改|发现|现场|受检|作业|风险|安全|施工)*(?:的)?{_PLACE}(?:名称)?(?:[/、及和或].{{1,6}})?"),
    ("equipment", 0.93, r"(?:所属|涉及|隐患|问题|检查)?(?:设备|机组|装置|设施|机台|车辆|设备设施)(?:名称|编号|位号|型号)?"),
    ("project", 0.9, r"(?:工程|所属|施工|建设)?(?:项目|工程|标段|合同段|工程项目|单位工程)(?:名称)?"),
    ("project", 0.68, r"(?:检查|受检)(?:项目|工程|标段)"),
    ("check_item", 0.95, r"(?:检查|排查|巡查|评价|考核)(?:要点|标准|细则|条目|要素|指标|子项|事项|单元)"),
    ("check_item", 0.7, r"(?:检查|排查)(?:项|项目|内容)"),
    ("statement", 0.99, rf"(?:存在|主要|具体|发现|突出|反馈|检查|查出|检查发现|巡察反馈|巡视反馈|巡察发现|排查|现场|安全|环保|督查|巡查|审计|重点|典型|的|及)*{_BAD}(?:及|和|或|与|、|/)?{_BAD}?的?(?:描述|内容|表述|情况|事实|详情|表现|概述|摘要|清单|说明|现象|简述|现状|概况|具体表现|具体描述|详细描述|情况描述|内容描述|描述及.{{0,6}}|条目|具体内容|详细内容|具体情况|主要内容|存在的问题|点|事项)"),
    ("statement", 0.97, rf"(?:存在|主要|具体|发现|突出|反馈|检查|查出|检查发现|巡察反馈|巡视反馈|巡察发现|排查|现场|督查|巡查|审计)(?:的|出的|出)?(?:主要|具体|突出)?{_BAD}(?:及|和|或|与|、|/)?{_BAD}?"),
    ("statement", 0.9, rf"{_BAD}(?:及|和|或|与|、|/)?{_BAD}?|(?:问题|隐患)(?:名称|标题|题目)"),
    ("statement", 0.88, rf".{{0,8}}{_BAD}.{{0,4}}(?:描述|内容|表述|事实|概要|概况|表现|说明|现状|线索|现象|简述|详情)"),
    ("statement", 0.88, rf".{{0,8}}(?:存在|发现|查出|检出|反映)的?.{{0,4}}{_BAD}(?:及.{{1,6}})?"),
    ("statement", 0.85, r"(?:不安全行为|不安全状态|不安全因素|未遂事件|险情|异常情况|(?:具体|突出|主要)表现)(?:描述|内容|经过)?"),
    ("statement", 0.72, r"(?:检查|排查|现场|巡查|发现)?(?:内容|描述|事实|现象|发现|记录|结果|情况描述|详细描述|表现|具体内容|事项|检查发现)"),
    ("statement", 0.66, r"(?:检查|现场|排查|存在|具体|基本)情况|情况"),
    ("basis", 0.9, r"(?:依据|引用|违反|不符合)的?(?:标准|条款|制度|规定|规范|文件)"),
    ("basis", 0.95, r"(?:检查|判定|定性|违反|整改|政策|法规|法律|标准|制度|处理|评定|考核|参照|对应)*(?:依据|条款|条文|法规|规范|规定|法律法规|标准条款|制度条款|标准规范|标准要求|管理规定)(?:及条款|名称|条款|内容|出处)?"),
    ("category", 0.95, rf"(?:{_BAD}|检查|风险|责任|所属|整体|管理|业务|安全|事故|专业|五大|原因)*(?:类别|类型|分类|种类|专业|门类|归类|性质|属性|大类|小类|一级分类|二级分类|方面|领域|板块|条线|类)"),
    ("grade", 0.97, rf"(?:{_BAD}|风险|严重|危险|危害|安全|紧急|重要)*(?:等级|评级|定性等级|级别|程度|分级|严重性|定级|严重程度|重要程度|大小)(?:判定|评定)?"),
    ("cause", 0.95, r"(?:问题|隐患|产生|存在|主要|根本|直接|间接|深层|深层次|原因)*(?:原因|成因|症结|根源)(?:分析|剖析|查找)?"),
    ("demand", 0.96, r"(?:整改|处理|处置|治理|管控|检查|督办|改进|隐患|问题)*(?:要求|意见|建议|指令|意见建议|意见[及和]建议|建议措施|整改意见)"),
    ("measure", 0.97, r"(?:具体|主要|拟采取|采取|采取的|落实|的|整改|治理|防范|管控|处理|处置|控制|纠正|改进|解决|预防|临时|应急|风险|隐患|问题|拟|工作|推进|安全)*(?:措施|方案|对策|办法|举措|纠正预防措施)(?:及.{1,8}|内容|描述|和.{1,8})?"),
    ("measure", 0.75, r"整改(?:内容|任务|计划|方法|做法|步骤|事项)|工作(?:任务|内容)|五定(?:内容|措施)?"),
    ("result_standard", 0.95, r"(?:整改|治理|预期|验收|完成|工作|任务|阶段)*(?:目标|(?<=预期)成效|成效目标|预期效果|验收标准|完成标准|整改标准|成果形式|预期成果)(?:及.{1,6}|要求|任务)?"),
    ("due", 0.97, rf".{{0,8}}(?:{_LIMIT}).{{0,6}}"),
    ("due", 0.9, rf"(?:整改|完成|治理)*(?:要求|目标|限改|规定|限制)(?:整改|完成|治理)*{_T}"),
    ("due", 0.64, rf"(?:整改|要求|计划|治理|完成)(?:整改|完成)?{_T}"),
    ("timing", 0.95, r"整改(?:类型|类别|性质|方式|分类|形式|属性)|(?:时限|期限)(?:类型|类别|分类)|是否立行立改|立行立改.{0,4}"),
    ("done_at", 0.98, rf"(?:整改)?实际.{{0,6}}{_T}"),
    ("done_at", 0.93, rf"(?:{_FIX}|问题|隐患)*(?:完成|完毕|完|到位|闭环|办结|竣工|消除|解决)(?:的|情况)?{_T}"),
    ("done_at", 0.66, rf"(?:整改|完成|治理|处理|落实|消缺|反馈整改|办理){_T}"),
    ("progress", 0.97, r"(?:整改|完成|办理|落实|闭环|处理|当前|目前|问题|隐患|治理|任务|工作|的|是否)*(?:状态|进度|进展|完成与否|进展状态|完成状态|完成进度|程度|百分比|率%)"),
    ("progress", 0.97, r"(?:是否|有无)(?:已|按期|按时|全部|整改|完成|落实|治理)+(?:整改|完成|到位|落实|闭环)?|整改与否|已整改|未整改"),
    ("progress", 0.9, r"(?:整改|完成|落实|办理|处理|治理|闭环|闭合|整改完成|整改落实|推进|进展|任务完成|工作)+(?:情况|结果|进展情况|效果|成效)"),
    ("progress_text", 0.92, r"(?:整改|完成|落实|办理|处理|治理|进展|目前|推进|工作|整改完成|整改落实)*(?:情况|结果|成效|落实情况|反馈|进展|效果|回复|回复情况|报告|总结)(?:说明|描述|详情|简述|记录|反馈|汇报|及.{1,6})?|取得.?成效|处置情况|反馈情况"),
    ("closed_state", 0.97, r"(?:是否|申请|可否|有无)?(?:销号|销项|闭环|核销|关闭|消号|销案|销账|结案|闭合|归零)(?:情况|状态|与否|结果|意见|结论|确认)?"),
    ("closed_state", 0.88, r"(?:整改)?(?:验收|复查|复核|验证|核查|核验|回头看|复检|现场复查|整改验收)(?:情况|状态|与否|结果|意见|结论|评价)|是否(?:验收|复查|复核)(?:合格|通过)?"),
    ("verifier", 0.96, rf"(?:整改)?(?:验收|复查|复核|验证|销号|核查|确认|核验|销项|复检|督办|监督|跟踪|督促|审核|消号)(?:责任|负责)?(?:{_PEOPLE}|签字|签名|责任人|确认人)"),
    ("verified_at", 0.97, rf"(?:整改)?(?:验收|复查|复核|验证|销号|核查|核验|销项|确认|闭环|复检|关闭|消号|核销){_T}"),
    ("source_name", 0.95, r"(?:检查|问题|隐患|任务|信息|整改|发现|线索)+(?:来源|出处|渠道|途径)|(?:检查|任务|信息|巡察|督查)(?:名称|形式|方式)|来源|检查活动|活动名称|专项名称|来源渠道"),
    ("source_name", 0.72, r"(?:检查|巡察|督查)(?:类型|类别|性质|级别|层级|种类|轮次|批次)|轮次|批次"),
    ("shift", 0.95, r"(?:作业|生产|当班|发现)?(?:班次|班别|班制)"),
    ("deduction", 0.95, r".{0,6}(?:扣分|罚款|扣款|处罚|扣减|分值|记分|扣奖|考核金额|考核结果|考核情况|考核意见|考核标准|积分|得分).{0,6}|考核"),
    ("amount", 0.95, r".{0,6}(?:金额|资金|费用|经费|投入|预算|投资).{0,6}"),
    ("remark", 0.97, r"(?:备注|说明|附注|其他|其它|备考|附言|备注说明|情况说明|其他说明|补充说明|特殊说明)"),
)
"""(field, trust, pattern of the whole header)."""

_SEE = r"(?:find|found|check|checked|inspect\w*|discover\w*|report|reported|audit\w*|rais\w*|identif\w*|patrol|creat\w*|observ\w*|detect\w*|issu\w*|open\w*|occur\w*|survey)"
_END = r"(?:complet\w*|finish\w*|done|rectif\w*|actual\w*|resol\w*|fix\w*|correct\w*|implement\w*|end|closing)"
_ORG = r"(?:unit|units|dept|department|org|organi[sz]ation|team|workshop|plant|company|division|section|party|branch|mill)"
_WHO = r"(?:person|by|people|man|user|staff|name|officer|member|members|er)"
_WHEN = r"(?:time|date|day|at|on)"

ENGLISH: tuple[tuple[str, float, str], ...] = (
    ("seq_no", 0.97, r"(?:s n|sn|seq|seq no|serial|serial no|serial number|index|item|item no|row|row no|sl no|sr no|no|number)"),
    ("origin_no", 0.85, r".*\b(?:id|code|ref|reference|number|no)"),
    ("found_at", 0.95, rf"(?:{_SEE} ){{1,2}}{_WHEN}|{_WHEN} (?:of )?{_SEE}|{_SEE} {_WHEN} .*"),
    ("found_at", 0.72, rf"{_WHEN}"),
    ("found_by", 0.95, rf"{_SEE} {_WHO}|inspectors?|auditors?|finders?|checkers?|observers?|reporters?|inspection team"),
    ("found_unit", 0.95, rf"{_SEE} {_ORG}|inspecting {_ORG}"),
    ("unit", 0.93, rf"(?:responsible|duty|owner|owning|rectif\w*|in charge|liable|accountable) {_ORG}(?: name)?"),
    ("unit", 0.85, rf"{_ORG}(?: name)?"),
    ("assist_units", 0.93, rf"(?:assist\w*|support\w*|cooperat\w*) {_ORG}"),
    ("person", 0.93, r"(?:responsible|duty|rectif\w*|action|charge|liable) (?:person|man|people|name|by|owner|party)|person (?:in charge|responsible)|owners?|assignees?|managers?|pic|handlers?|principal|responsible|assigned to"),
    ("leader", 0.9, r".*\bleader"),
    ("place", 0.93, r"(?:.* )?(?:address|location|place|position|site|area|spot|zone)"),
    ("equipment", 0.9, r"(?:.* )?(?:equipment|device|machine|facility|asset)(?: name)?"),
    ("project", 0.85, r"(?:.* )?project(?: name)?"),
    ("statement", 0.96, r"(?:.* )?(?:problem|issue|hazard|danger|finding|defect|nonconformity|non conformity|observation|violation)s?(?: (?:description|desc|content|detail|details|statement|info|found))?"),
    ("statement", 0.9, r"(?:content|description|desc|statement|details?|finding description)"),
    ("basis", 0.88, r"(?:basis|clause|regulation|standard|legal basis|criteria)"),
    ("category", 0.9, r"(?:.* )?(?:type|category|class|kind|specialty|classification|discipline)"),
    ("grade", 0.92, r"(?:.* )?(?:grade|level|severity|priority|rank|risk)"),
    ("cause", 0.9, r"(?:root )?cause"),
    ("demand", 0.9, r"(?:.* )?(?:requirement|demand|suggestion|opinion|advice|recommendation)s?"),
    ("measure", 0.92, r"(?:.* )?(?:measure|action|solution|countermeasure|plan|remedy)s?"),
    ("due", 0.95, rf"(?:due|deadline|dead line|time limit|limit {_WHEN}|target {_WHEN}|plan\w*(?: \w+)? {_WHEN}|expected(?: \w+)? {_WHEN}|required(?: \w+)? {_WHEN}|due {_WHEN})"),
    ("done_at", 0.9, rf"(?:{_END} ){{1,2}}{_WHEN}|{_WHEN} (?:of )?{_END}|completed"),
    ("progress", 0.95, r"(?:.* )?(?:status|state|progress)"),
    ("progress", 0.6, r"(?:.* )?(?:status|state|progress) (?:num|no|code|id)"),
    ("progress_text", 0.7, r"(?:.* )?(?:report|result|feedback|situation|completion)"),
    ("closed_state", 0.9, r"(?:closed|closure|is closed|close status|verified|acceptance)"),
    ("verifier", 0.92, r"(?:supervisor|verifier|acceptor|reviewer|(?:verif\w*|accept\w*|review\w*|confirm\w*|recheck\w*|clos\w*) (?:by|person|name))s?"),
    ("verified_at", 0.92, rf"(?:verif\w*|accept\w*|review\w*|recheck\w*|confirm\w*|clos\w*) {_WHEN}"),
    ("source_name", 0.85, r"(?:.* )?source|inspection (?:name|type)"),
    ("shift", 0.9, r"(?:work )?shift"),
    ("deduction", 0.85, r"(?:deduction|penalty|fine|score)"),
    ("amount", 0.85, r"(?:amount|cost|money|budget|expense)"),
    ("remark", 0.95, r"(?:remark|note|comment|memo|others?)s?"),
)

STATISTIC = re.compile(r".*(?:数|数量|个数|条数|项数|件数|总数|率|占比|比例|小计|合计|总计|家数|次数)$|.*(?:count|rate|total|sum)$")
"""Headers of statistics (问题数、整改率): never a field of a problem."""

PICTURE = re.compile(r".*(?:照片|图片|影像|相片|图像|photo|picture|image)s?.*")

_CHINESE = tuple((code, trust, re.compile(pattern)) for code, trust, pattern in CHINESE)
_ENGLISH = tuple((code, trust, re.compile(pattern)) for code, trust, pattern in ENGLISH)
_LEAD = re.compile(
    r"隐患|问题|整改|安全|事故|重大|一般|生产|现场|检查内容及|检查|督查|审计|巡察|所需|需|相关|二级|基层|事发|目标|措施|具体|本次|主要|"
    r"工作|有关|涉及|责任|取得|预期|组织|职业卫生|环保|消防|质量|设备|施工|作业|目前|是否|牵头|不符合|引用|带队|治理|监管|落实"
)
"""Words in front that narrow a header without changing what it is; taken off only when nothing matches with them."""
_BRACKETS = re.compile(r"[(\[【〔<《{].*?[)\]】〕>》}]")
GENERIC = re.compile(
    r"(?:单位|部门|时间|日期|人员|人|姓名|负责人|责任人|内容|情况|结果|要求|签字|签名|意见|名称|类型|类别|性质|级别|地点|描述|责任|领导|成员|措施|年月日|说明)"
)
"""Leaves that mean nothing without their group: 检查情况/单位 and 整改情况/单位 are different fields."""


def bare(header: str) -> str:
    """The folded header without brackets, units, stars and punctuation at its ends."""
    folded = fold(header)
    without = _BRACKETS.sub("", folded)
    text = re.sub(r"^[*·\d.、]*(?=\D)|[*:;。,、?]+$", "", without or folded.strip("()[]【】"))
    chinese = re.sub(r"[a-z][a-z .]+", "", text)
    return chinese if re.search(r"[\u4e00-\u9fff]{2}", chinese) else text


def english_words(header: str) -> str:
    """dangerGrade, danger_grade and Danger Grade → `danger grade`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", re.sub(r"[\(（].*?[\)）]", "", header))
    return re.sub(r"[^a-z0-9]+", " ", spaced.lower()).strip()


@lru_cache(maxsize=4096)
def header_fields(header: str) -> dict[str, float]:
    """Which fields a header's words allow, with trust. Empty for words nobody knows and for statistics."""
    text = bare(header)
    if not text or len(text) > 24 and not text.isascii():
        return {}
    found: dict[str, float] = {}
    rules, subject = (_ENGLISH, english_words(header)) if text.isascii() and len(text) > 1 else (_CHINESE, text)
    if STATISTIC.fullmatch(subject) and not re.search(r"扣|费|得分", subject):
        return {}
    for code, trust, pattern in rules:
        if trust > found.get(code, 0.0) and pattern.fullmatch(subject):
            found[code] = trust
    stem, weight = subject, 0.95
    while not found and rules is _CHINESE and (lead := _LEAD.match(stem)) and len(stem) - lead.end() >= 2:
        stem = stem[lead.end() :]
        for code, trust, pattern in rules:
            if trust * weight > found.get(code, 0.0) and pattern.fullmatch(stem):
                found[code] = round(trust * weight, 3)
        weight *= 0.97
    if not found and rules is _ENGLISH and _CHINESE[0][2].fullmatch(text):
        found["seq_no"] = 0.99
    return found


def is_header_word(text: object) -> bool:
    """Whether a cell reads like a column header rather than data."""
    if not isinstance(text, str) or not 0 < len(text) <= 40 or text[0].isdigit():
        return False
    known = header_fields(text.strip())
    return bool(known) and max(known.values()) >= 0.66
