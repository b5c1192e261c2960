"""How far a new installation has come: the four steps of the first-start guide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.urls import reverse

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.org.models import Account, PackVersion, Person, RuleConfirmation, Unit
from bihuan.org.permissions import Permission as P
from bihuan.record.models import Event
from bihuan.registry import shelf

_ADMINISTRATORS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """`state` is done, here (the next to do) or later; `who` says whose step it is when it is not the reader's."""

    label: str
    text: str
    state: str
    url: str
    button: str
    mine: bool
    who: str


def first_steps(actor: Actor, at: datetime) -> list[Step]:
    """In order. A step is done by what is in the database, not by a tick somebody set."""
    day = local_day(at)
    units, people = Unit.objects.open_on(day).count(), Person.objects.here_on(day).count()
    accounts = Account.objects.filter(is_active=True).count()
    facts = (
        (
            "单位和人员",
            units > 1 and people > _ADMINISTRATORS,
            f"{units} 个单位，{people} 人" if units > 1 else "从 Excel 导入，先试运行",
            reverse("org:import"),
            "导入",
            P.ORG_MANAGE,
            "系统管理员",
        ),
        (
            "规则包",
            RuleConfirmation.objects.exists(),
            _pack_words(),
            reverse("org:rules"),
            "核对规则",
            P.RULES_MANAGE,
            "规则管理员",
        ),
        (
            "第一本台账",
            Event.objects.filter(stream__startswith="problem:").exists(),
            "Excel 原样上传，先试运行，不会直接写入",
            _ledger_url(),
            "导入台账",
            P.LEDGER_IMPORT,
            "巡察办或安全监督员",
        ),
        (
            "请人进来",
            accounts > _ADMINISTRATORS,
            f"已开 {accounts} 个账号，没有账号的人登不进来",
            reverse("org:account-new"),
            "开账号",
            P.ACCOUNT_MANAGE,
            "系统管理员",
        ),
    )
    steps, here = [], True
    for label, done, text, url, button, permission, who in facts:
        state = "done" if done else "here" if here else "later"
        here = here and done
        steps.append(Step(label, text, state, url, button, actor.may(permission) and bool(url), who))
    return steps


def _pack_words() -> str:
    newest = PackVersion.objects.filter(pack="problems").aggregate(last=Max("version"))["last"]
    return f"{newest} 版：期限、提醒、升级、延期，标“待核实”的逐条确认" if newest else "还没有装入规则包"


def _ledger_url() -> str:
    """The ledgers area lies above this room: asked of the registry, empty where it is not installed."""
    offer = next((offer for offer in shelf.offers() if offer.code == "ledgers"), None)
    return next((nav.url for nav in offer.nav), "") if offer else ""
