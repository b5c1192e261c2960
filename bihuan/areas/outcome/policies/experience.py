"""Who suggests that a rectification be told to others, who decides, and what must not stand in it."""

from __future__ import annotations

from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import Experience, Feedback, FeedbackItem
from bihuan.areas.outcome.querysets import READERS
from bihuan.areas.outcome.reads.experience import candidates, named_in
from bihuan.areas.outcome.reads.publishing import exempts, origin_of
from bihuan.areas.outcome.reads.standing import orgs_over
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.publication.policies.exempts import shows

from .plan import of_the_inspected

_LATEST = "刷新页面看最新情况"


def may_suggest(feedback: Feedback, standing: Standing, by: Actor) -> Verdict:
    """The organisation, or the office of its own accord."""
    if Hat.OFFICE in standing.hats:
        return Verdict.yes()
    may = of_the_inspected(feedback, standing, by)
    return may if may else Verdict.not_yours("由巡察办或被巡察党组织推荐", "请他们办理")


def may_come_from(item: FeedbackItem) -> Verdict:
    if candidates(item.feedback).filter(pk=item.pk).exists():
        return Verdict.yes()
    return Verdict.no("这件问题还没有核验销号，或不能公开", "选一件已经核验销号的")


def may_say_so(texts: list[str], item: FeedbackItem) -> Verdict:
    """No name, and nothing of what is exempt from publication."""
    name = named_in(texts, item)
    if name:
        return Verdict.no(f"写到了人名“{name}”", "改成职务或岗位")
    for exempt in exempts(origin_of(item.feedback)):
        if any(shows(text, exempt.words) for text in texts):
            return Verdict.no(f"写到了不公开的问题 {exempt.label}", "改掉这一处")
    return Verdict.yes()


def decides(experience: Experience, by: Actor) -> Verdict:
    """The office; not about an organisation of its own, not on its own suggestion made for one."""
    own = orgs_over(by).filter(party_org_id=experience.item.feedback.task.org_id).exists()
    if not by.may(states.PLAN) or own:
        return Verdict.not_yours("由巡察办定", "请巡察办办理")
    return Verdict.yes()


def may_decide(experience: Experience, by: Actor) -> Verdict:
    may = decides(experience, by)
    if may and (experience.shared_at or experience.refused_at):
        return Verdict.no("已经定了", _LATEST)
    return may


def may_take_down(experience: Experience, by: Actor) -> Verdict:
    may = decides(experience, by)
    if may and (experience.shared_at is None or experience.taken_down_at):
        return Verdict.no("现在没有在交流", _LATEST)
    return may


def may_use(experience: Experience, by: Actor) -> Verdict:
    """Of another unit that rectifies, while it is shared."""
    if not by.may(states.RECTIFY) or by.unit_id is None:
        return Verdict.not_yours("由各单位的负责人或整改联络员记", "请他们办理")
    if experience.unit.path and by.home_path.startswith(experience.unit.path):
        return Verdict.not_yours("是本单位的经验", "")
    if experience.shared_at is None or experience.taken_down_at:
        return Verdict.no("现在没有在交流", _LATEST)
    return Verdict.yes()


def reads_experience(by: Actor) -> bool:
    return any(by.may(code) for code in READERS)
