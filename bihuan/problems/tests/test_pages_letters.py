"""The register, the page of a letter, its papers, and the templates an office may replace."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from bihuan.documents.models import Template
from bihuan.kernel.actor import SYSTEM
from bihuan.paper import docx, pdf
from bihuan.problems.actions.ask_papers import ask_papers
from bihuan.problems.actions.draw_lookback import draw_lookback
from bihuan.problems.actions.give_letters import give_letters
from bihuan.problems.models import Letter
from bihuan.record.models import Event, Job
from bihuan.record.reads import open_file
from bihuan.record.worker import run_until_idle

from .story import problem_in
from .test_letters import FIFTEENTH, SEVENTH, climb, late_problem, morning


@pytest.fixture
def letters(world):
    return climb(late_problem(world), FIFTEENTH)


def printed(at) -> None:
    ask_papers(by=SYSTEM, at=at)
    run_until_idle(at=at + timedelta(minutes=2))


def page_of(client, letter: Letter) -> str:
    return client.get(f"/problems/letters/{letter.pk}/").content.decode()


def test_the_register_lists_what_one_may_see(signed_in, letters):
    page = signed_in("safety_officer").get("/problems/letters/").content.decode()
    assert "提醒〔2025〕1号" in page
    assert "未编号" in page
    mine = signed_in("worker_a").get("/problems/letters/?mine=to").content.decode()
    assert "提醒〔2025〕1号" in mine
    assert "督办〔2025〕1号" not in mine
    assert "提醒〔2025〕1号" not in signed_in("outsider").get("/problems/letters/").content.decode()


def test_the_register_asks_the_same_for_many(world, signed_in, letters):
    client = signed_in("safety_officer")
    client.get("/problems/letters/")
    with CaptureQueriesContext(connection) as few:
        client.get("/problems/letters/")
    for _ in range(4):
        late_problem(world)
    give_letters(at=morning(FIFTEENTH) + timedelta(hours=1))
    with CaptureQueriesContext(connection) as many:
        client.get("/problems/letters/")
    assert len(many) == len(few) <= 24


def test_releasing_and_signing_on_the_page(world, signed_in, letters):
    warning = letters[-1]
    officer, head = signed_in("safety_officer"), signed_in("unit_head")
    assert "签发前没有编号" in page_of(officer, warning)
    assert officer.post(f"/problems/letters/{warning.pk}/release/").status_code == 302
    page = page_of(head, warning)
    assert "预警〔" in page
    assert officer.get(f"/problems/letters/{warning.pk}/receipt/").status_code == 200
    answer = head.post(f"/problems/letters/{warning.pk}/receipt/", {"text": "已开会研究"})
    assert answer.status_code == 302
    warning.refresh_from_db()
    assert (warning.state, warning.receipt) == ("received", "已开会研究")
    again = head.post(f"/problems/letters/{warning.pk}/receipt/", {"text": ""})
    assert again.status_code == 422
    assert "不用签收" in again.content.decode()


def test_withdrawing_asks_why(signed_in, letters):
    officer = signed_in("safety_officer")
    url = f"/problems/letters/{letters[0].pk}/withdrawal/"
    assert officer.post(url, {"reason": ""}).status_code == 422
    officer.post(url, {"reason": "已电话说明"})
    page = page_of(officer, letters[0])
    assert "文号保留" in page
    assert "已电话说明" in page


def test_the_worker_makes_both_papers_once(world, signed_in, letters):
    reminder = letters[0]
    printed(morning(FIFTEENTH))
    reminder.refresh_from_db()
    assert reminder.docx is not None
    assert (reminder.pdf is None) == bool(pdf.trouble())
    with open_file(reminder.docx, "original") as kept:
        assert docx.says(kept.read(), "提醒〔2025〕1号")
    client = signed_in("worker_a")
    got = client.get(f"/problems/letters/{reminder.pk}/files/docx/")
    assert got.status_code == 200
    assert b"".join(got.streaming_content)[:2] == b"PK"
    first = reminder.docx_id
    printed(morning(FIFTEENTH) + timedelta(hours=1))
    reminder.refresh_from_db()
    assert reminder.docx_id == first
    assert Event.objects.of(reminder.stream).filter(kind="letter.printed").count() == 1
    assert letters[-1].docx is None, "what has not gone out has no paper"
    assert signed_in("outsider").get(f"/problems/letters/{reminder.pk}/files/docx/").status_code == 404


def test_a_restricted_problem_stays_off_the_paper(world, signed_in):
    problem = late_problem(world, secrecy="restricted", statement="涉及在办案件的线索")
    letter = climb(problem, SEVENTH)[-1]
    page = page_of(signed_in("unit_head"), letter)
    assert "限知悉" in page
    assert "在办案件" not in page
    printed(morning(SEVENTH))
    letter.refresh_from_db()
    with open_file(letter.docx, "original") as kept:
        assert not docx.says(kept.read(), "在办案件")


def test_the_problem_page_shows_how_far_it_has_come(signed_in, letters):
    number = letters[0].problem.number
    page = signed_in("liaison").get(f"/problems/{number}/").content.decode()
    assert "督办函件" in page
    assert '<span class="is-here">督办</span>' in page
    assert '<span class="is-past">提醒</span>' in page
    assert "整改通知书" in page


def test_the_register_goes_out_as_excel(world, signed_in, letters):
    client = signed_in("safety_officer")
    assert client.post("/problems/letters/exports/", {"query": "state=issued"}).status_code == 302
    run_until_idle(at=world.at + timedelta(days=900))
    job = Job.objects.filter(kind="problems.export").get()
    assert job.result["rows"] == 2
    book = load_workbook(BytesIO(b"".join(client.get(f"/problems/exports/{job.pk}/").streaming_content)))
    said = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert "督办〔2025〕1号" in said


def test_notice_and_closing_paper_of_a_problem(world, signed_in):
    open_one, closed = problem_in(world, "rectifying"), problem_in(world, "closed")
    client = signed_in("liaison")
    notice = client.get(f"/problems/{open_one.number}/papers/notice/docx/")
    assert docx.says(notice.content, open_one.number)
    assert client.get(f"/problems/{open_one.number}/papers/closing/docx/").status_code == 404
    done = client.get(f"/problems/{closed.number}/papers/closing/docx/")
    assert docx.says(done.content, "逐台看过证书")
    assert Event.objects.filter(kind="paper.made").count() == 2
    if not pdf.trouble():
        assert client.get(f"/problems/{closed.number}/papers/closing/pdf/").content[:5] == b"%PDF-"
    assert signed_in("outsider").get(f"/problems/{open_one.number}/papers/notice/docx/").status_code == 404


def _own(*lines: str) -> SimpleUploadedFile:
    doc, kept = Document(), BytesIO()
    for line in lines:
        doc.add_paragraph(line)
    doc.save(kept)
    return SimpleUploadedFile("本厂模板.docx", kept.getvalue())


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("{{ 编号 }}",), "不认识的字段"),
        (("{{ 问题编号",), "写得不对"),
        (("没有字段",), "一个字段也没有"),
        (("{{ ''.__class__.__mro__ }}{{ 问题编号 }}",), "模板"),
    ],
)
def test_a_template_that_cannot_be_filled_is_refused(signed_in, lines, said):
    answer = signed_in("rules_keeper").post("/documents/templates/notice/", {"file": _own(*lines)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Template.objects.exists()


def test_an_offices_own_template_is_used_and_given_up(world, signed_in):
    keeper = signed_in("rules_keeper")
    assert "整改督办函" in keeper.get("/documents/templates/").content.decode()
    shipped = keeper.get("/documents/templates/notice/file/").content
    assert docx.says(shipped, "{{ 问题编号 }}")
    assert (
        keeper.post(
            "/documents/templates/notice/", {"file": _own("本厂格式 {{ 问题编号 }} <{{ 责任单位 }}>")}
        ).status_code
        == 302
    )
    problem = problem_in(world, "rectifying", statement="皮带 <3 号> & 4 号")
    client = signed_in("liaison")
    got = client.get(f"/problems/{problem.number}/papers/notice/docx/").content
    assert docx.says(got, f"本厂格式 {problem.number} <{problem.unit.name}>")
    no_pdf = client.get(f"/problems/{problem.number}/papers/notice/pdf/")
    assert no_pdf.status_code == 403
    keeper.post("/documents/templates/notice/back/")
    assert docx.says(
        client.get(f"/problems/{problem.number}/papers/notice/docx/").content, "皮带 <3 号> & 4 号"
    )
    assert signed_in("safety_officer").get("/documents/templates/").status_code == 404


def test_look_back_pages(world, signed_in):
    problem = problem_in(world, "closed")
    client = signed_in("inspection_officer")
    assert "还没有抽过" in client.get("/problems/lookback/").content.decode()
    assert client.get("/problems/lookback/new/").status_code == 200
    assert signed_in("liaison").get("/problems/lookback/").status_code == 404
    made = draw_lookback(by=SYSTEM, at=world.at + timedelta(days=90))
    page = client.get(f"/problems/lookback/{made.pk}/").content.decode()
    assert made.seed in page
    assert "结果一致" in page
    assert client.get(f"/problems/lookback/{made.pk}/pool/").content.decode() == f"{problem.number}\n"
    shown = client.get(f"/problems/{problem.number}/").content.decode()
    assert "待回头看" in shown
    listed = client.get("/problems/?lookback=1").content.decode()
    assert problem.number in listed
    one = made.lookbacks.get()
    refused = client.post(f"/problems/lookback/{one.pk}/assignee/", {"person": "温慧敏"})
    assert "参加过" in refused.content.decode()
