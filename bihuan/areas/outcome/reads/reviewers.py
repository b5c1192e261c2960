"""Who reviews a plan: named by the pinned rule pack (三方、五方), in the field's words."""

from __future__ import annotations

from bihuan.areas.outcome import words
from bihuan.kernel.refused import Missing
from bihuan.org.models import PackVersion
from bihuan.org.reads import rule_of

KEY = "plan.reviewers"
#: where an older pack says nothing: the three that every source names
DEFAULT = ("discipline", "personnel", "office")


def reviewers_in(pack: PackVersion) -> list[str]:
    """Codes of `words.REVIEWERS`. Raises Missing for a word nobody knows."""
    try:
        rule = rule_of(pack, KEY)
    except Missing:
        return list(DEFAULT)
    codes = {label: code for code, label in words.REVIEWERS}
    named = [part.strip() for part in str(rule.value).split(words.AND) if part.strip()]
    unknown = [part for part in named if part not in codes or codes[part] == "department"]
    if unknown:
        raise Missing(words.no_reviewer(unknown, str(pack)), words.ASK_RULES)
    return [codes[part] for part in named]
