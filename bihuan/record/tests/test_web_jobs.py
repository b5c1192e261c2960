"""The jobs page and the fragment that shows how far a job is."""

import pytest

from bihuan.kernel.refused import Refused
from bihuan.record.actions.enqueue import enqueue
from bihuan.record.models import Event, Job
from bihuan.record.worker import run_until_idle


@pytest.fixture
def asked(world, toys):
    """A job that the liaison asked for, of a kind that refuses."""

    def work(run):
        raise Refused("台账没有表头", "请核对后重新上传")

    toys(jobs={"toy.work": work})
    return enqueue(kind="toy.work", payload={"secret": "某某"}, by=world.actor("liaison"), at=world.at)


def text(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_the_list_shows_what_was_asked_for_and_no_housekeeping(world, signed_in, asked):
    enqueue(kind="record.tick", payload={"tick": "x"}, by=world.actor("liaison"), at=world.at)
    page = text(signed_in("system_admin").get("/jobs/"))
    assert "玩具任务" in page and "定时工作" not in page
    assert "没有工作进程在办" in page
    Job.objects.filter(kind="record.tick").update(state="dead", error="ValueError: x")
    assert "定时工作" in text(signed_in("system_admin").get("/jobs/?state=dead&view=dead"))


def test_the_list_costs_the_same_however_long(world, signed_in, asked, django_assert_max_num_queries):
    by = world.actor("liaison")
    for _ in range(60):
        enqueue(kind="toy.work", payload={}, by=by, at=world.at)
    client = signed_in("system_admin")
    with django_assert_max_num_queries(30):
        page = text(client.get("/jobs/"))
    assert page.count("玩具任务") >= 50


@pytest.mark.parametrize("word", ["liaison", "outsider", "leader", "security_admin", "audit_admin"])
def test_the_list_is_not_for(word, signed_in, asked):
    assert signed_in(word).get("/jobs/").status_code == 404


@pytest.mark.parametrize(
    ("word", "status"), [("liaison", 200), ("system_admin", 200), ("outsider", 404), ("unit_head", 404)]
)
@pytest.mark.parametrize("address", ["/jobs/{}/", "/jobs/{}/progress/"])
def test_a_job_is_seen_by_who_asked_and_who_manages(word, status, address, signed_in, asked):
    answer = signed_in(word).get(address.format(asked.pk))
    assert answer.status_code == status
    assert "某某" not in answer.content.decode()


def test_the_fragment_asks_again_until_it_is_over(world, signed_in, asked):
    client, address = signed_in("liaison"), f"/jobs/{asked.pk}/progress/"
    Job.objects.update(state="running", done_steps=3, total_steps=12, message="第 3 行")
    part = text(client.get(address))
    assert f'data-poll="{address}"' in part and "第 3 行" in part and "<html" not in part
    Job.objects.update(state="waiting", done_steps=0, total_steps=0, message="")
    run_until_idle(at=world.at)
    part = text(client.get(address))
    assert "data-poll" not in part and "台账没有表头；请核对后重新上传" in part


@pytest.mark.parametrize(
    ("url", "shown"),
    [("/ledgers/imports/4/", True), ("//elsewhere.example/", False), ("javascript:1", False)],
)
def test_the_result_is_offered_when_it_is_ours(signed_in, asked, url, shown):
    Job.objects.update(state="done", result={"url": url, "label": "看结果"})
    part = text(signed_in("liaison").get(f"/jobs/{asked.pk}/progress/"))
    assert ("看结果" in part) is shown


def test_an_inner_error_is_told_apart_from_a_refusal(signed_in, asked):
    Job.objects.update(state="dead", error="KeyError: 'x' (a.py:3)")
    asker = text(signed_in("liaison").get(f"/jobs/{asked.pk}/"))
    assert "系统内部出错" in asker and "KeyError" not in asker
    assert "KeyError" in text(signed_in("system_admin").get(f"/jobs/{asked.pk}/"))


def test_restart_and_cancel_from_the_page(world, signed_in, asked):
    run_until_idle(at=world.at)
    admin, asker = signed_in("system_admin"), signed_in("liaison")
    assert asker.post(f"/jobs/{asked.pk}/restart/").status_code == 404
    assert admin.get(f"/jobs/{asked.pk}/restart/").status_code == 405
    assert admin.post(f"/jobs/{asked.pk}/restart/").status_code == 302
    assert Job.objects.get(pk=asked.pk).state == "waiting"
    assert signed_in("outsider").post(f"/jobs/{asked.pk}/cancellation/").status_code == 404
    assert asker.post(f"/jobs/{asked.pk}/cancellation/").status_code == 302
    assert Job.objects.get(pk=asked.pk).state == "cancelled"
    kinds = list(Event.objects.in_stream(f"job:{asked.pk}").order_by("seq").values_list("kind", flat=True))
    assert kinds == ["job.died", "job.restarted", "job.cancelled"]
    again = asker.post(f"/jobs/{asked.pk}/cancellation/")
    assert again.status_code == 403 and "不能再取消" in again.content.decode()
