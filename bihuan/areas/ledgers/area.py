"""What the ledgers area offers to the house."""

from __future__ import annotations

from bihuan.registry.contract import Area, ExportLink, JobKind, Nav, Source

from . import jobs, reactions
from .demo import build
from .exports import ask

AREA = Area(
    code="ledgers",
    title="台账导入",
    order=40,
    icon="table-import",
    urls="bihuan.areas.ledgers.urls",
    mount="ledgers",
    import_url="ledgers:imports",
    nav=(
        Nav("导入台账", "/ledgers/", "table-import", order=12, needs=("ledger.import", "ledger.import_own")),
    ),
    jobs=(
        JobKind("ledgers.read", "识别台账", jobs.read, max_attempts=3),
        JobKind("ledgers.load", "导入台账", jobs.load, max_attempts=3),
        JobKind(ask.KIND, "按原台账版式导出", ask.run_export, max_attempts=3),
    ),
    export_links=(ExportLink("own", ask.LABEL, "/ledgers/exports/", ask.offered),),
    reacts_to={"job.died": reactions.job_died},
    event_words={
        "ledger.uploaded": "上传台账",
        "ledger.corrected": "更正识别结果",
        "ledger.annexed": "补充附表",
        "ledger.decided": "定新版的变化",
        "ledger.columns_forgotten": "忘掉列的对应",
        "ledger.loaded": "导入台账",
        "ledger.dropped": "放弃导入",
    },
    data_words={
        "refused": "读不出的原因",
        "units_opened": "新开的单位",
        "people_added": "新添的人员",
        "kinds": "更正了什么",
        "memory": "对应的编号",
        "for_all": "所有人都不再用",
        "problems": "涉及的问题号",
    },
    demo=build,
    source=Source("ledger", "台账导入", "TZ", colour="c-5"),
    sources=(
        Source("daily_check", "日常检查", "RC", colour="c-1"),
        Source("special_check", "专项检查", "ZX", colour="c-1"),
        Source("self_check", "班组自查", "ZC", colour="c-3"),
        Source("audit", "审计", "SJ", colour="c-2"),
        Source("discipline", "纪检监督", "JJ", colour="c-2"),
        Source("petition", "信访", "XF", colour="c-4"),
        Source("upper", "上级检查", "SJJC", colour="c-2", due_key="due.serious"),
        Source("check_team", "检查组", "JC", colour="c-1"),
    ),
)
