"""Health, metrics and logs: for machines and strangers, so nothing of what people typed."""

import json
import logging

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve

from bihuan.config.logs import JsonLines
from bihuan.record.models import Job
from bihuan.ui.errors import server_error

pytestmark = pytest.mark.django_db


def test_it_is_alive_without_asking_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/health/live").json() == {"live": True}


def test_it_is_ready_when_the_database_is_of_this_version():
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "bad": []})


def test_it_is_not_ready_when_its_folder_cannot_be_written(settings):
    settings.DATA = settings.DATA / "nowhere"
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()["bad"]) == (503, ["数据目录"])
    assert "nowhere" not in answer.content.decode()


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}])
def test_without_the_token_there_are_no_metrics(settings, header):
    settings.METRICS_TOKEN = "right-token"
    assert Client().get("/metrics", headers=header).status_code == 404
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_metrics_count_answers_and_work(settings, world, signed_in):
    settings.METRICS_TOKEN = "right-token"
    Job.objects.create(kind="toy", run_at=world.at, requested_at=world.at, state="dead")
    signed_in("safety_officer").get("/problems/", {"q": "护栏"})
    text = Client().get("/metrics", headers={"Authorization": "Bearer right-token"}).content.decode()
    assert 'bihuan_requests_total{method="GET",route="problems/",status="200"}' in text
    assert 'bihuan_jobs{state="dead"} 1.0' in text
    assert "bihuan_unsealed_events" in text and "bihuan_request_seconds_bucket" in text
    assert "护栏" not in text


def line_of(**values):
    record = logging.LogRecord("bihuan.x", logging.ERROR, __file__, 1, values.pop("msg", "failed"), (), None)
    vars(record).update(values)
    return json.loads(JsonLines().format(record))


def test_a_line_says_what_failed_and_nothing_that_was_typed():
    try:
        raise ValueError("姓名 贾海峰 电话 13800001111 mail a.b@example.com is not unique")
    except ValueError as problem:
        told = line_of(exc_info=(ValueError, problem, problem.__traceback__))
    text = json.dumps(told, ensure_ascii=False)
    assert told["error"].startswith("ValueError: ") and told["frames"]
    assert not any(word in text for word in ("贾海峰", "13800001111", "a.b@example.com"))


@pytest.mark.parametrize(
    "said",
    [
        '"POST /robot/send?access_token=aVeryGeheim&timestamp=1 HTTP/1.1" 200 27',
        "Max retries exceeded with url: /open-apis/bot/v2/hook/c0ffee12-8a7b-geheim-aa00-000000000001",
        "could not connect to postgresql://bihuan:geheim@db:5432/bihuan",
        "error page shown: CW-A1B2C3 /calendar/bht_k2m4n6p8q2_geheim-Xy7wq3.ics",
    ],
)
def test_a_line_holds_no_key_of_anybody(said):
    told = line_of(msg=said)["message"]
    assert "eheim" not in told and told != "…"


def test_what_explains_a_fault_stays_readable():
    said = "relation record_wirecommand_account_id_key does not exist (50 rows in 3 s)"
    assert line_of(msg=said)["message"] == said


def test_a_foreign_host_name_is_a_bad_request_not_a_fault_of_ours(client):
    answer = client.get("/signin/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400 and "这个请求读不懂" in answer.content.decode()


@pytest.mark.django_db
def test_the_frameworks_own_line_says_what_was_refused_not_where(client, caplog):
    assert client.get("/problems/ABC-geheim-001/nothing/").status_code in (302, 404)
    assert client.get("/nothing-geheim/").status_code == 404
    told = [json.loads(JsonLines().format(one)) for one in caplog.records if one.name == "django.request"]
    assert {line["message"] for line in told} == {"Not Found"}


def test_an_error_page_leaves_the_route_not_the_address(caplog):
    path = "/calendar/bht_k2m4n6p8q2_geheim.ics"
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    assert server_error(request).status_code == 500
    [line] = [record.getMessage() for record in caplog.records if record.name == "bihuan.errors"]
    assert "calendar/<str:key>.ics" in line and "geheim" not in line


@pytest.mark.parametrize("name", ["urllib3.connectionpool", "botocore.endpoint", "django.db.backends"])
def test_whoever_logs_everything_finds_no_keys_of_others(name):
    """At DEBUG these write addresses and headers as they are sent."""
    assert not logging.getLogger(name).isEnabledFor(logging.INFO)


def test_only_known_fields_are_handed_on():
    told = line_of(msg="answered", route="problems/<str:number>/", status=200, statement="护栏缺失")
    assert told["route"] == "problems/<str:number>/" and told["status"] == 200
    assert "护栏" not in json.dumps(told, ensure_ascii=False)


def test_an_answer_leaves_a_line_without_its_address(world, signed_in, caplog):
    with caplog.at_level(logging.INFO, logger="bihuan.access"):
        signed_in("safety_officer").get("/problems/", {"q": "煤气报警器"})
    line = next(record for record in caplog.records if record.name == "bihuan.access")
    told = json.loads(JsonLines().format(line))
    assert (told["route"], told["status"], told["method"]) == ("problems/", 200, "GET")
    assert told["who"] == world.accounts["safety_officer"].pk and "煤气" not in str(told)


def test_who_is_turned_away_leaves_a_line_at_any_level(world, signed_in, caplog):
    with caplog.at_level(logging.WARNING, logger="bihuan.access"):
        signed_in("liaison").get("/problems/")
        Client().get("/problems/", headers={"HX-Request": "true"})
    assert [record.status for record in caplog.records if record.name == "bihuan.access"] == [401]


def test_a_line_stays_one_line_whatever_is_in_it():
    record = logging.LogRecord(
        "bihuan.x", logging.ERROR, __file__, 1, 'failed\n{"level": "INFO", "message": "forged"}\r\n', (), None
    )
    line = JsonLines().format(record)
    assert "\n" not in line and "\r" not in line
    assert json.loads(line)["level"] == "ERROR"
