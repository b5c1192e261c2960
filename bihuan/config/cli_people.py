"""Commands about who gets in: the first administrators, passwords, second steps, keys."""

from __future__ import annotations

from typing import Annotated

import typer

from bihuan.config.starting import django, now, say

people = typer.Typer()


@people.command()
def createadmin(
    group: Annotated[str, typer.Option(help="集团全称")],
    system: Annotated[str, typer.Option(help="系统管理员，写成 姓名:工号")],
    security: Annotated[str, typer.Option(help="安全管理员，写成 姓名:工号")],
    audit: Annotated[str, typer.Option(help="审计管理员，写成 姓名:工号")],
    short_name: Annotated[str, typer.Option(help="集团简称")] = "",
) -> None:
    """第一次使用：建立集团和三员，初始口令只显示这一次"""
    django()
    from bihuan.config.prepare import create_administrators, prepare

    prepare(now())
    named = [system, security, audit]
    for line in create_administrators(group=group, short_name=short_name, people=named, at=now()):
        say(line)


@people.command()
def resetpassword(username: Annotated[str, typer.Argument(help="登录名")]) -> None:
    """换一个初始口令，只显示这一次；三员忘了密码只能这样重设"""
    django()
    from bihuan.config.prepare import fresh_password

    say(fresh_password(username, at=now()))


@people.command()
def resetsecond(username: Annotated[str, typer.Argument(help="登录名")]) -> None:
    """重设第二步验证：手机丢了、备用码也没有的安全管理员只能这样进来"""
    django()
    from bihuan.config.prepare import without_second

    say(without_second(username, at=now()))


@people.command()
def rotatekeys() -> None:
    """换密钥：加一把新的，加密保存的内容全部用它重新加密"""
    django()
    from bihuan.config.prepare import rotate_keys

    say(rotate_keys())
