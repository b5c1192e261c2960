"""What must be there before the first page: tables, rule packs, holidays; and the demo group where it is wanted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Missing, Refused
from bihuan.org.actions.enter_first import FirstAdministrator, enter_first
from bihuan.org.actions.load_rule_packs import load_rule_packs
from bihuan.org.actions.load_special_days import load_special_days
from bihuan.org.actions.reset_factors import reset_factors
from bihuan.org.actions.reset_password import reset_password
from bihuan.org.models import Account
from bihuan.org.roles import ADMINISTRATORS, ROLES
from bihuan.publication.actions.load_catalogue import load_catalogue
from bihuan.record.strongbox import add_key
from bihuan.registry import shelf


def prepare(at: datetime) -> None:
    """Bring the database to this version. Safe at every start: what is there stays as it is."""
    call_command("migrate", interactive=False, verbosity=0)
    load_rule_packs(at=at)
    load_special_days()
    load_catalogue(at=at)


@dataclass
class DemoWorld:
    """Handed from room to room, the lowest floor first: each finds in `things` what those below have built.

    `scale` shrinks crowds in tests; posts and the named people stay.
    """

    at: datetime
    say: Callable[[str], None]
    things: dict[str, Any] = field(default_factory=dict)
    scale: float = 1.0


def build_rooms(at: datetime, say: Callable[[str], None], scale: float = 1.0) -> DemoWorld:
    """Every room builds its share of the demo group, the lowest floor first."""
    offers = {offer.code: offer for offer in shelf.offers()}
    world = DemoWorld(at, say, scale=scale)
    for config in apps.get_app_configs():
        offer = offers.get(config.label)
        if offer and offer.demo:
            say(f"  {offer.title}")
            offer.demo(world)
    return world


def load_demo(
    at: datetime,
    say: Callable[[str], None],
    build: Callable[[datetime, Callable[[str], None]], Any] = build_rooms,
) -> bool:
    """Build the demo group in an empty installation, all of it or nothing; False when it is there already.

    `build` may be another world than the demo group's. Raises Refused where somebody's own data is: the demo
    group never mixes with it.
    """
    marker = settings.DATA / "demo"
    if marker.exists():
        say(f"示范集团已于 {marker.read_text(encoding='utf-8')[:10]} 载入")
        return False
    if Account.objects.exists():
        raise Refused("这里已经有正式数据，不能载入示范集团", "用 BIHUAN_DATA 指定一个空目录再载入")
    say("正在载入示范集团，约需一两分钟")
    start = time.monotonic()
    with transaction.atomic():
        build(at, say)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # after a bulk load the planner knows nothing of what came in
    marker.write_text(at.isoformat(), encoding="utf-8")
    say(f"示范集团已载入，用时 {time.monotonic() - start:.0f} 秒")
    return True


def create_administrators(*, group: str, short_name: str, people: list[str], at: datetime) -> list[str]:
    """Start an empty installation with its three administrators, each as `姓名:工号`; returns lines to show once."""
    named = [part.strip().replace("：", ":").partition(":") for part in people]
    administrators = [FirstAdministrator(name.strip(), staff_no.strip()) for name, _, staff_no in named]
    made = enter_first(group_name=group, short_name=short_name, administrators=administrators, at=at)
    return [
        f"{ROLES[role].label}　登录名 {account.username}　初始口令 {password}"
        for role, (account, password) in zip(ADMINISTRATORS, made, strict=True)
    ]


def _account(username: str) -> Account:
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise Missing(f"没有登录名“{username}”", "在账号页核对登录名")
    return account


def without_second(username: str, *, at: datetime) -> str:
    """Take the second factors of an account away: for whoever stands at the server."""
    reset_factors(account=_account(username), by=SYSTEM, at=at)
    return f"{username} 的第二步验证清除了，用密码登录后重新设置"


def rotate_keys() -> str:
    """A new key in front, and every stored secret closed with it. The old keys stay: older backups need them."""
    count = add_key()
    changed = sum(offer.reseal() for offer in shelf.offers() if offer.reseal)
    return f"现在有 {count} 把密钥，用最新的重新加密了 {changed} 条；旧密钥留着，旧备份要用"


def fresh_password(username: str, *, at: datetime) -> str:
    """A new initial password, told to whoever stands at the server. Raises Missing for an unknown name."""
    account = _account(username)
    return f"{username} 的初始口令：{reset_password(account=account, by=SYSTEM, at=at)}（首次登录必须修改）"
