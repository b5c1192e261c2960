"""Programs do what people do, by the same rules, and read the same reasons."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bihuan.problems import states
from bihuan.problems.models import Problem
from bihuan.record.models import Event

from .story import photo, problem_in, raised

SAID = "3 号加热炉操作台照明灯罩缺 1 个"


def numbers(answer) -> list[str]:
    assert answer.status_code == 200, answer.content.decode()
    return [item["number"] for item in answer.json()["items"]]


def test_a_whole_life_through_the_api(world, program):
    """Raise, assign, accept, plan, approve, report, submit, close: each step by who may, from one place to the next."""
    officer, liaison, second = program("safety_officer"), program("liaison"), program("second_officer")
    unit = world.unit("furnace").pk
    slip = officer.send("前.jpg", photo("before").content.read())
    made = officer.post(
        "problems",
        {"statement": SAID, "unit": unit, "source": "daily_check", "files": [{"id": slip, "role": "before"}]},
    )
    assert made.status_code == 201, made.content.decode()
    url = made.json()["url"]
    assert made["Location"] == url
    due = (timezone.now() + timedelta(days=40)).date().isoformat()
    owner = world.person("worker_a").staff_no
    measures = [
        {"text": "补装灯罩", "standard": "灯罩 1 个装好", "owner": owner, "due_on": due},
        {"text": "查其余操作台", "standard": "清单 12/12", "owner": owner, "due_on": due},
    ]

    def step(who, noun, body, state):
        answer = who.post(f"{url}/{noun}", body)
        assert answer.status_code == 200, (noun, answer.content.decode())
        assert answer.json()["state"] == state
        return answer.json()

    assigned = {
        "unit": unit,
        "lead": owner,
        "timing": "time_limited",
        "grade": "general",
        "due_on": due,
        "needs_plan": "yes",
    }
    step(officer, "assignment", assigned, "assigned")
    step(liaison, "acceptance", {}, "planning")
    step(liaison, "plan", {"cause": "震落", "measures": measures}, "plan_review")
    step(officer, "plan-approval", {"text": "同意"}, "rectifying")
    proof = [
        {"id": liaison.send(f"证{n}.jpg", photo(f"m{n}").content.read()), "role": "evidence", "measure": n}
        for n in (1, 2)
    ]
    step(
        liaison,
        "progress",
        {"measures": [{"order": 1, "percent": 100}, {"order": 2, "percent": 60}]},
        "rectifying",
    )
    early = liaison.post(f"{url}/submission", {"text": "办完了"})
    assert early.status_code == 403 and "措施自报完成 1/2" in early.json()["reason"]
    step(liaison, "progress", {"measures": [{"order": 2, "percent": 100}]}, "rectifying")
    lacking = liaison.post(f"{url}/submission", {"text": "办完了"})
    assert lacking.status_code == 403 and "佐证" in lacking.json()["reason"]
    step(liaison, "submission", {"text": "办完了", "files": proof}, "verifying")
    own = liaison.post(f"{url}/closure", {})
    assert own.status_code == 403
    done = step(second, "closure", {"text": "逐件看过"}, "closed")
    assert done["said"].startswith("已销号")
    whole = second.get(url).json()
    assert [line["kind"] for line in reversed(whole["thread"])][:2] == ["problem.raised", "problem.assigned"]
    assert [m["percent"] for m in whole["measure_list"]] == [100, 100]
    assert {f["measure"] for f in whole["files"] if f["role"] == "evidence"} == {1, 2}


def test_every_step_has_its_address_and_its_schema(db, client):
    told = client.get("/api/v1/openapi.json").json()["paths"]
    for noun in states.NOUNS.values():
        answers = told[f"/api/v1/problems/{{number}}/{noun}"]["post"]["responses"]
        assert {"200", "400", "401", "403", "404", "409", "422", "429"} <= {str(code) for code in answers}
    # what an import alone does has no address: take_over, amend, restate
    assert {s.name for s in states.STEPS.steps} - set(states.NOUNS) == {
        "raise",
        "take_over",
        "amend",
        "restate",
    }


def test_what_the_page_shows_the_api_shows(world, signed_in, program):
    for state in ("raised", "rectifying", "verifying", "closed"):
        problem_in(world, state)
    raised(world, unit=world.unit("iron_mill"))
    for word in ("safety_officer", "unit_head", "worker_a", "outsider", "leader"):
        for query in ("", "stage=open&sort=due", "q=加热炉", "grade=general&sort=number", "stage=closed"):
            page = signed_in(word).get(f"/problems/?{query}").context["page"]
            answer = program(word, "read").get(f"problems?{query}")
            assert numbers(answer) == [row.number for row in page.window.rows]
            assert answer.json()["sentence"] == page.sentence.text
            assert answer.json()["count"] == page.count


def test_paging_meets_every_row_once(world, program):
    want = [raised(world, statement=f"第 {n} 处护栏缺失").number for n in range(7)]
    officer, met, url = program("safety_officer", "read"), [], "/api/v1/problems?size=3&sort=number"
    while url:
        answer = officer.get(url)
        met += numbers(answer)
        back, url = answer.json()["previous"], answer.json()["next"]
    assert met == sorted(want)
    assert numbers(officer.get(back)) == sorted(want)[3:6]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("stage=opne", "stage.0"),
        ("found=2026-99-99", "found"),
        ("sort=price", "sort"),
        ("colour=red", "colour"),
        ("after=xyz", "after"),
        ("size=0", "size"),
        ("unit=abc", "unit.0"),
    ],
)
def test_a_filter_that_is_wrong_is_refused_not_dropped(program, query, field):
    answer = program("safety_officer", "read").get(f"problems?{query}")
    assert answer.status_code == 422
    assert answer.json()["field"] == field


def test_the_list_asks_the_same_of_the_database_however_many_rows(world, program):
    officer = program("safety_officer", "read")
    raised(world)
    officer.get("problems")
    with CaptureQueriesContext(connection) as few:
        officer.get("problems")
    for n in range(9):
        problem_in(world, "rectifying", statement=f"第 {n} 处")
    with CaptureQueriesContext(connection) as many:
        assert len(numbers(officer.get("problems"))) == 10
    assert len(many) == len(few) <= 12


def test_refusals_read_like_the_page(world, program):
    problem = problem_in(world, "verifying")
    worker, outsider = program("worker_a"), program("outsider")
    url = f"problems/{problem.number}"
    own = worker.post(f"{url}/closure", {})
    assert own.status_code == 403
    assert own.json()["code"] == "refused" and own.json()["reason"] == "只有核验部门能办"
    assert outsider.post(f"{url}/closure", {}).status_code == 404
    assert outsider.get(url).status_code == 404
    late = program("liaison").post(f"{url}/acceptance", {})
    assert late.status_code == 409 and late.json()["code"] == "stale"


def test_a_decision_on_what_was_seen_before_is_stale(world, program):
    problem = problem_in(world, "verifying")
    second = program("second_officer")
    seen = second.get(f"problems/{problem.number}").json()["version"]
    program("safety_officer").post(f"problems/{problem.number}/comment", {"text": "再等一份证书"})
    answer = second.post(f"problems/{problem.number}/closure", {"version": seen})
    assert answer.status_code == 409
    assert Problem.objects.get(pk=problem.pk).closure == "verifying"


@pytest.mark.parametrize(
    ("noun", "body", "fields"),
    [
        ("rejection", {}, {"reason"}),
        ("rejection", {"reason": "   "}, {"reason"}),
        ("rejection", {"reason": "缺证书", "colour": "red"}, {"colour"}),
        ("owner", {"lead": "没有这个人", "reason": "调岗"}, {"lead"}),
        ("extension", {"new_due_on": "2026-13-01", "reason": "排期"}, {"new_due_on"}),
        ("comment", {"text": "附上", "files": [{"id": "guessed"}]}, {"files.0"}),
        ("comment", {"text": "附上", "files": [{"id": "x", "measure": 9}]}, {"files.0"}),
    ],
)
def test_wrong_fields_are_named_in_chinese(world, program, noun, body, fields):
    problem = problem_in(world, "verifying")
    answer = program("safety_officer").post(f"problems/{problem.number}/{noun}", body)
    assert answer.status_code == 422, answer.content.decode()
    assert set(answer.json()["fields"]) == fields
    assert any("\u4e00" <= char <= "\u9fff" for char in answer.json()["reason"])
    assert problem.version == Problem.objects.get(pk=problem.pk).version


def test_half_a_character_is_no_text(world, program):
    problem = raised(world)
    answer = program("safety_officer").post(f"problems/{problem.number}/comment", {"text": "好\ud800"})
    assert answer.status_code == 400 and answer.json()["code"] == "invalid"


def test_what_would_be_ignored_is_refused(world, program):
    """A circle of readers one may not set must not quietly become everybody."""
    body = {"statement": SAID, "unit": world.unit("furnace").pk, "secrecy": "restricted"}
    answer = program("worker_a").post("problems", body)
    assert answer.status_code == 422 and "secrecy" in answer.json()["fields"]
    assert program("safety_officer").post("problems", body).status_code == 201


def test_fixed_on_the_spot_goes_to_a_second_person(world, program):
    worker = program("worker_a", "raise")
    files = [{"id": worker.send("后.jpg", photo("after").content.read()), "role": "after"}]
    body = {"statement": SAID, "unit": world.unit("furnace").pk, "files": files}
    refused = worker.post("problems", body)
    assert refused.status_code == 403 and "令牌" in refused.json()["reason"]
    assert program("worker_a").post("problems", body).json()["state"] == "verifying"


def test_somebody_elses_file_is_not_taken(world, program):
    problem = problem_in(world, "verifying")
    slip = program("worker_a").send("证.jpg", photo("x").content.read())
    body = {"text": "附上", "files": [{"id": slip}]}
    answer = program("safety_officer").post(f"problems/{problem.number}/comment", body)
    assert answer.status_code == 422 and "另一个账号" in answer.json()["fields"]["files.0"][0]


def test_files_come_out_for_those_who_see_the_problem(world, program):
    problem = problem_in(world, "verifying")
    officer = program("safety_officer", "read")
    listed = officer.get(f"problems/{problem.number}").json()["files"]
    assert listed
    url = listed[0]["url"]
    assert b"".join(officer.get(url).streaming_content)[:2] == b"\xff\xd8"
    assert officer.get(f"{url}?which=original").status_code == 200
    assert Event.objects.filter(kind="file.original_seen").count() == 1
    assert program("unit_head", "read").get(f"{url}?which=original").status_code == 404
    assert program("outsider", "read").get(url).status_code == 404


def test_reading_a_restricted_problem_is_written_down(world, program):
    secret = raised(world, secrecy="restricted")
    other = raised(world, secrecy="restricted")
    raised(world)
    officer = program("safety_officer", "read")
    officer.get(f"problems/{secret.number}")
    event = Event.objects.get(kind="problem.read")
    assert (event.stream, event.by_id) == (f"problem-reads:{secret.pk}", world.person("safety_officer").pk)
    officer.get("problems")
    last = Event.objects.filter(kind="problem.read").order_by("-id").first()
    assert set(last.data["ids"]) == {secret.pk, other.pk}
    assert program("leader", "read").get(f"problems/{secret.number}").status_code == 404


def test_verdicts_say_what_may_be_done_now(world, program):
    problem = problem_in(world, "verifying")
    may = {s["step"]: s for s in program("second_officer").get(f"problems/{problem.number}").json()["steps"]}
    assert may["close"]["ok"] and may["close"]["url"].endswith("/closure")
    read = {
        s["step"]: s for s in program("second_officer", "read").get(f"problems/{problem.number}/steps").json()
    }
    assert not read["close"]["ok"] and "令牌" in read["close"]["reason"]


def test_a_program_that_sends_twice_registers_once(world, program):
    """The line broke after the deed: the same key brings the same answer, another content is refused."""
    worker, body = program("worker_a"), {"statement": SAID, "unit": world.unit("furnace").pk}
    first = worker.post("problems", body, **{"Idempotency-Key": "8d6f0b3e-1"})
    again = worker.post("problems", body, **{"Idempotency-Key": "8d6f0b3e-1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() and again["Location"] == first["Location"]
    assert again["Idempotent-Replayed"] == "true"
    assert Problem.objects.count() == 1 and Event.objects.filter(kind="problem.raised").count() == 1
    other = worker.post("problems", body | {"place": "别处"}, **{"Idempotency-Key": "8d6f0b3e-1"})
    assert other.status_code == 422 and set(other.json()) == {"code", "reason", "todo", "field", "fields"}
    assert worker.post("problems", body, **{"Idempotency-Key": ""}).status_code == 400
    assert Problem.objects.count() == 1


def test_what_a_program_did_says_so(world, program):
    program("worker_a").post("problems", {"statement": SAID, "unit": world.unit("furnace").pk})
    event = Event.objects.get(kind="problem.raised")
    assert event.by_id == world.person("worker_a").pk and isinstance(event.data["token"], int)
