"""Papers of what comes after a stay: of real rows, for whoever sees the thing on its page, and closed as it is."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import pytest

from bihuan.areas.outcome.actions.confirm_common import confirm_common
from bihuan.areas.outcome.actions.deduct import deduct
from bihuan.areas.outcome.actions.hand_in_rect_report import hand_in_rect_report
from bihuan.areas.outcome.actions.hand_over_papers import hand_over_papers
from bihuan.areas.outcome.actions.hold_life_meeting import hold_life_meeting
from bihuan.areas.outcome.actions.publish_outcome import publish_outcome
from bihuan.areas.outcome.actions.receive_rect_report import receive_rect_report
from bihuan.areas.outcome.actions.write_round_paper import write_round_paper
from bihuan.areas.outcome.models import Report
from bihuan.areas.outcome.papers import PAPERS
from bihuan.documents.actions.put_template import put_template
from bihuan.documents.models import MadePaper
from bihuan.documents.reads import menu_of
from bihuan.documents.tests.making import Paper, fetched, kept_files, made_of, may_have, text_of
from bihuan.kernel.refused import Missing, Refused
from bihuan.paper import docx
from bihuan.publication.actions.load_catalogue import load_catalogue
from bihuan.record.actions.keep_file import keep_file
from bihuan.record.models import Event, Job
from bihuan.registry import shelf

from .closing_story import HEAD, LIAISON, Closing
from .story import DOCUMENT, OFFICE, SECRET, Outcome
from .test_archive import _settled, archive
from .test_evaluation import started
from .test_round_sums import _another, _least

pytestmark = pytest.mark.django_db
OUT = ("department", "outsider")
CHAIN = ("member", OFFICE, "leading", "discipline", "personnel")
FOLLOWING = (OFFICE, HEAD, LIAISON, "discipline", "member")


@pytest.fixture
def closing(world) -> Closing:
    return Closing(world)


def _common(closing: Closing) -> None:
    closing.given.items.filter(kind="problem").update(common="费用挪用")
    _another(closing)
    _least(2)
    round = closing.task.round
    round.refresh_from_db()
    said = {"tag": "费用挪用", "title": "安全费用挪用", "text": "各单位自查"}
    confirm_common(round=round, by=closing.actor(OFFICE), at=closing.at, **said)


def _reports(closing: Closing) -> tuple[int, int]:
    load_catalogue(at=closing.at)
    closing.plan("in_force")
    said = {"feedback": closing.given, "stage": "progress", "text": "开会三次\n修订办法"}
    org, head = (hand_in_rect_report(kind=kind, **said, **closing.as_(HEAD)) for kind in ("org", "head"))
    receive_rect_report(report=org, on=closing.day, **closing.as_(OFFICE))
    publish_outcome(feedback=closing.given, contact="0351-6120", **closing.as_(HEAD))
    return org.pk, head.pk


def papers(closing: Closing) -> list[Paper]:
    """One of each kind but the special report, which is about another report."""
    org, head = _reports(closing)
    hold_life_meeting(
        feedback=closing.given, on=closing.day, chair=closing.world.person(HEAD), present=5, note="重视不够",
        **closing.as_(HEAD),
    )  # fmt: skip
    made = started(closing)
    hands = {**closing.as_(OFFICE), "at": closing.at + timedelta(days=300)}
    deduct(
        evaluation=made,
        indicator="tasks",
        points=Decimal(12),
        reason="一件没有完成",
        evidence="台账",
        **hands,
    )
    by = {"by": closing.actor(OFFICE), "at": closing.at}
    round = closing.task.round
    sums = [
        write_round_paper(round=round, kind=kind, text="本轮情况", **by).pk for kind in ("round", "special")
    ]
    assert not may_have("outcome.supervision_letter", closing.given.pk, closing.actor(OFFICE), closing.at)
    assert not may_have("outcome.archive", closing.task.pk, closing.actor(OFFICE), closing.at)
    late = closing.problems[0]
    type(late).objects.filter(pk=late.pk).update(due_on=closing.day - timedelta(days=12))
    closing.task.round = round
    hand_over_papers(task=closing.task, kind="report", secrecy="closed", pages=20, place="档案柜 3 层", **by)
    _common(closing)
    report, feedback = Report.objects.get().pk, closing.given.pk
    above, inspected = (OFFICE, "leading"), (HEAD, LIAISON)
    return [
        Paper("outcome.report", report, (SECRET, DOCUMENT, "（一）"), CHAIN, (*inspected, *OUT)),
        Paper("outcome.problem_list", report, (SECRET, "底稿001"), CHAIN, (*inspected, *OUT)),
        Paper("outcome.feedback", feedback, ("外委队伍准入清单", "6个月"), (*FOLLOWING, "personnel"), OUT),
        Paper("outcome.agenda", feedback, ("宣读反馈意见",), (OFFICE, "leading", "member"), (*inspected, *OUT)),
        Paper("outcome.rectification_notice", feedback, ("集中整改", "签字背书"), (OFFICE,), (*inspected, "member", "discipline", *OUT)),
        Paper("outcome.rectification_plan", feedback, ("清退 12 万元", "热轧党发〔2025〕5 号"), FOLLOWING, OUT),
        Paper("outcome.rectification_ledger", feedback, ("0.00%", "清退 12 万元"), FOLLOWING, OUT),
        Paper("outcome.supervision_letter", feedback, ("逾期12天",), (OFFICE,), (*inspected, "member", "discipline", *OUT)),
        Paper("outcome.life_meeting", feedback, ("谈心谈话",), FOLLOWING, OUT),
        Paper("outcome.life_check", feedback, ("重视不够",), FOLLOWING, OUT),
        Paper("outcome.rectification_report", org, ("修订办法",), FOLLOWING, OUT),
        Paper("outcome.head_report", head, ("修订办法",), FOLLOWING, OUT),
        Paper("outcome.public", feedback, ("0351-6120", "没有批准"), (LIAISON,), ("member", *OUT)),
        Paper("outcome.public_inside", feedback, ("清退 12 万元",), (LIAISON,), ("member", *OUT)),
        Paper("outcome.evaluation", made.pk, ("一件没有完成", "台账"), (OFFICE, "discipline", "leading"), (*inspected, "member", *OUT)),
        Paper("outcome.round_report", sums[0], ("本轮情况",), above, (*inspected, "member", "discipline", *OUT)),
        Paper("outcome.special_sum", sums[1], ("本轮情况",), above, (*inspected, "member", "discipline", *OUT)),
        Paper("outcome.common", round.code, ("安全费用挪用",), above, (*inspected, "member", "discipline", *OUT)),
        Paper("outcome.archive", closing.task.pk, ("档案柜 3 层", "限知悉"), above, (*inspected, "member", "discipline", *OUT)),
    ]  # fmt: skip


def test_each_is_made_of_real_rows_and_read_by_those_alone_who_may(closing):
    rows = papers(closing)
    assert {one.code for one in rows} == {kind.code for kind in PAPERS} - {"outcome.special_report"}
    before = kept_files()
    for one in rows:
        for word in one.never:
            assert not may_have(one.code, one.about, closing.actor(word), closing.at), (one.code, word)
        for word in one.by[1:]:
            assert may_have(one.code, one.about, closing.actor(word), closing.at), (one.code, word)
        by = closing.actor(one.by[0])
        for odd in ("0", "x", "9" * 30):
            assert not may_have(one.code, odd, by, closing.at), one.code
        said = text_of(fetched(made_of(one.code, one.about, by, closing.at), by, closing.at))
        assert [word for word in one.says if word not in said] == [], one.code
        printed = made_of(one.code, one.about, by, closing.at, "pdf")
        assert fetched(printed, by, closing.at)[:5] == b"%PDF-"
    for kind in ("outcome.read", "outcome.feedback_read"):
        assert Event.objects.filter(kind=kind).exists()
    plain = set(MadePaper.objects.filter(confidential=False).values_list("file__sha256", flat=True))
    new = [content for name, content in kept_files().items() if name not in before]
    legible = [one for one in new if one[:2] == b"PK" or one[:5] == b"%PDF-"]
    assert legible and {sha256(one).hexdigest() for one in legible} <= plain, "of the closed kinds none"
    assert not MadePaper.objects.filter(confidential=True).exclude(file=None).exists()


def test_a_report_is_closed_from_the_asking_to_the_store(world):
    """No problem is raised yet: then these words stand nowhere but closed."""
    outcome = Outcome(world)
    report, before = outcome.report("issued"), kept_files()
    for kind in ("outcome.report", "outcome.problem_list"):
        for which in ("docx", "pdf"):
            made = made_of(kind, report.pk, outcome.actor(OFFICE), outcome.at, which)
            assert made.confidential and made.file is None and made.made_on
    files = [content for name, content in kept_files().items() if name not in before]
    assert files and not any(one[:2] == b"PK" or one[:5] == b"%PDF-" for one in files)
    kept = [one.sealed + one.name for one in MadePaper.objects.all()]
    kept += [f"{one.subject}{one.data}" for one in Event.objects.all()]
    kept += [f"{one.payload}{one.result}{one.message}{one.error}" for one in Job.objects.all()]
    assert not any(SECRET in text for text in kept)


def test_a_special_report_is_for_its_department_too_once_issued(world):
    outcome = Outcome(world)
    department = world.unit("safety_dept")
    report = outcome.report("approved", department=department)
    by = outcome.actor("department")
    assert not may_have("outcome.special_report", report.pk, by, outcome.at)
    outcome.step(report, "issued")
    said = text_of(fetched(made_of("outcome.special_report", report.pk, by, outcome.at), by, outcome.at))
    assert department.name in said and "建立外委队伍准入清单" in said
    for code in ("outcome.report", "outcome.problem_list"):
        assert not may_have(code, report.pk, by, outcome.at)
    assert not may_have("outcome.special_report", report.pk, outcome.actor("unit_head"), outcome.at)


def test_before_the_meeting_of_the_team_nobody_else_has_it(world):
    outcome = Outcome(world)
    report = outcome.report("team")
    assert may_have("outcome.report", report.pk, outcome.actor("member"), outcome.at)
    with pytest.raises(Refused, match="组务会通过以前只有巡察组看"):
        made_of("outcome.report", report.pk, outcome.actor(OFFICE), outcome.at)


def test_after_the_archive_the_team_has_none_and_the_office_has_the_catalogue(closing):
    member, report = closing.actor("member"), Report.objects.get()
    early = made_of("outcome.report", report.pk, member, closing.at)
    archive(round=_settled(closing), by=closing.actor(OFFICE), at=closing.at)
    with pytest.raises(Missing):
        fetched(early, closing.actor("member"), closing.at)
    for kind, about in (("outcome.report", report.pk), ("outcome.rectification_ledger", closing.given.pk)):
        assert not may_have(kind, about, closing.actor("member"), closing.at)
    office = closing.actor(OFFICE)
    catalogue = text_of(
        fetched(made_of("outcome.archive", closing.task.pk, office, closing.at), office, closing.at)
    )
    assert "档案柜 3 层" in catalogue and "问题线索" not in catalogue and "底稿" in catalogue


def test_an_own_template_makes_the_next_one_and_leaves_the_old(closing):
    office, pk = closing.actor(OFFICE), closing.given.pk
    old = made_of("outcome.feedback", pk, office, closing.at)
    kind = shelf.papers()["outcome.feedback"]
    template = docx.build_template(kind.form.outline)
    keeper = closing.world.actor("rules_keeper")
    own = keep_file(content=_reworded(template), name="本集团.docx", by=keeper, at=closing.at)
    put_template(kind=kind.code, file=own, name="本集团.docx", by=keeper, at=closing.at)
    new = made_of("outcome.feedback", pk, office, closing.at)
    said = [text_of(fetched(one, office, closing.at)) for one in (old, new)]
    assert "现将巡察意见通知如下" in said[1] and "现将巡察意见反馈如下" in said[0]
    (line,) = menu_of([("outcome.feedback", pk)], office)
    assert not line.printed


def _reworded(template: bytes) -> bytes:
    """As somebody changes one sentence of it in Word."""
    from io import BytesIO

    from docx import Document

    doc, kept = Document(BytesIO(template)), BytesIO()
    for run in (run for one in doc.paragraphs for run in one.runs):
        run.text = run.text.replace("意见反馈如下", "意见通知如下")
    doc.save(kept)
    return kept.getvalue()


def test_pages_offer_them(closing, signed_in):
    rows = {one.code: one.about for one in papers(closing)}
    feedback, code = closing.given.pk, closing.task.round.code
    mending = f"/outcome/feedbacks/{feedback}/rectification/"
    pages = {
        "outcome.report": (f"/outcome/reports/{rows['outcome.report']}/", OFFICE),
        "outcome.problem_list": (f"/outcome/reports/{rows['outcome.report']}/", OFFICE),
        "outcome.feedback": (f"/outcome/feedbacks/{feedback}/", LIAISON),
        "outcome.agenda": (f"/outcome/feedbacks/{feedback}/", OFFICE),
        "outcome.rectification_report": (f"/outcome/rectification-reports/{rows['outcome.rectification_report']}/", LIAISON),
        "outcome.head_report": (f"/outcome/rectification-reports/{rows['outcome.head_report']}/", LIAISON),
        "outcome.public": (mending, LIAISON), "outcome.public_inside": (mending, LIAISON),
        "outcome.evaluation": (f"/outcome/evaluations/{rows['outcome.evaluation']}/", OFFICE),
        "outcome.archive": (f"/outcome/rounds/{code}/archive/", OFFICE),
        **{f"outcome.{kind}": (f"/outcome/rounds/{code}/sum/", OFFICE) for kind in ("round_report", "special_sum", "common")},
        **{f"outcome.{kind}": (mending, OFFICE) for kind in (
            "rectification_notice", "rectification_plan", "rectification_ledger", "supervision_letter", "life_meeting", "life_check",
        )},
    }  # fmt: skip
    assert set(pages) | {"outcome.special_report"} == {kind.code for kind in PAPERS}, (
        "none that no page offers"
    )
    for kind, (url, word) in pages.items():
        page = signed_in(word).get(url)
        assert f'value="docx:{kind}:{rows[kind]}"' in page.content.decode(), (kind, page.status_code)
    inside = signed_in(LIAISON).get(mending).content.decode()
    assert "outcome.supervision_letter" not in inside and "outcome.report:" not in inside
