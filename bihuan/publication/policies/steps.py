"""Who may take which step, and what must be there first."""

from __future__ import annotations

from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.org.models import Unit
from bihuan.publication import states
from bihuan.publication.models import Entry, Opinion, Publication

from .exempts import exposure_verdict

_LOOK = {step: (permission, state) for state, (step, permission) in states.LOOK_STEPS.items()}
_WHO = {"check": "本单位负责人", "review": "公开办公室", "approve": "领导小组成员"}


def _may_any(by: Actor, unit: Unit, *permissions: str) -> bool:
    return any(by.may_in(permission, unit.path or "") for permission in permissions)


def may_keep_catalogue(by: Actor) -> Verdict:
    if by.may(states.MAY_REVIEW):
        return Verdict.yes()
    return Verdict.not_yours("公开目录由公开办公室管", "要加事项，告诉公开办公室")


def may_draft(unit: Unit, by: Actor) -> Verdict:
    if _may_any(by, unit, states.MAY_DRAFT):
        return Verdict.yes()
    return Verdict.not_yours(f"你没有给{unit.shown}起草公开内容的权限", "请本单位负责人或整改联络员起草")


def may_draft_under(entry: Entry, unit: Unit, by: Actor) -> Verdict:
    if entry.ended_on is not None:
        return Verdict.no(f"“{entry.title}”已停用", "换一个公开事项")
    return may_draft(unit, by)


def verdict(step: str, publication: Publication, by: Actor) -> Verdict:
    """May this actor take this step? No query, except where the text is compared (送核, 公开)."""
    row = states.PUBLICATION[step]
    if publication.state not in row.sources:
        now = dict(states.STATES)[publication.state]
        return Verdict.not_yours(f"已被他人处理，现在是“{now}”", "刷新页面看最新情况后再办")
    if step in _LOOK:
        return _look(step, publication, by)
    unit = publication.unit
    if step in ("redraft", "submit"):
        return may_draft(unit, by)
    if step == "return":
        return _part(unit, by, states.PARTS, "由看的人或起草单位退回")
    if step == "publish":
        return _part(unit, by, (states.MAY_DRAFT, states.MAY_REVIEW), "由起草单位或公开办公室公开")
    if step == "take_down":
        return _part(unit, by, (states.MAY_CHECK, states.MAY_REVIEW), "由单位负责人或公开办公室撤下")
    return Verdict.yes() if by.is_system else Verdict.not_yours("到期由系统自动撤下")


def text_verdict(step: str, publication: Publication, by: Actor) -> Verdict:
    """送核 and 公开: the step itself, and that nothing shows which must not."""
    may = verdict(step, publication, by)
    return may and exposure_verdict(publication)


def _part(unit: Unit, by: Actor, permissions: tuple[str, ...], reason: str) -> Verdict:
    return Verdict.yes() if _may_any(by, unit, *permissions) else Verdict.not_yours(reason)


def _look(step: str, publication: Publication, by: Actor) -> Verdict:
    permission, _ = _LOOK[step]
    if not _may_any(by, publication.unit, permission):
        return Verdict.not_yours(f"由{_WHO[step]}{states.PUBLICATION[step].label}")
    me = by.person_id
    if me is not None and me in (publication.made_by_id, publication.drafted_by_id):
        return Verdict.no("是你起草的，不能由你看", f"请{_WHO[step]}里的其他人办")
    if me is not None and me in (publication.checked_by_id, publication.reviewed_by_id):
        return Verdict.no("前一关是你看的，这一关要换人", f"请{_WHO[step]}里的其他人办")
    return Verdict.yes()


def may_speak(publication: Publication, *, showing: bool) -> Verdict:
    """Opinions are taken as long as the thing is public. `showing`: it is, on this day, where the sender stands."""
    if showing:
        return Verdict.yes()
    return Verdict.no("已经不在公开，意见不再收", "有话可以向公开办公室反映")


def may_answer(opinion: Opinion, by: Actor) -> Verdict:
    """Opinions: the unit that published, or the office. Objections: who looks, never who wrote the text."""
    if opinion.answered_on is not None:
        return Verdict.no("已经答复", "刷新页面看最新情况")
    unit = opinion.publication.unit
    if opinion.kind == "opinion":
        return _part(unit, by, (states.MAY_DRAFT, states.MAY_REVIEW), "由公开的单位或公开办公室答复")
    may = _part(unit, by, (states.MAY_CHECK, states.MAY_REVIEW), "异议由单位负责人或公开办公室认定")
    if may and by.person_id is not None and by.person_id == opinion.publication.drafted_by_id:
        return Verdict.no("是你起草的，异议不能由你定", "请单位负责人或公开办公室的其他人定")
    if may and by.person_id is not None and by.person_id == opinion.sender_id:
        return Verdict.no("是你提的异议，不能由你定", "请单位负责人或公开办公室的其他人定")
    return may
