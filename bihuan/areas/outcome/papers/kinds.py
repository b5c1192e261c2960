"""Which papers come after a stay, with who may have each of them: whoever sees the thing on its page, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bihuan.areas.outcome import states
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.paper.form import Form
from bihuan.registry.papers import PaperFacts, PaperKind

from . import (
    feedback,
    finding,
    rectifying,
    report,
    reporting,
    rounds,
    saying,
    saying_plans,
    saying_rounds,
)
from .finding import Find, Seen

Say = Callable[[Seen, Actor, datetime], dict[str, Any]]


def _kind(form: Form, where: str, find: Find, say: Say, **more: Any) -> PaperKind:
    def may(key: str, by: Actor, at: datetime) -> Verdict:
        return find(key, by, at).may

    def facts(key: str, by: Actor, at: datetime) -> PaperFacts:
        seen = find(key, by, at)
        name = f"{seen.round.code}_{seen.task.org.shown}" if seen.task else seen.round.code
        return PaperFacts(say(seen, by, at), name=name, subject=str(seen.round))

    return PaperKind(form, where, may, facts, **more)


_REPORT, _FEEDBACK, _MENDING, _TWO = "报告页面", "反馈意见页面", "整改页面", "整改报告页面"
_EVALUATION, _SUM, _ARCHIVE = "整改评估页面", "本轮总结", "归档页面"
_SHUT = {"confidential": True}
_OFFICE = {"needs": states.PLAN, **_SHUT}

PAPERS = (
    _kind(report.REPORT, _REPORT, finding.report("task"), saying.report_facts, **_SHUT),
    _kind(report.SPECIAL, _REPORT, finding.report("special"), saying.special_facts, **_SHUT),
    _kind(report.PROBLEMS, _REPORT, finding.problem_list, saying.problem_list_facts, **_SHUT),
    _kind(feedback.FEEDBACK, _FEEDBACK, finding.feedback, saying.feedback_facts, **_SHUT),
    _kind(feedback.AGENDA, _FEEDBACK, finding.meeting, saying.agenda_facts),
    _kind(feedback.NOTICE, _MENDING, finding.by_the_office, saying_plans.notice_facts, needs=states.PLAN),
    _kind(rectifying.PLAN, _MENDING, finding.planned, saying_plans.plan_facts, **_SHUT),
    _kind(rectifying.LEDGER, _MENDING, finding.followed, saying_plans.ledger_facts, **_SHUT),
    _kind(rectifying.LETTER, _MENDING, finding.late_ones, saying_plans.letter_facts, **_OFFICE),
    _kind(reporting.LIFE, _MENDING, finding.followed, saying_plans.life_facts, **_SHUT),
    _kind(reporting.CHECK, _MENDING, finding.followed, saying_plans.check_facts, **_SHUT),
    _kind(reporting.REPORT, _TWO, finding.rect_report("org"), saying_plans.rect_report_facts, **_SHUT),
    _kind(reporting.HEAD_REPORT, _TWO, finding.rect_report("head"), saying_plans.rect_report_facts, **_SHUT),
    _kind(reporting.PUBLIC, _MENDING, finding.published, saying_plans.public_facts, **_SHUT),
    _kind(reporting.INSIDE, _MENDING, finding.published, saying_plans.inside_facts, **_SHUT),
    _kind(reporting.EVALUATION, _EVALUATION, finding.evaluation, saying_plans.evaluation_facts, **_SHUT),
    _kind(rounds.ROUND_REPORT, _SUM, finding.round_paper("round"), saying_rounds.sum_facts, **_SHUT),
    _kind(rounds.SPECIAL_SUM, _SUM, finding.round_paper("special"), saying_rounds.sum_facts, **_SHUT),
    _kind(rounds.COMMON, _SUM, finding.round_with_common, saying_rounds.common_facts),
    _kind(rounds.ARCHIVE, _ARCHIVE, finding.archived, saying_rounds.archive_facts),
)
