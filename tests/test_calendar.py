"""A calendar reads due days: its own address, nothing said, the same identity when a day moves."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from bihuan.kernel.moment import local_day
from bihuan.org.actions.open_token import open_token
from bihuan.org.actions.revoke_token import revoke_token
from bihuan.org.models import AccessToken
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.assign import assign
from bihuan.problems.actions.decide_extension import decide_extension
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import problem_in, raised


@pytest.fixture
def subscribe(world):
    def address_of(word: str, unit: str = "") -> str:
        at = timezone.now()
        _, text = open_token(
            person=world.person(word), name="手机日历", scope="calendar",
            unit=world.unit(unit) if unit else None, expires_on=local_day(at) + timedelta(days=30),
            by=world.actor(word, at), at=at,
        )  # fmt: skip
        return f"/calendar/{text}.ics"

    return address_of


def events(answer) -> dict[str, dict]:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    parsed = Calendar.from_ical(answer.content)
    assert not parsed.errors
    assert parsed["version"] == "2.0" and parsed["prodid"]
    found = {str(event["uid"]): event for event in parsed.walk("VEVENT")}
    assert all(
        {"dtstamp", "dtstart", "summary", "sequence"} <= {k.lower() for k in e} for e in found.values()
    )
    assert all(not event.errors for event in found.values())
    return found


def test_it_names_days_and_no_content(world, client, subscribe):
    problem = problem_in(world, "rectifying")
    answer = client.get(subscribe("worker_a"))
    event = events(answer)[f"problem-{problem.pk}@127.0.0.1"]
    assert event["dtstart"].dt == problem.due_on and isinstance(event["dtstart"].dt, date)
    assert str(event["summary"]) == f"整改到期 {problem.number} 加热炉车间"
    assert str(event["url"]).endswith(f"/problems/{problem.number}/")
    assert problem.statement not in answer.content.decode().replace("\r\n ", "")


def test_of_a_restricted_problem_the_number_alone(world, client, subscribe):
    problem = problem_in(world, "rectifying", secrecy="restricted")
    summaries = {str(e["summary"]) for e in events(client.get(subscribe("worker_a"))).values()}
    assert summaries == {f"整改到期 {problem.number}"}


def test_a_moved_day_keeps_its_identity(world, client, subscribe):
    problem = problem_in(world, "rectifying")
    url = subscribe("worker_a")
    first = client.get(url)
    before = events(first)[f"problem-{problem.pk}@127.0.0.1"]
    unchanged = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert unchanged.status_code == 304 and not unchanged.content
    later = problem.due_on + timedelta(days=5)
    at = world.at + timedelta(hours=6)
    ask_extension(problem=problem, new_due_on=later, reason="等备件", by=world.actor("worker_a"), at=at)
    problem = Problem.objects.get(pk=problem.pk)
    decide_extension(problem=problem, granted=True, text="同意", by=world.actor("safety_officer"), at=at)
    second = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert second["ETag"] != first["ETag"]
    after = events(second)
    assert set(after) == {f"problem-{problem.pk}@127.0.0.1"}
    moved = after[f"problem-{problem.pk}@127.0.0.1"]
    assert moved["dtstart"].dt == later and int(moved["sequence"]) > int(before["sequence"])


def test_the_unit_by_choice_and_only_what_its_person_sees(world, client, subscribe):
    officer = world.actor("safety_officer")
    for unit in ("furnace", "finishing", "iron_mill"):
        problem = raised(world, unit=world.unit(unit))
        assign(problem=problem, lead=None, by=officer, at=world.at)
    assert len(events(client.get(subscribe("liaison")))) == 0
    assert len(events(client.get(subscribe("liaison", "hot_mill")))) == 2
    assert len(events(client.get(subscribe("safety_officer", "group")))) == 3
    assert len(events(client.get(subscribe("outsider", "iron_mill")))) == 1


def test_measures_of_others_problems_stand_in_it(world, client, subscribe):
    problem = problem_in(world, "rectifying")
    Problem.objects.filter(pk=problem.pk).update(lead_id=world.person("unit_head").pk)
    summaries = [str(e["summary"]) for e in events(client.get(subscribe("worker_a"))).values()]
    assert len(summaries) == 2 and all(re.match(r"措施 \d 到期", one) for one in summaries)


def test_the_address_can_be_taken_back_and_is_no_program(world, client, subscribe, program):
    url = subscribe("worker_a")
    assert client.get(url).status_code == 200
    text = url.removeprefix("/calendar/").removesuffix(".ics")
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {text}"}).status_code == 401
    assert client.get(f"/calendar/{program('worker_a').text}.ics").status_code == 404
    token = AccessToken.objects.get(scope="calendar")
    revoke_token(token=token, by=world.actor("worker_a", timezone.now()), at=timezone.now())
    assert client.get(url).status_code == 404
    assert client.post(url).status_code == 405
    assert client.get("/calendar/bht_aaaaaaaaaa_x.ics").status_code == 404


def test_the_page_gives_the_whole_address_once(world, signed_in, client):
    given = {"name": "手机日历", "unit": "", "expires_on": local_day(timezone.now())}
    shown = signed_in("worker_a").post("/tokens/calendar/", given).content.decode()
    url = re.search(r"http://[^<]+/calendar/bht_[^<]+\.ics", shown)[0]
    assert client.get(url.replace("http://127.0.0.1:8000", "")).status_code == 200
