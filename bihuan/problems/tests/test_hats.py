"""Under one hat the other body's problems are not there: list, page, search, export, API, calendar (ADR 25)."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone

from bihuan.kernel.moment import local_day
from bihuan.org.actions.open_token import open_token
from bihuan.org.tests.fixtures import Program
from bihuan.org.tests.test_hats import hatted, wear
from bihuan.org.tests.world import SINCE
from bihuan.problems.exports import EXPORT
from bihuan.problems.models import Problem
from bihuan.record.actions.claim_job import claim_job
from bihuan.record.actions.run_job import run_job
from bihuan.record.models import Job

from . import story

WHO = "rules_keeper"
MILL, IRON = "煤气报警器未按周期检定", "渣沟盖板缺一块"


@pytest.fixture
def two(world):
    """As the inspection office they supervise the hot mill, as the safety department the iron mill."""
    hatted(world, "inspection_office", "hot_mill", "inspection_dept")
    hatted(world, "safety_officer", "iron_mill", "safety_dept")
    return (
        story.raised(world, statement=MILL, unit=world.unit("hot_mill")),
        story.raised(world, statement=IRON, unit=world.unit("iron_mill")),
    )


def seen(text: str) -> tuple[bool, bool]:
    return MILL in text, IRON in text


def test_list_page_search_and_desk_follow_the_hat(world, two, signed_in):
    client = signed_in(WHO)
    mill, iron = (f"/problems/{problem.number}/" for problem in two)
    for hat, may_see in (("XCB", (True, False)), ("AQ", (False, True))):
        client.post("/me/hat/", {"hat": hat})
        assert seen(client.get("/problems/").content.decode()) == may_see
        assert seen(client.get("/").content.decode()) == may_see, "what is to be done is of the hat worn"
        assert [client.get(url).status_code == 200 for url in (mill, iron)] == list(may_see)
        for url, word, there in zip((mill, iron), ("煤气报警器", "渣沟盖板"), may_see, strict=True):
            assert (url in client.get("/problems/", {"q": word}).content.decode()) == there


def test_they_act_by_the_hat(world, two, signed_in):
    client, mill = signed_in(WHO), two[0]
    client.post("/me/hat/", {"hat": "AQ"})
    assert client.get(f"/problems/{mill.number}/assignment/").status_code == 404
    client.post("/me/hat/", {"hat": "XCB"})
    page = client.get(f"/problems/{mill.number}/assignment/")
    assert page.status_code == 200


def test_an_export_is_of_the_hat_it_was_asked_under(world, two, signed_in):
    client = signed_in(WHO)
    client.post("/me/hat/", {"hat": "XCB"})
    client.post("/problems/exports/", {"layout": "page", "query": ""})
    client.post("/me/hat/", {"hat": "AQ"})
    job, now = Job.objects.get(kind=EXPORT), timezone.now()
    Job.objects.exclude(pk=job.pk).filter(state="waiting").delete()
    assert run_job(job=claim_job(worker="test", at=now), clock=lambda: now) is None
    url = f"/problems/exports/{job.pk}/"
    assert client.get(url).status_code == 404, "what one hat asked for is not fetched under the other"
    client.post("/me/hat/", {"hat": "XCB"})
    book = openpyxl.load_workbook(BytesIO(b"".join(client.get(url).streaming_content)))
    text = "".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    assert seen(text) == (True, False)


def test_a_program_sees_by_the_hat_of_its_token(world, two):
    at = timezone.now()
    person = world.person(WHO)
    _, text = open_token(
        person=person, name="程序", scope="read", expires_on=local_day(at) + timedelta(days=9),
        by=world.actor(WHO), at=at,
    )  # fmt: skip
    wear(world, "safety_dept")
    program = Program(text)
    assert seen(program.get("problems").content.decode()) == (True, False)
    assert program.get(f"problems/{two[1].number}").status_code == 404
    assert program.get("me").json()["hat"] == "XCB"


def test_what_one_did_and_leads_is_theirs_under_any_hat(world, two):
    mill, iron = two
    Problem.objects.filter(pk=iron.pk).update(lead=world.person(WHO))
    assert iron in Problem.objects.visible_to(world.actor(WHO)), "own work does not come off with a hat"
    assert SINCE < world.day and mill in Problem.objects.visible_to(world.actor(WHO))
