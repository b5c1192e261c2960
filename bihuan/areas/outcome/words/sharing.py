"""The words of visits of the upper level, their evidence packs, and of experience that is shared."""

from __future__ import annotations

CHECK_VERDICTS = (("true", "属实"), ("partly", "部分属实"), ("false", "不实"))
FALSE, PARTLY = "false", "partly"
USES = (("can", "我单位可用"), ("used", "我单位已用"))
EXPERIENCE_TEXTS = (
    ("title", "标题"),
    ("trouble", "原来的问题"),
    ("done", "怎样改的"),
    ("good", "好在哪里"),
    ("fits", "哪里用得上"),
)
SETTLE_IT, APPROVE_IT = "处理", "审"
BY_TERM, BY_HAND = "到期结束", "提前终止"


def found_false(body: str, number: str) -> str:
    return f"{body}现场验证：{number} 结论是不实"


def waits_sharing(org: str) -> str:
    return f"{org}推荐了一条整改经验，等审"


def pack_name(org: str, day: str) -> str:
    return f"{org}整改佐证包_{day}.zip"


#: names inside a pack
INDEX, LIST, MANIFEST, README = "目录.xlsx", "目录.csv", "校验清单.sha256", "说明.txt"
ORIGINAL, THREAD, FILES = "问题原文.txt", "办理过程.docx", "佐证"
LIST_HEAD = ("序号", "编号", "问题", "责任单位", "整改类型", "期限", "环节", "销号日期", "文件夹", "佐证件数")
NO_THREAD = "还没有办理记录"
RAW = "编号：{number}\n责任单位：{unit}\n\n反馈原文：\n{statement}\n\n整改要求：\n{demand}\n"
TOLD = (
    "{org}巡察整改佐证包\n\n"
    "一、每件问题一个文件夹：问题原文、办理过程、佐证。目录.xlsx 和目录.csv 内容相同。\n"
    "二、照片是去掉拍摄时间和地点的展示件，其他文件是交来时的原件。\n"
    "三、限知悉的问题、谈话、信访、底稿、线索、报告不在包里。\n"
    "四、校验：校验清单.sha256 里每行一个文件的 sha256 和名称，在解开的文件夹里运行 sha256sum -c 校验清单.sha256；"
    "Windows 用 certutil -hashfile 文件名 SHA256 逐个比对。\n"
    "五、不得录入国家秘密。按来函约定使用和保管，用后销毁。\n"
)

SHARING_EVENTS = {
    "outcome.check_opened": "安排上级现场验证",
    "outcome.check_prolonged": "延长上级现场验证",
    "outcome.check_ended": "终止上级现场验证",
    "outcome.check_read": "上级检查人员查看",
    "outcome.check_verdict": "记现场验证结论",
    "outcome.check_settled": "处理不实结论",
    "outcome.pack_asked": "要佐证包",
    "outcome.pack_made": "做成佐证包",
    "outcome.pack_fetched": "下载佐证包",
    "outcome.experience_suggested": "推荐整改经验",
    "outcome.experience_shared": "交流整改经验",
    "outcome.experience_refused": "不交流整改经验",
    "outcome.experience_down": "撤下整改经验",
    "outcome.experience_used": "记整改经验可用或已用",
}
SHARING_DATA = {
    "visit": "现场验证",
    "people": "人员",
    "tasks": "任务",
    "until": "到",
    "page": "页面",
    "number": "编号",
    "file": "文件",
    "use": "用处",
    "files": "文件",
    "reopened": "重新整改",
    "experience": "整改经验",
    **dict(CHECK_VERDICTS),
    **dict(USES),
}
#: pages a check team opens, as the trail says them
PAGES = {
    "visit": "查验首页",
    "task": "整改总表",
    "plan": "整改方案和三个清单",
    "reports": "整改报告",
    "evaluation": "整改评估",
    "publication": "整改公开",
    "problem": "问题",
    "file": "佐证文件",
    "pack": "佐证包",
}
PAPERS = ("plan", "reports", "evaluation", "publication")
