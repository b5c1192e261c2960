"""Rule values: what holds on a day, and what holds in a version somebody pinned."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bihuan.kernel.refused import Missing
from bihuan.kernel.rules import Pack, RuleValue
from bihuan.org.models import PackVersion


def current_pack(pack: str, day: date) -> PackVersion:
    """The version of a pack that holds on this day. Raises Missing when none does."""
    found = (
        PackVersion.objects.filter(
            Q(effective_to=None) | Q(effective_to__gte=day), pack=pack, effective_from__lte=day
        )
        .order_by("-effective_from", "-id")
        .first()
    )
    if found is None:
        raise Missing(
            f"规则包“{pack}”在 {day.year}年{day.month}月{day.day}日没有生效的版本", "请规则管理员发布一版"
        )
    return found


def values_of(version: PackVersion) -> Pack:
    """All values of one version, in its order."""
    return Pack.from_dicts(version.values)


def rule_of(version: PackVersion | None, key: str) -> RuleValue:
    """One value of a pinned version. Rows without a pin (None) read the newest version of `problems`.

    Raises Missing when the version is silent about the key.
    """
    pinned = version or PackVersion.objects.filter(pack="problems").order_by("-effective_from", "-id").first()
    if pinned is None:
        raise Missing("还没有装入规则包“problems”", "请管理员运行 bihuan doctor")
    for row in pinned.values:
        if row["key"] == key:
            return RuleValue(**row)
    raise Missing(f"{pinned} 里没有规则 {key}", "请规则管理员在新版本里补上")


def rule(pack: str, key: str, day: date) -> RuleValue:
    """One value as it holds on this day; for something pinned ask `rule_of(version, key)`."""
    return rule_of(current_pack(pack, day), key)


def history(pack: str) -> list[PackVersion]:
    """All versions of a pack, newest first."""
    return list(PackVersion.objects.filter(pack=pack).order_by("-effective_from", "-id"))
