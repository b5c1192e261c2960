"""May I have this paper? The room of the paper says; here is asked what holds for all of them."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing
from bihuan.kernel.verdict import Verdict
from bihuan.registry import shelf
from bihuan.registry.papers import PaperKind

from .models import Template

RULES_MANAGE = "rules.manage"


def kind_of(code: str) -> PaperKind:
    """Raises Missing for a kind no room declares."""
    found = shelf.papers().get(code)
    if found is None:
        raise Missing("没有这种文书", "从页面的“文书”里选")
    return found


def may_ask(code: str, about: str, which: str, *, by: Actor, at: datetime) -> Verdict:
    """Raises Missing where the thing it is about is not this person's to see."""
    kind = kind_of(code)
    if kind.may is None or not by.is_person:
        raise Missing("没有这种文书", "从页面的“文书”里选")
    verdict = kind.may(about, by, at)
    if verdict and which == "pdf":
        return may_print(code)
    return verdict


def may_print(code: str) -> Verdict:
    """One kind of paper never stands on two forms: where an office replaced the template, it is Word alone."""
    if code in Template.objects.filter(kind=code).in_force():
        return Verdict.no("这种文书本单位换了模板，只出 Word", "要 Word 版，在 Word 里另存为 PDF")
    return Verdict.yes()


def may_put(by: Actor) -> Verdict:
    return (
        Verdict.yes()
        if by.may(RULES_MANAGE)
        else Verdict.not_yours("你没有换文书模板的权限", "请规则管理员办")
    )
