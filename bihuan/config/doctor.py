"""`bihuan doctor`: is this installation well? One line per thing, with what to do when it is not."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from bihuan.config.machine import chinese_fonts, chromium, pango
from bihuan.org.reads import known_until
from bihuan.record.models import Event, Job, Seal, WorkerSeen
from bihuan.record.replica import AWAY, LATE, configured, look

GOOD, LOOK, BAD = "正常", "注意", "有误"
SILENT_AFTER = settings.SILENT_AFTER
#: Sealing runs every ten minutes; an hour without says that no worker runs or a transaction never ends.
UNSEALED, OLD_BACKUP = timedelta(hours=1), timedelta(days=2)
MB = 1024 * 1024
#: Two machines of one house may differ by so much before their records contradict each other.
CLOCK_SLACK = timedelta(seconds=5)
HERE = ("http://127.0.0.1", "http://localhost")
LITTLE_MB, TOO_LITTLE_MB = 2048, 200
#: How long before the end of the holiday table somebody should be told: the next year's is published in November.
CALENDAR_WARNING = timedelta(days=45)


@dataclass(frozen=True)
class Finding:
    """`state` is 正常, 注意 or 有误; `todo` says what to do, empty when there is nothing to do."""

    name: str
    state: str
    text: str
    todo: str = ""


def examine(at: datetime) -> list[Finding]:
    """Look at everything, never stop at the first fault: a check that breaks is itself a finding."""
    return [_safely(check, at) for check in CHECKS]


def as_json(findings: list[Finding]) -> dict[str, object]:
    return {"well": all(f.state != BAD for f in findings), "findings": [asdict(f) for f in findings]}


def examine_some(checks: tuple[Callable[[datetime], Finding], ...], at: datetime) -> list[Finding]:
    """Only these checks: `READY` is what a proxy wants to know before it sends people here."""
    return [_safely(check, at) for check in checks]


def _safely(check: Callable[[datetime], Finding], at: datetime) -> Finding:
    try:
        return check(at)
    except (DatabaseError, OSError) as problem:
        name = (check.__doc__ or check.__name__).strip()
        return Finding(name, BAD, f"查不了：{type(problem).__name__}", "先处理数据库和数据目录的问题")


def python(_: datetime) -> Finding:
    """Python"""
    return Finding("Python", GOOD, sys.version.split()[0])


def sqlite(_: datetime) -> Finding:
    """SQLite"""
    with sqlite3.connect(":memory:") as memory:
        try:
            memory.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
        except sqlite3.OperationalError:
            return Finding(
                "SQLite",
                BAD,
                f"{sqlite3.sqlite_version}，没有 FTS5",
                "换用带 FTS5 的 Python，或改用 PostgreSQL",
            )
    return Finding("SQLite", GOOD, f"{sqlite3.sqlite_version}，有 FTS5")


def database(_: datetime) -> Finding:
    """数据库"""
    try:
        connection.ensure_connection()
    except DatabaseError as problem:
        return Finding(
            "数据库", BAD, f"连不上：{str(problem).splitlines()[0]}", "检查 DATABASE_URL 和数据库服务"
        )
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(connection.vendor, connection.vendor)
    return Finding("数据库", GOOD, f"{kind} {'.'.join(str(n) for n in connection.get_database_version())}")


def replica(_: datetime) -> Finding:
    """只读副本"""
    if not configured():
        return Finding("只读副本", GOOD, "没有设，都从主库读")
    now = look(wait=settings.REPLICA_LAG_SECONDS)
    behind = f"还有 {now.behind / MB:.1f} MB 没有重放"
    if now.fault == AWAY:
        todo = "检查 DATABASE_REPLICA_URL 和副本的服务"
        return Finding("只读副本", LOOK, "连不上，指标和导出改从主库读", todo)
    if now.fault == LATE:
        todo = "看副本的负载和网络，主库上看 pg_stat_replication"
        return Finding("只读副本", LOOK, f"跟不上，{behind}，指标和导出改从主库读", todo)
    if now.fault:
        todo = "DATABASE_REPLICA_URL 要指向这个主库的流复制备库"
        return Finding("只读副本", BAD, "不是这个主库的备库，没有用它", todo)
    return Finding("只读副本", GOOD, "跟得上主库，指标和导出从它读")


def migrations(_: datetime) -> Finding:
    """数据结构"""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        return Finding("数据结构", BAD, f"有 {len(plan)} 项更新没有执行", "运行 bihuan migrate")
    return Finding("数据结构", GOOD, "已是最新")


def data_folder(_: datetime) -> Finding:
    """数据目录"""
    try:
        with tempfile.TemporaryFile(dir=settings.DATA):
            pass
    except OSError:
        return Finding(
            "数据目录",
            BAD,
            f"{settings.DATA} 不能写",
            "改目录权限，或用 BIHUAN_DATA 换一个",
        )
    return Finding("数据目录", GOOD, str(settings.DATA))


def disk(_: datetime) -> Finding:
    """磁盘"""
    free = shutil.disk_usage(settings.DATA).free // MB
    state = BAD if free < TOO_LITTLE_MB else LOOK if free < LITTLE_MB else GOOD
    return Finding("磁盘", state, f"剩余 {free} MB", "" if state == GOOD else "清理磁盘或扩容")


def pages(_: datetime) -> Finding:
    """页面资源"""
    if finders.find("ui/build.json"):
        return Finding("页面资源", GOOD, "已构建")
    return Finding("页面资源", BAD, "没有构建，页面没有样式", "运行 make setup")


def fonts(_: datetime) -> Finding:
    """中文字体"""
    if chinese_fonts():
        return Finding("中文字体", GOOD, "有")
    return Finding("中文字体", LOOK, "没有，打印和截图里的汉字会成方块", "apt-get install fonts-noto-cjk")


def papers(_: datetime) -> Finding:
    """PDF 文书"""
    if pango():
        return Finding("PDF 文书", GOOD, "有 Pango")
    return Finding(
        "PDF 文书",
        LOOK,
        "没有 Pango，督办函件和材料只出 Word",
        "apt-get install libpango-1.0-0 libpangoft2-1.0-0",
    )


def browser(_: datetime) -> Finding:
    """浏览器"""
    found = chromium()
    if found:
        return Finding("浏览器", GOOD, found)
    return Finding("浏览器", LOOK, "没有 Chromium，只影响测试", "apt-get install chromium")


def worker(at: datetime) -> Finding:
    """工作进程"""
    seen = list(WorkerSeen.objects.order_by("-seen_at")[:20])
    alive = [w for w in seen if at - w.seen_at < SILENT_AFTER]
    if alive:
        return Finding("工作进程", GOOD, f"{len(alive)} 个在运行")
    last = f"，最近一次在 {seen[0].seen_at:%Y-%m-%d %H:%M} UTC" if seen else ""
    return Finding("工作进程", LOOK, f"没有在运行{last}", "运行 bihuan serve，或另开 bihuan worker")


def jobs(_: datetime) -> Finding:
    """后台任务"""
    waiting, dead = Job.objects.unfinished().count(), Job.objects.dead().count()
    text = f"待办 {waiting} 项，办不成 {dead} 项"
    return Finding(
        "后台任务", LOOK if dead else GOOD, text, "在“后台任务”页面查看原因并重新开始" if dead else ""
    )


def calendar(at: datetime) -> Finding:
    """节假日表"""
    until = known_until()
    if until is None:
        return Finding("节假日表", LOOK, "是空的，只按周末推算", "运行 bihuan migrate 载入")
    state = LOOK if until - at.date() < CALENDAR_WARNING else GOOD
    return Finding("节假日表", state, f"已知到 {until}", "载入下一年的放假安排" if state == LOOK else "")


def keys(_: datetime) -> Finding:
    """密钥目录"""
    folder = Path(settings.KEYS_ROOT)
    if not folder.exists():
        return Finding("密钥目录", GOOD, "还没有用到密钥")
    open_to = [path.name for path in (folder, *folder.iterdir()) if path.stat().st_mode & 0o077]
    if open_to:
        return Finding("密钥目录", BAD, f"{'、'.join(open_to)} 别的用户也能读", f"chmod -R go-rwx {folder}")
    return Finding("密钥目录", GOOD, f"{folder}，备份里没有它，请另外保管")


def seals(at: datetime) -> Finding:
    """封存"""
    last = Seal.objects.order_by("-number").first()
    newest = Event.objects.order_by("-pk").first()
    if newest is None or (last is not None and last.last_id >= newest.pk):
        return Finding("封存", GOOD, "全部记录已封存")
    waits = at - (Event.objects.filter(pk__gt=last.last_id if last else 0).order_by("pk")[0].recorded_at)
    state = LOOK if waits > UNSEALED else GOOD
    since = f"第 {last.number} 号之后" if last else "还没有封存过，"
    return Finding(
        "封存",
        state,
        f"{since}有 {newest.pk - (last.last_id if last else 0)} 条待封存",
        "看工作进程是否在运行" if state == LOOK else "",
    )


def backups(at: datetime) -> Finding:
    """备份"""
    made = sorted((Path(settings.DATA) / "backups").glob("*.tar"), key=lambda path: path.stat().st_mtime)
    if not made:
        return Finding("备份", LOOK, "默认目录里没有备份", "每天运行 bihuan backup，存到另一台机器")
    age = at.timestamp() - made[-1].stat().st_mtime
    if age > OLD_BACKUP.total_seconds():
        return Finding("备份", LOOK, f"最近一份是 {age / 86400:.0f} 天以前的", "看定时备份是否还在运行")
    return Finding("备份", GOOD, f"最近一份 {made[-1].name}")


def clock(at: datetime) -> Finding:
    """时钟"""
    newest = Event.objects.order_by("-pk").first()
    ahead = newest.recorded_at - at if newest else timedelta(0)
    if ahead > CLOCK_SLACK:
        text = f"比最后一条记录还慢 {ahead.total_seconds():.0f} 秒"
        return Finding("时钟", BAD, text, "几台机器都用同一个时间服务器（chrony、ntp），对好再用")
    return Finding("时钟", GOOD, f"{at:%Y-%m-%d %H:%M:%S} UTC")


def exposure(_: datetime) -> Finding:
    """对外设置"""
    if settings.DEBUG:
        return Finding("对外设置", BAD, "调试开着，出错的页面会露出内部内容", "去掉 BIHUAN_DEBUG")
    if settings.PUBLIC_URL.startswith("https:") and not settings.BEHIND_HTTPS:
        todo = "设 BIHUAN_HTTPS=true，会话才只走加密连接"
        return Finding("对外设置", BAD, "对外是 https，产品却不知道", todo)
    if not settings.BEHIND_HTTPS and not settings.PUBLIC_URL.startswith(HERE):
        return Finding(
            "对外设置", LOOK, "别的机器用明文连进来，密码会被看到", "前面放 HTTPS 代理，见 docs/recipes"
        )
    return Finding("对外设置", GOOD, "只走加密连接" if settings.BEHIND_HTTPS else "只在本机")


CHECKS = (
    python, sqlite, data_folder, disk, database, replica, migrations, pages, fonts, papers, browser, worker, jobs,
    calendar, keys, seals, backups, clock, exposure,
)  # fmt: skip
READY = (database, migrations, data_folder)


def lines(findings: list[Finding]) -> Iterator[str]:
    for finding in findings:
        todo = f"。{finding.todo}" if finding.todo else ""
        yield f"{finding.state}  {finding.name}：{finding.text}{todo}"
