"""A report rests on what the leader signed, at every step; who takes which step; each edition stays."""

from __future__ import annotations

import pytest

from bihuan.areas.onsite.actions.correct_draft import correct_draft
from bihuan.areas.onsite.actions.discuss_draft import discuss_draft
from bihuan.areas.onsite.actions.hand_in_draft import hand_in_draft
from bihuan.areas.onsite.actions.review_draft import review_draft
from bihuan.areas.onsite.actions.set_aside_draft import set_aside_draft
from bihuan.areas.onsite.actions.sign_draft import sign_draft
from bihuan.areas.onsite.models import Draft
from bihuan.areas.outcome.actions.assemble import assemble
from bihuan.areas.outcome.actions.check_facts import check_facts
from bihuan.areas.outcome.actions.hand_in_report import hand_in_report
from bihuan.areas.outcome.actions.keep_finding import keep_finding
from bihuan.areas.outcome.actions.read_report import read_edition, read_report
from bihuan.areas.outcome.actions.return_report import return_report
from bihuan.areas.outcome.actions.say_opinion import say_opinion
from bihuan.areas.outcome.actions.start_report import start_report
from bihuan.areas.outcome.models import Citation, Report, ReportEdition, ReportFinding
from bihuan.areas.outcome.reads import faults_of
from bihuan.areas.outcome.reads.citing import uncited
from bihuan.kernel.refused import Refused, Stale
from bihuan.record.models import Event

from .story import SECRET, WAY, Outcome

pytestmark = pytest.mark.django_db
SAID = {
    "phenomenon": "外委队伍没有协议",
    "nature": "管理不严",
    "responsibility": "设备车间",
    "basis": "办法第四条",
}


def _replaced(outcome: Outcome, draft: Draft) -> Draft:
    """The signed draft gets a corrected edition, signed in its turn."""
    draft.refresh_from_db()
    new = correct_draft(draft=draft, **outcome.as_("member"))
    hand_in_draft(draft=new, **outcome.as_("member"))
    review_draft(draft=new, **outcome.as_("deputy"))
    discuss_draft(draft=new, on=outcome.day, opinion="同意", **outcome.as_("team_leader"))
    return sign_draft(draft=new, **outcome.as_("team_leader"))


def test_the_whole_way_leaves_its_days_its_editions_and_its_events(outcome):
    report = outcome.report("issued")
    kept = Report.objects.get()
    assert kept.state == "issued" and kept.edition == 1 and report.version == kept.version
    days = (kept.passed_on, kept.reviewed_on, kept.considered_on, kept.approved_on, kept.issued_on)
    assert set(days) == {outcome.day} and kept.approved_by == outcome.world.person("leading")
    kinds = list(Event.objects.filter(stream=kept.stream).order_by("seq").values_list("kind", flat=True))
    assert kinds[0] == "outcome.report_started" and kinds[-1] == "outcome.report_issued"
    assert "outcome.report_handed_in" in kinds and len(kinds) == 9
    assert SECRET not in str(list(Event.objects.values_list("data", "subject")))
    assert SECRET not in "".join(Report.objects.values_list("sealed", flat=True))


def test_assembled_from_the_drafts_word_for_word_and_once(outcome):
    report = outcome.started()
    (finding,) = ReportFinding.objects.all()
    said = read_report(report=report, **outcome.as_("member"))
    words = said.findings[0][1]
    assert SECRET in words["phenomenon"] and words["nature"] == "安全费用挪作他用"
    assert words["responsibility"] == "热轧厂负主体责任" and "第四条" in words["basis"]
    assert [one.draft_id for one in finding.citations.all()] == [outcome.drafts[0].pk]
    assert uncited(report) == []
    with pytest.raises(Refused, match="没有可列入"):
        assemble(report=report, drafts=outcome.drafts, **outcome.as_("member"))


@pytest.mark.parametrize("state", ["written", "handed_in", "reviewed", "discussed"])
def test_a_finding_without_a_signed_draft_does_not_come_in(outcome, state):
    report = start_report(task=outcome.task, **outcome.as_("member"))
    unsigned = outcome.draft(state)
    given = {"report": report, "focus": outcome.focus, "said": SAID, **outcome.as_("member")}
    with pytest.raises(Refused, match="没有引用底稿"):
        keep_finding(drafts=[], **given)
    with pytest.raises(Refused, match="不是组长签过"):
        keep_finding(drafts=[unsigned], **given)
    with pytest.raises(Refused, match="不是组长签过"):
        assemble(report=report, drafts=[unsigned], **outcome.as_("member"))
    assert not ReportFinding.objects.exists() and not Citation.objects.exists()


@pytest.mark.parametrize("at", WAY[:-1])
def test_a_replaced_draft_shuts_every_step_until_it_is_cited_anew(outcome, at):
    report = outcome.report(at)
    new = _replaced(outcome, outcome.drafts[0])
    assert [fault.text for fault in faults_of(report)] == [
        "第 1 条引用的底稿001已有新版，不是组长签过的现行版"
    ]
    with pytest.raises(Refused, match="第 1 条引用的底稿001已有新版"):
        outcome.step(report, WAY[WAY.index(at) + 1])
    word = {"team": "team_leader", "office": "inspection_officer", "approved": "inspection_officer"}
    if at != "drafting":
        return_report(report=report, text="底稿有新版，改引", **outcome.as_(word.get(at, "leading")))
    assert report.state == "drafting" and report.approved_on is None
    finding = report.findings.get()
    keep_finding(
        report=report, finding=finding, focus=outcome.focus, said=SAID, drafts=[new], **outcome.as_("member")
    )
    assert faults_of(report) == []
    for state in WAY[1:]:
        outcome.step(report, state)
    assert Report.objects.get().state == "issued"


def test_a_draft_set_aside_shuts_the_way_too(outcome):
    report = outcome.report("office")
    outcome.drafts[0].refresh_from_db()
    set_aside_draft(draft=outcome.drafts[0], why="proof", **outcome.as_("team_leader"))
    with pytest.raises(Refused, match="第 1 条引用的底稿001不采用"):
        outcome.step(report, "leading")


def test_a_draft_of_another_task_is_not_cited(outcome):
    report = outcome.started()
    other = outcome.draft("signed")
    Draft.objects.filter(pk=other.pk).update(task=outcome.task_of_another())
    other.refresh_from_db()
    with pytest.raises(Refused, match="别的任务"):
        assemble(report=report, drafts=[other], **outcome.as_("member"))


#: state it is in -> who may take the next step; everybody else is refused
_WHO = {
    "drafting": {"member", "other_member", "deputy", "team_leader"},
    "team": {"team_leader"},
    "office": {"inspection_officer"},
    "leading": {"leading", "leader"},
    "committee": {"leading", "leader"},
    "approved": {"inspection_officer"},
}
_EVERYBODY = (
    "member", "other_member", "deputy", "team_leader", "inspection_officer", "registrar", "leading", "leader",
    "head", "discipline", "personnel", "department", "unit_head", "liaison", "outsider", "system_admin",
)  # fmt: skip


@pytest.mark.parametrize("at", WAY[:-1])
def test_who_takes_the_next_step(outcome, at):
    report = outcome.report(at)
    took = set()
    for word in _EVERYBODY:
        row = Report.objects.select_related("task__round__rule_pack").get()
        try:
            outcome.step(row, WAY[WAY.index(at) + 1], word)
        except Refused:
            continue
        took.add(word)
        Report.objects.filter(pk=row.pk).update(state=at, edition=report.edition, version=report.version)
        ReportEdition.objects.filter(number__gt=report.edition).delete()
    assert took == _WHO[at]


def test_nobody_of_the_team_reviews_and_who_wrote_it_does_not_decide(outcome):
    from bihuan.org.actions.grant_role import grant_role
    from bihuan.org.tests.world import SINCE

    for role in ("inspection_office", "inspection_lead"):
        grant_role(
            role=role, unit=outcome.world.unit("group"), person=outcome.world.person("member"),
            from_day=SINCE, by=outcome.world.actor("security_admin"), at=outcome.at,
        )  # fmt: skip
    report = outcome.report("office")
    for state in ("leading", "committee", "approved"):
        with pytest.raises(Refused, match="自己组的报告"):
            outcome.step(report, state, "member")
        outcome.step(report, state)
    assert report.state == "approved"


def test_the_database_holds_that_who_wrote_it_does_not_decide(outcome):
    from django.db import IntegrityError, transaction

    report = outcome.report("committee")
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(approved_by_id=report.made_by_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(state="issued")


def test_each_edition_and_each_opinion_stays(outcome):
    report = outcome.report("leading")
    say_opinion(report=report, text="第一条再核一下", **outcome.as_("leading"))
    return_report(report=report, text="补充责任", **outcome.as_("leading"))
    assert report.state == "drafting" and report.passed_on == outcome.day and report.reviewed_on is None
    finding = report.findings.get()
    keep_finding(
        report=report, finding=finding, focus=outcome.focus, said=SAID, drafts=outcome.drafts,
        **outcome.as_("member"),
    )  # fmt: skip
    hand_in_report(report=report, **outcome.as_("member"))
    first, second = report.editions.order_by("number")
    old = read_edition(edition=first, **outcome.as_("leading"))
    assert SECRET in str(old["findings"]) and old["findings"][0]["drafts"] == ["底稿001"]
    assert SECRET not in str(read_edition(edition=second, **outcome.as_("leading"))["findings"])
    said = read_report(report=report, **outcome.as_("leading"))
    assert [(one.outcome, one.stage, text) for one, text in said.opinions] == [
        ("passed", "team", "同意送审"),
        ("said", "leading", "第一条再核一下"),
        ("returned", "leading", "补充责任"),
    ]


def test_nothing_empty_is_handed_in_and_nothing_handed_in_is_changed(outcome):
    report = start_report(task=outcome.task, **outcome.as_("member"))
    with pytest.raises(Refused, match="还没有一条问题"):
        hand_in_report(report=report, **outcome.as_("member"))
    report.refresh_from_db()
    assemble(report=report, drafts=outcome.drafts, **outcome.as_("member"))
    with pytest.raises(Refused, match="还没有写总体评价"):
        hand_in_report(report=report, **outcome.as_("member"))
    assert Report.objects.get().state == "drafting" and not ReportEdition.objects.exists()
    done = outcome.report_again(report)
    with pytest.raises(Refused, match="不能改"):
        keep_finding(
            report=done, focus=outcome.focus, said=SAID, drafts=outcome.drafts, **outcome.as_("member")
        )


def test_the_facts_are_checked_once_without_a_word(outcome):
    report = outcome.started()
    with pytest.raises(Refused):
        check_facts(report=report, on=outcome.day, **outcome.as_("member"))
    check_facts(report=report, on=outcome.day, **outcome.as_("team_leader"))
    with pytest.raises(Refused, match="已经记过"):
        check_facts(report=report, on=outcome.day, **outcome.as_("team_leader"))
    event = Event.objects.get(kind="outcome.facts_checked")
    assert event.data == {"task": outcome.task.pk, "on": outcome.day.isoformat()}


def test_two_hands_on_one_report_one_must_look_again(outcome):
    outcome.started()
    one, other = Report.objects.select_related("task__round__rule_pack").get(), Report.objects.select_related("task__round__rule_pack").get()  # fmt: skip
    given = {"focus": outcome.focus, "said": SAID, "drafts": outcome.drafts, **outcome.as_("member")}
    keep_finding(report=one, **given)
    with pytest.raises(Stale):
        keep_finding(report=other, **given)
