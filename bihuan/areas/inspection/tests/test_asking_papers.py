"""Asking for a paper, what the worker makes of it, and who gets it."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote

import pytest

from bihuan.documents.actions.ask_paper import ask_paper
from bihuan.documents.actions.keep_made import keep_made
from bihuan.documents.actions.put_template import put_template
from bihuan.documents.models import MadePaper
from bihuan.documents.reads import menu_of
from bihuan.kernel.refused import Refused
from bihuan.paper import docx
from bihuan.record.actions.keep_file import keep_file
from bihuan.record.models import Event, Job
from bihuan.record.worker import run_until_idle
from bihuan.registry import shelf

from .story import Story

PLAN = "inspection.round_plan"


@pytest.fixture
def story(world):
    made = Story(world)
    made.task(made.round())
    return made


def test_asked_for_on_a_page_made_by_the_worker_and_fetched(story, signed_in):
    office = signed_in("inspection_officer")
    answer = office.post("/documents/asked/", {"want": f"pdf:{PLAN}:R1"})
    assert answer.status_code == 302
    made = MadePaper.objects.get()
    assert "巡察工作方案（PDF）" in office.get("/documents/").content.decode()
    assert office.get(f"/documents/{made.pk}/file/").status_code == 404, "not made yet"
    run_until_idle(at=story.at + timedelta(days=4000))
    assert "可以取" in office.get(f"/documents/{made.pk}/progress/").content.decode()
    got = office.get(f"/documents/{made.pk}/file/")
    assert got.content[:5] == b"%PDF-"
    assert "巡察工作方案_2025年巡察 R1.pdf" in unquote(got["Content-Disposition"])
    assert "no-store" in got["Cache-Control"]
    other = signed_in("leader")
    assert other.get(f"/documents/{made.pk}/file/").status_code == 404
    assert other.get(f"/documents/{made.pk}/progress/").status_code == 404
    assert Event.objects.filter(kind="document.fetched").count() == 1


@pytest.mark.parametrize(
    "want", ["", "docx", f"exe:{PLAN}:R1", "docx:notice:1", "docx:nothing:1", f"docx:{PLAN}:R9"]
)
def test_an_odd_button_is_refused(story, signed_in, want):
    assert signed_in("inspection_officer").post("/documents/asked/", {"want": want}).status_code in (
        403,
        404,
        422,
        400,
    )
    assert not MadePaper.objects.exists()


def test_an_own_template_is_used_and_has_no_pdf(story):
    own = docx.build_template(shelf.papers()[PLAN].form.outline)
    kept = keep_file(content=own, name="方案.docx", by=story.world.actor("rules_keeper"), at=story.at)
    put_template(kind=PLAN, file=kept, name="方案.docx", by=story.world.actor("rules_keeper"), at=story.at)
    assert [line.printed for line in menu_of([(PLAN, "R1"), ("inspection.sign_in", "R1")], story.office)] == [
        False,
        True,
    ]
    with pytest.raises(Refused, match="只出 Word"):
        ask_paper(kind=PLAN, about="R1", which="pdf", by=story.office, at=story.at)
    with pytest.raises(Refused, match="权限"):
        put_template(kind=PLAN, file=None, name="", by=story.office, at=story.at)


def test_a_right_that_went_in_between_ends_the_work_with_its_reason(story):
    made = ask_paper(kind="inspection.decision", about="R1", which="docx", by=story.office, at=story.at)
    story.world.person("inspection_officer").grants.update(to_day=story.day - timedelta(days=1))
    run_until_idle(at=story.at + timedelta(minutes=1))
    job = Job.objects.get(kind="documents.make")
    assert job.state == Job.State.DEAD
    assert "Traceback" not in job.error
    made.refresh_from_db()
    assert made.made_on is None


def test_of_two_workers_one_keeps_its_file(story):
    made = ask_paper(kind=PLAN, about="R1", which="docx", by=story.office, at=story.at)
    one = docx.build_template(shelf.papers()[PLAN].form.outline)
    said = {
        "made": made,
        "name": "方案.docx",
        "subject": "",
        "unit_id": None,
        "by": story.office,
        "at": story.at,
    }
    assert keep_made(content=one, **said) is True
    assert keep_made(content=one, **said) is False
    assert Event.objects.filter(kind="document.made").count() == 1
