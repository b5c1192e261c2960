"""What the loop offers to the house."""

from __future__ import annotations

from bihuan.problems import states, words
from bihuan.problems.actions.follow_unit import follow_unit
from bihuan.problems.actions.hand_over import hand_over
from bihuan.problems.actions.take_over import TELL
from bihuan.problems.demo.group import build
from bihuan.problems.exports import run_export
from bihuan.problems.exports.papers import FORMS
from bihuan.problems.exports.print_letters import print_letters
from bihuan.problems.facts import FACTS
from bihuan.problems.jobs import count, look_back, look_for_likes, remind, send_letters, tell_of_import
from bihuan.problems.likeness import LOOK
from bihuan.problems.lists.due_days import due_days
from bihuan.problems.lists.open_work import open_work, opens, unit_work
from bihuan.problems.models import Letter, Problem
from bihuan.problems.reactions import REACTIONS, react
from bihuan.registry.contract import JobKind, Nav, Offer, Tick
from bihuan.registry.papers import PaperKind


def _give_on(keys, from_id, to_id, actor, at) -> int:
    return hand_over(keys=keys, from_id=from_id, to_id=to_id, by=actor, at=at)


def _restricted(streams: set[str]) -> set[str]:
    """Streams of problems that are for a closed circle. One query."""
    ids = {int(key) for kind, _, key in (s.partition(":") for s in streams) if kind == "problem"}
    kept = Problem.objects.filter(pk__in=ids).exclude(secrecy="normal").values_list("pk", flat=True)
    posted = {int(key) for kind, _, key in (s.partition(":") for s in streams) if kind == "letter"}
    shut = (
        Letter.objects.filter(pk__in=posted).exclude(problem__secrecy="normal").values_list("pk", flat=True)
    )
    return {f"problem:{pk}" for pk in kept} | {f"letter:{pk}" for pk in shut}


def _seen(actor, streams: set[str]) -> set[str]:
    """Streams of problems this actor may see, restricted ones by the same rule as their pages. One query."""
    ids = {int(key) for kind, _, key in (s.partition(":") for s in streams) if kind == "problem"}
    found = Problem.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True) if ids else ()
    return {f"problem:{pk}" for pk in found}


def _follow(from_unit_id, to_unit_id, actor, at) -> int:
    return follow_unit(from_unit_id=from_unit_id, to_unit_id=to_unit_id, by=actor, at=at)


OFFER = Offer(
    code="problems",
    title="问题台账",
    order=20,
    nav=(
        Nav("问题台账", "/problems/", "table", order=10),
        Nav("督办函件", "/problems/letters/", "mail", order=14, needs=("letter.release", "problem.rectify")),
        Nav("回头看", "/problems/lookback/", "eye-check", order=16, needs="problem.recheck"),
    ),
    facts=FACTS,
    jobs=(
        JobKind("problems.export", "导出台账", run_export),
        JobKind(TELL, "告知台账责任人", tell_of_import, show=False),
        JobKind("problems.letters", "函件成文", print_letters, show=False),
        JobKind(LOOK, "查找疑似重复", look_for_likes, show=False),
    ),
    ticks=(
        Tick("problems.remind", "到期和逾期提醒", "30 7 * * *", remind),
        Tick("problems.letters", "督办升级", "35 7 * * *", send_letters),
        Tick("problems.lookback", "回头看抽查", "40 7 1 * *", look_back),
        Tick("problems.words", "统计用词，供查找重复", "20 3 * * *", count),
    ),
    papers=tuple(PaperKind(form, "发函、问题页面") for form in FORMS),
    reacts_to=dict.fromkeys(REACTIONS, react),
    urls="bihuan.problems.urls",
    mount="problems",
    api="bihuan.problems.api.routes",
    open_work=open_work,
    opens=opens,
    hand_over=_give_on,
    unit_work=unit_work,
    move_unit_work=_follow,
    keeps_back=_restricted,
    announces={step.event: step.label for step in states.STEPS.steps},
    sees=_seen,
    due_days=due_days,
    data_words=words.DATA_WORDS | dict(states.CLOSURE) | dict(states.PROGRESS) | dict(states.GRADE),
    event_words={step.event: step.label for step in states.STEPS.steps}
    | {"export.asked": "导出台账", "file.original_seen": "看照片原件", "problem.read": "看限知悉问题"}
    | words.LETTER_EVENTS,
    demo=build,
)
