"""What memory offers to the house: delivery of events, recurring work, and its two pages."""

from __future__ import annotations

from bihuan.record.actions.append import REACTION
from bihuan.record.actions.fire_ticks import TICK
from bihuan.record.actions.mail_digest import mail_digest
from bihuan.record.actions.seal import seal
from bihuan.record.actions.take_statistics import take_statistics
from bihuan.record.actions.tidy import tidy
from bihuan.record.closed import reseal
from bihuan.record.jobs import check_everything, deliver_reaction, run_tick
from bihuan.record.models import ClosedFile
from bihuan.record.policies import AUDIT_VIEW, JOB_MANAGE
from bihuan.record.verify import VERIFY
from bihuan.registry.contract import JobKind, Nav, Offer, Tick

OFFER = Offer(
    code="record",
    title="记录",
    order=90,
    nav=(
        Nav("后台任务", "/jobs/", "server", section="base", order=94, needs=JOB_MANAGE),
        Nav("审计记录", "/audit/", "shield-check", section="base", order=96, needs=AUDIT_VIEW),
    ),
    urls="bihuan.record.urls",
    jobs=(
        JobKind(REACTION, "事件后续", deliver_reaction, show=False),
        JobKind(TICK, "定时工作", run_tick, show=False),
        JobKind(VERIFY, "核对全部记录", check_everything, max_attempts=2),
    ),
    ticks=(
        Tick("record.tidy", "清理办完的内部任务", "40 3 * * *", lambda at: tidy(at=at)),
        Tick("record.statistics", "更新数据库统计", "10 4 * * *", lambda at: take_statistics(at=at)),
        Tick("record.seal", "封存新的记录", "*/10 * * * *", lambda at: seal(at=at)),
        Tick("record.digest", "寄出封存摘要", "30 17 * * *", lambda at: mail_digest(at=at)),
    ),
    reseal=lambda: reseal(ClosedFile),
    data_words={
        "sha256": "内容指纹",
        "size": "字节数",
        "mime": "类型",
        "shown": "展示件",
        "thumb": "缩略图",
        "picture": "拍摄信息的指纹",
        "token": "访问令牌编号",
        "filters": "筛选",
    },
    event_words={
        "job.died": "后台任务办不成",
        "job.restarted": "重办后台任务",
        "job.cancelled": "取消后台任务",
        "file.kept": "收下文件",
        "seal.mailed": "寄出封存摘要",
        "audit.exported": "导出审计记录",
    },
)
