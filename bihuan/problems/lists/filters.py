"""What the ledger can be filtered by: chips, their choices, and what the sentence says."""

from __future__ import annotations

from bihuan.kernel.actor import Actor
from bihuan.org.models import BusinessLine, Unit
from bihuan.problems import states
from bihuan.registry import shelf
from bihuan.ui.lists import Choice, Filter

CLOCKS = (
    Choice("late", "逾期", "已逾期"),
    Choice("today", "今天到期"),
    Choice("three", "三天内到期"),
    Choice("seven", "七天内到期"),
    Choice("month", "本月到期"),
    Choice("none", "未定期限"),
)


def unit_choices(actor: Actor) -> list[Choice]:
    """All units in the order of the tree, those below indented."""
    below: dict[int | None, list[Unit]] = {}
    for unit in Unit.objects.exclude(path=None).order_by("order", "id"):
        below.setdefault(unit.parent_id, []).append(unit)

    def walk(parent: int | None) -> list[Choice]:
        return [
            line
            for unit in below.get(parent, ())
            for line in (Choice(str(unit.pk), "　" * (unit.depth - 1) + unit.shown), *walk(unit.pk))
        ]

    return walk(None)


def unit_labels(values: list[str]) -> dict[str, str]:
    ids = [value for value in values if value.isdecimal()]
    return {str(unit.pk): unit.shown for unit in Unit.objects.filter(pk__in=ids)}


def line_choices(_: Actor | None = None) -> list[Choice]:
    """Business lines in use; an old address with one that ended still finds its problems."""
    lines = BusinessLine.objects.filter(ended_on=None).order_by("id")
    return [Choice(str(line.pk), line.title) for line in lines]


def line_labels(values: list[str]) -> dict[str, str]:
    ids = [value for value in values if value.isdecimal()]
    return {str(line.pk): line.title for line in BusinessLine.objects.filter(pk__in=ids)}


def source_choices(_: Actor | None = None) -> list[tuple[str, str]]:
    return [(code, source.label) for code, source in shelf.sources().items()]


FILTERS = (
    Filter("q", "文字", kind="text", method="containing", phrase="含“{}”", more=True),
    Filter(
        "unit", "单位", choices=unit_choices, labels=unit_labels, lazy=True, method="in_units", phrase="{}"
    ),
    Filter(
        "stage",
        "销号",
        method="at_stage",
        choices=(
            Choice("open", "未销号", "尚未销号"),
            *(Choice(code, word) for code, word in states.CLOSURE),
            Choice("done", "已销号（含回头看）"),
        ),
        phrase="{}",
    ),
    Filter("source", "来源", choices=source_choices, method="sources", phrase="来自{}"),
    Filter("clock", "时限", choices=CLOCKS, method="by_clock", multiple=False, phrase="{}"),
    Filter("found", "发现", kind="date", method="found_in", phrase="{}发现"),
    Filter("grade", "等级", choices=states.GRADE, method="graded", phrase="{}问题"),
    Filter("timing", "整改类型", choices=states.TIMING, method="timed", phrase="{}", more=True),
    Filter("progress", "整改进度", choices=states.PROGRESS, method="progressed", phrase="自报{}", more=True),
    Filter(
        "supervisor",
        "督办",
        choices=unit_choices,
        labels=unit_labels,
        lazy=True,
        method="supervised_by",
        phrase="{}督办",
        more=True,
    ),
    Filter("lead", "责任人", kind="text", method="led_by", phrase="责任人{}", more=True),
    Filter("category", "类别", kind="text", method="in_category", phrase="类别含“{}”", more=True),
    Filter(
        "line",
        "业务线",
        choices=line_choices,
        labels=line_labels,
        lazy=True,
        method="in_lines",
        phrase="业务线{}",
        more=True,
    ),
    Filter(
        "history",
        "历史",
        choices=(Choice("taken", "接管的历史"), Choice("here", "本系统办理的")),
        method="by_history",
        multiple=False,
        phrase="{}",
        more=True,
    ),
    Filter(
        "mine",
        "与我有关",
        choices=(
            Choice("verify", "等我核验"),
            Choice("lead", "我负责的"),
            Choice("raised", "我提出的"),
            Choice("portfolio", "我分管的"),
        ),
        method="mine",
        multiple=False,
        phrase="{}",
        more=True,
    ),
    Filter("lookback", "待回头看", kind="flag", method="to_look_back", more=True),
    Filter("guessed", "有推断", kind="flag", method="with_guesses", more=True),
    Filter("repeated", "反复发生", kind="flag", method="repeated", more=True),
    Filter("likely", "疑似重复", kind="flag", method="likely_repeats", more=True),
)
