"""The command `bihuan`: everything that is done to an installation from outside the browser."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from bihuan.config.cli_people import people
from bihuan.config.starting import django, now, say

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="闭环：检查、整改、销号、回头看",
)
app.add_typer(people)
Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Port = Annotated[int, typer.Option(help="端口")]
Host = Annotated[str, typer.Option(help="监听地址")]
Workers = Annotated[int, typer.Option(help="工作进程个数，0 为不启动")]


def _tell(value: object, lines: Iterable[str], as_json: bool) -> None:
    """The same answer for a program or for a person."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str) if as_json else "\n".join(lines)
    typer.echo(text)


@app.command()
def migrate() -> None:
    """建立或更新数据库"""
    django()
    from bihuan.config.prepare import prepare

    prepare(now())
    say("数据库已是最新")


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 1) -> None:
    """启动网页服务和工作进程，Ctrl-C 结束"""
    # addresses that leave the house (calendar, mail) name the door that is open, unless the house has a name
    everywhere = host in ("0.0.0.0", "::")  # noqa: S104 — compared, not bound
    os.environ.setdefault("BIHUAN_URL", f"http://{'127.0.0.1' if everywhere else host}:{port}")
    django()
    from bihuan.config import serve as house
    from bihuan.config.prepare import prepare

    prepare(now())
    say(f"http://{host}:{port}  （Ctrl-C 结束）")
    children = [house.web(host, port), *(house.worker(n + 1) for n in range(workers))]
    raise typer.Exit(house.supervise(children, say))


@app.command()
def worker(once: Annotated[bool, typer.Option(help="办完眼前的任务就结束")] = False) -> None:
    """运行一个工作进程；可以同时运行几个"""
    django()
    from bihuan.config import work

    done = work.run(once=once)
    if once:
        say(f"办了 {done} 项")


@app.command()
def demo(
    load: Annotated[bool, typer.Option("--load", help="只载入示范集团，不启动服务")] = False,
    ugly: Annotated[
        bool, typer.Option("--ugly", help="不载入示范集团，载入难看的测试数据（5000 件）")
    ] = False,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = 1,
) -> None:
    """示范集团：第一次使用时载入，然后启动"""
    os.environ.setdefault("BIHUAN_DEMO", "1")
    django()
    from bihuan.config.prepare import build_rooms, load_demo, prepare
    from bihuan.config.ugly import load_ugly

    prepare(now())
    load_demo(now(), say, load_ugly if ugly else build_rooms)
    if not load:
        serve(host, port, workers)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="台账或通报：xlsx、xls、csv、docx")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看结果，不写入")] = False,
    as_json: Json = False,
    by: Annotated[str, typer.Option(help="经办人工号，写入时必填")] = "",
    unit: Annotated[str, typer.Option(help="归口单位的编码或名称，不填为集团")] = "",
    annex: Annotated[
        Path | None, typer.Option("--with", help="附表：五定、措施等另存的一份，按编号并入")
    ] = None,
) -> None:
    """读一份台账或 Word 通报：--dry-run 说出版式、对应关系和每行的结论；写明经办人则导入"""
    django()
    from bihuan.config import facts as house
    from bihuan.config import ledgers

    if dry_run:
        home = house.unit_called(unit) if unit else None
        report = ledgers.dry_run(file, at=now(), annex=annex, home=home)
        _tell(report, ledgers.sentences(report), as_json)
        raise typer.Exit(1 if report["refused"] else 0)
    actor = ledgers.person_called(by, at=now())
    done = ledgers.take_in(file, by=actor, home=house.unit_called(unit), at=now(), annex=annex)
    _tell({"import": done.pk, "counts": done.counts}, [ledgers.outcome(done)], as_json)


@app.command()
def export(
    layout: Annotated[
        str, typer.Option(help="page 按页面的列、standard 标准台账、lists 三个清单、own 单位原台账版式")
    ],
    out: Annotated[Path, typer.Option(help="写到哪个 xlsx 文件")],
    query: Annotated[str, typer.Option(help="台账页地址里 ? 后面的部分，不填为全部")] = "",
    by: Annotated[str, typer.Option(help="工号：只导出这个人能看的，不填为全部")] = "",
) -> None:
    """台账导出为 Excel"""
    django()
    from bihuan.config import exports as house

    rows = house.written(layout, out, query=query, by=by, at=now())
    say(f"{out}：{rows} 件")


@app.command()
def facts(
    code: Annotated[str, typer.Argument(help="指标代码")] = "",
    period: Annotated[str, typer.Option(help="2026、2026-09、2026-01-01..2026-03-31")] = "",
    unit: Annotated[str, typer.Option(help="单位编码或名称，不填为全部")] = "",
    listing: Annotated[bool, typer.Option("--list", help="列出全部指标")] = False,
    as_json: Json = False,
) -> None:
    """指标：列出，或算一个"""
    django()
    from bihuan.config import facts as house

    if listing or not code:
        found = house.listed()
        _tell(found, (f"{fact['code']}\t{fact['label']}" for fact in found), as_json)
        return
    answer = house.computed(code, period=period, unit=unit, at=now())
    _tell(
        answer,
        [f"{answer['label']}：{answer['numerator']}/{answer['denominator']}　{answer['value']}"],
        as_json,
    )


@app.command()
def verify(
    digest: Annotated[Path | None, typer.Option(help="外存的封存摘要文件：整体重写过的记录也查得出")] = None,
    as_json: Json = False,
) -> None:
    """核对全部事件、封存和文件：没有改动时退出码 0，否则每处一行"""
    django()
    from bihuan.config import evidence as house

    faults = house.faults(digest)
    _tell([house.as_json(fault) for fault in faults], house.lines(faults), as_json)
    raise typer.Exit(1 if faults else 0)


@app.command()
def digest(
    out: Annotated[Path | None, typer.Option(help="写到哪个文件，不填则显示")] = None,
) -> None:
    """封存新的记录，导出封存摘要：打印签收，或存到管理员够不到的地方"""
    django()
    from bihuan.config import evidence as house

    say(house.digest(out, at=now()))


@app.command()
def backup(
    out: Annotated[Path | None, typer.Argument(help="文件或目录，不填为数据目录下的 backups")] = None,
    keep: Annotated[int, typer.Option(help="这个目录里只留最近几份，0 为全留")] = 0,
) -> None:
    """备份数据库和文件，系统可以照常运行；密钥不在备份里，另外保管"""
    django()
    from bihuan.config import backup as house

    made = house.backup(out, at=now(), say=say, keep=keep)
    say(f"备份写到了 {made.place}（{made.place.stat().st_size / 1e6:.1f} MB）")
    for sha256 in made.lost:
        say(f"文件 {sha256} 损坏或丢失，没有备份进去：从旧备份取回它，用 bihuan verify 查清")
    raise typer.Exit(1 if made.lost else 0)


@app.command()
def restore(source: Annotated[Path, typer.Argument(help="备份文件")]) -> None:
    """把备份恢复到空的系统上，并核对记录、文件和指标与备份时一致"""
    django()
    from bihuan.config import restore as house

    outcome = house.restore(source, at=now(), say=say)
    for line in outcome.faults:
        say(line)
    if outcome.faults:
        raise typer.Exit(1)
    say(f"恢复到 {outcome.made_at}：{outcome.files} 个文件、{outcome.figures} 项指标，全部核对一致")


@app.command()
def doctor(as_json: Json = False) -> None:
    """检查这套系统是否正常"""
    django()
    from bihuan.config import doctor as house

    findings = house.examine(now())
    answer = house.as_json(findings)
    _tell(answer, house.lines(findings), as_json)
    raise typer.Exit(0 if answer["well"] else 1)


@app.command()
def docs() -> None:
    """重新生成 docs/generated"""
    django()
    from bihuan.config import generated

    changed = generated.write()
    say("、".join(path.name for path in changed) or "没有变化")


def main() -> int:
    """Run the command line; a refusal is one Chinese sentence on stderr and exit code 1, never a traceback."""
    try:
        app(standalone_mode=True)
    except Exception as problem:
        if type(problem).__name__ not in {"Refused", "Stale", "ImproperlyConfigured"}:
            raise
        todo = getattr(problem, "todo", "")
        typer.echo(f"{problem}{'。' + todo if todo else ''}", err=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
