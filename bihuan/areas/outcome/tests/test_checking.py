"""A check of the upper level: what it sees within its term, and that it sees nothing else, nor before, nor after."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.tests.story import SECRET
from bihuan.areas.outcome.actions.end_check import end_check
from bihuan.areas.outcome.actions.prolong_check import prolong_check
from bihuan.areas.outcome.actions.say_check_verdict import say_check_verdict
from bihuan.areas.outcome.actions.settle_check_verdict import settle_check_verdict
from bihuan.areas.outcome.models import CheckTerm, CheckVerdict, CheckVisit, Report
from bihuan.areas.outcome.reads.desk import desk_lines
from bihuan.kernel.refused import Invalid, Missing, Refused
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.open_account import open_account
from bihuan.org.actions.revoke_grant import revoke_grant
from bihuan.org.models import Grant, Person
from bihuan.org.reads import actor_for
from bihuan.org.tests.world import PASSWORD
from bihuan.problems.models import Problem
from bihuan.record.models import Event

from .check_story import TERM, Checking, pages
from .story import OFFICE

WAY = re.compile(r'<a [^>]*href="(/[^"#]*)')


@pytest.fixture
def checking(world) -> Checking:
    return Checking(world)


@pytest.fixture
def on_day(checking: Checking, monkeypatch):
    """`on_day(n)(word)`: signed in so many days after the visit began."""

    def set_day(days: int):
        at = checking.at + timedelta(days=days)
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)

        def client_of(word: str) -> Client:
            accounts = checking.world.accounts
            if word not in accounts:
                accounts[word], _ = open_account(
                    person=checking.world.person(word), username=f"check-{word}", password=PASSWORD,
                    must_change=False, by=checking.world.actor("system_admin"), at=checking.at,
                )  # fmt: skip
            client = Client()
            client.force_login(accounts[word], backend="django.contrib.auth.backends.ModelBackend")
            return client

        return client_of

    return set_day


def forbidden(checking: Checking) -> list[str]:
    """What is round about it: the confidential, the loop's own pages, the rest of the house."""
    task, number, given = checking.task, checking.problems[0].number, checking.given
    item = given.items.order_by("order").first()
    return [
        f"/onsite/{task.pk}/", f"/onsite/drafts/{Draft.objects.first().pk}/", f"/onsite/{task.pk}/talks/",
        f"/onsite/{task.pk}/complaints/", f"/onsite/{task.pk}/clues/", f"/outcome/{task.pk}/",
        f"/outcome/reports/{Report.objects.first().pk}/", f"/outcome/feedbacks/{given.pk}/",
        f"/outcome/feedbacks/{given.pk}/rectification/", f"/outcome/items/{item.pk}/", "/outcome/mine/",
        f"/problems/{number}/", "/problems/", f"/problems/{number}/files/{checking.problems[0].attachments.first().pk}/",
        f"/problems/{number}/comment/", "/search/?q=清退", "/problems/new/", "/outcome/", "/outcome/rectification/",
        "/outcome/experience/", "/publications/", "/org/units/", f"/org/people/{checking.world.person('liaison').pk}/",
        "/tokens/", "/documents/", "/notices/", f"/inspection/tasks/{task.pk}/", "/outcome/checks/new/",
    ]  # fmt: skip


def test_within_the_term_and_nothing_else(checking, on_day):
    visit = checking.visit(from_on=checking.day + timedelta(days=1))
    word, open_to = "checker", pages(checking, visit)
    assert {on_day(0)(word).get(url).status_code for url in open_to} == {404}
    inside = on_day(1)(word)
    assert {url: inside.get(url).status_code for url in open_to} == dict.fromkeys(open_to, 200)
    assert {url: inside.get(url).status_code for url in forbidden(checking)} == dict.fromkeys(
        forbidden(checking), 404
    )
    assert inside.get("/")["Location"] == "/outcome/checks/", "who comes from outside has no desk here"
    start = inside.get("/outcome/checks/").content.decode()
    assert "现场验证" in start and "问题台账" not in start and SECRET not in start
    ways = [url for url in WAY.findall(start) if not url.startswith(("/static/", "#", "/manifest"))]
    assert {url: inside.get(url).status_code for url in ways if inside.get(url).status_code == 404} == {}
    assert checking.task.org.shown in inside.get("/outcome/checks/").content.decode()
    last = on_day(TERM.days)(word)
    assert last.get(open_to[0]).status_code == 200
    over = on_day(TERM.days + 1)(word)
    assert {over.get(url).status_code for url in (*open_to, *forbidden(checking))} == {404}
    assert checking.task.org.shown not in over.get("/outcome/checks/").content.decode()
    # a year later, when the grant itself is long over, they are still nobody of this house
    assert {on_day(400)(word).get(url).status_code for url in (*open_to, *forbidden(checking))} == {404}
    assert "到期" in on_day(TERM.days + 1)(OFFICE).get(open_to[0]).content.decode()


@pytest.mark.parametrize(
    "word", ["third_checker", "outsider", "unit_head", "department", "secretary", "discipline"]
)
def test_who_is_not_of_the_visit_meets_nothing_of_it(checking, on_day, word):
    visit = checking.visit()
    client = on_day(0)(word)
    assert {client.get(url).status_code for url in pages(checking, visit)} == {404}


def test_withdrawn_ends_at_once_and_so_does_the_grant(checking, on_day):
    visit, other = checking.visit(), checking.visit(members=[checking.world.person("third_checker")])
    client = on_day(0)("checker")
    assert client.get(pages(checking, visit)[0]).status_code == 200
    office = {"by": checking.actor(OFFICE), "at": checking.at}
    with pytest.raises(Invalid, match="没有写原因"):
        end_check(visit=visit, why=" ", **office)
    end_check(visit=visit, why="来函撤回", **office)
    assert {client.get(url).status_code for url in pages(checking, visit)} == {404}
    with pytest.raises(Refused, match="已经终止"):
        prolong_check(visit=visit, until_on=visit.until_on + TERM, why="再看", **office)
    third = on_day(0)("third_checker")
    assert third.get(pages(checking, other)[0]).status_code == 200
    grant = Grant.objects.get(person=checking.world.person("third_checker"))
    revoke_grant(grant=grant, by=checking.world.actor("security_admin"), at=checking.at)
    assert third.get(pages(checking, other)[0]).status_code == 404


def test_a_longer_term_is_a_decision_with_its_reason(checking, on_day):
    visit = checking.visit()
    until, office = visit.until_on + timedelta(days=3), {"by": checking.actor(OFFICE), "at": checking.at}
    for said, why in (
        ({"until_on": until, "why": ""}, "没有写理由"),
        ({"until_on": visit.until_on, "why": "再看"}, "晚于"),
    ):
        with pytest.raises(Invalid, match=why):
            prolong_check(visit=visit, **said, **office)
    with pytest.raises(Refused, match="授权先到期"):
        prolong_check(visit=visit, until_on=until + timedelta(days=90), why="再看", **office)
    prolong_check(visit=visit, until_on=until, why="还有两件没有看完", **office)
    assert CheckTerm.objects.get().before_on == checking.day + TERM
    assert on_day(TERM.days + 2)("checker").get(pages(checking, visit)[0]).status_code == 200
    later = {**office, "at": checking.at + timedelta(days=30)}
    with pytest.raises(Refused, match="已经到期"):
        prolong_check(visit=visit, until_on=until + TERM, why="再看", **later)


def test_who_may_be_let_in_and_by_whom(checking):
    for word in ("liaison", "leading", "team_leader", "checker"):
        with pytest.raises(Refused, match="由巡察办办"):
            checking.visit(by=checking.actor(word))
    person = checking.world.person("worker_a")
    with pytest.raises(Refused, match="没有“上级检查人员”的授权"):
        checking.visit(members=[person])
    both = checking.world.person("third_checker")
    grant_role(
        role="worker", unit=checking.world.unit("hot_mill"), person=both, from_day=checking.day,
        by=checking.world.actor("security_admin"), at=checking.at,
    )  # fmt: skip
    with pytest.raises(Refused, match="还有别的授权"):
        checking.visit(members=[both])
    with pytest.raises(Invalid, match="早于"):
        checking.visit(until_on=checking.day - timedelta(days=1))
    with pytest.raises(Refused, match="没有下达整改"):
        checking.visit(tasks=[checking.task_of_another()])
    assert (
        not actor_for(both, at=checking.at).guest
        and actor_for(checking.world.person("checker"), at=checking.at).guest
    )


def test_a_restricted_problem_is_not_there_for_a_check(checking, on_day):
    visit, hidden = checking.visit(), checking.problems[1]
    Problem.objects.filter(pk=hidden.pk).update(secrecy="restricted")
    client, base = on_day(0)("checker"), f"/outcome/checks/{visit.pk}/"
    said = client.get(f"{base}tasks/{checking.task.pk}/").content.decode()
    assert hidden.number not in said and "另有 1 件限知悉" in said
    assert hidden.number not in client.get(f"{base}tasks/{checking.task.pk}/plan/").content.decode()
    assert client.get(f"{base}problems/{hidden.number}/").status_code == 404
    with pytest.raises(Missing):
        say_check_verdict(
            visit=visit,
            number=hidden.number,
            verdict="true",
            note="",
            by=checking.actor("checker"),
            at=checking.at,
        )


def test_every_page_leaves_a_trail_that_the_office_sees(checking, on_day):
    visit = checking.visit()
    client, urls = on_day(0)("checker"), pages(checking, visit)[:-1]
    for url in urls:
        b"".join(client.get(url))
    read = Event.objects.filter(stream=visit.stream, kind="outcome.check_read").order_by("seq")
    said = ["visit", "task", "plan", "reports", "evaluation", "publication", "problem", "file"]
    assert [one.data["page"] for one in read] == said
    assert {one.by_id for one in read} == {checking.world.person("checker").pk}
    office = on_day(0)(OFFICE)
    shown = office.get(urls[0]).content.decode()
    assert "尉迟明远" in shown and checking.problems[0].number in shown
    assert read.count() == len(said), "the office's own look is no reading of the check"
    assert "查看记录" not in client.get(urls[0]).content.decode()


def test_the_sheet_is_the_checks_own_and_not_true_waits_on_the_desk(checking):
    visit, problem = checking.visit(), checking.problems[0]
    said = {"visit": visit, "number": problem.number, "by": checking.actor("checker"), "at": checking.at}
    with pytest.raises(Invalid, match="没有写看到的情况"):
        say_check_verdict(verdict="false", note="", **said)
    for word in (OFFICE, "unit_head", "third_checker"):
        with pytest.raises(Refused, match="由检查人员在期限内记"):
            say_check_verdict(**{**said, "by": checking.actor(word)}, verdict="true", note="")
    with pytest.raises(Refused, match="期限内"):
        say_check_verdict(**{**said, "at": checking.at + TERM + timedelta(days=1)}, verdict="true", note="")
    say_check_verdict(verdict="true", note="", **said)
    made = say_check_verdict(verdict="false", note="凭证是补开的", **said)
    problem.refresh_from_db()
    assert CheckVerdict.objects.count() == 1 and problem.closure == "closed"
    office = checking.actor(OFFICE)
    desk = [line.text for line in desk_lines(office, checking.at)]
    assert any(problem.number in text and "不实" in text for text in desk)
    made = CheckVerdict.objects.select_related("visit", "problem__unit").get()
    with pytest.raises(Refused, match="不能由你回头看"):  # who closed it does not look back at it
        settle_check_verdict(verdict=made, reopen=True, answer="重新整改", by=office, at=checking.at)
    made.refresh_from_db()
    assert made.settled_at is None
    grant_role(
        role="inspection_office", unit=checking.world.unit("group"), person=checking.world.person("rules_keeper"),
        from_day=checking.day, by=checking.world.actor("security_admin"), at=checking.at,
    )  # fmt: skip
    made = CheckVerdict.objects.select_related("visit", "problem__unit").get()
    other = actor_for(Person.objects.get(pk=checking.world.person("rules_keeper").pk), at=checking.at)
    settle_check_verdict(verdict=made, reopen=True, answer="核实属实，重新整改", by=other, at=checking.at)
    problem.refresh_from_db()
    assert (problem.closure, problem.round) == ("rectifying", 2) and made.recheck.found == "paper_only"
    with pytest.raises(Refused, match="已经处理"):
        say_check_verdict(verdict="true", note="", **said)


def test_the_sheet_by_its_pages(checking, on_day):
    visit, number = checking.visit(), checking.problems[0].number
    base = f"/outcome/checks/{visit.pk}/problems/{number}/"
    client, office = on_day(0)("checker"), on_day(0)(OFFICE)
    assert "看到的情况" in client.post(f"{base}verdict/", {"verdict": "false"}).content.decode()
    assert client.post(f"{base}verdict/", {"verdict": "false", "note": "现场没有"}).status_code == 302
    assert "不实" in client.get(base).content.decode()
    assert (
        client.get(f"{base}settling/").status_code == 404 and office.get(f"{base}verdict/").status_code == 404
    )
    assert "现场没有" in office.get(f"/outcome/checks/{visit.pk}/").content.decode()
    office.post(f"{base}settling/", {"reopen": "no", "answer": "现场再核，实物在二号库"})
    assert "二号库" in client.get(f"/outcome/checks/{visit.pk}/").content.decode()
    page = office.get("/outcome/checks/new/")
    assert page.status_code == 200 and "尉迟明远" in page.content.decode()
    today = checking.day.isoformat()
    said = {
        "body": "省纪委", "document": "8 号", "tasks": [checking.task.pk], "from_on": today, "until_on": today,
        "members": [checking.world.person("third_checker").pk],
    }  # fmt: skip
    assert office.post("/outcome/checks/new/", said).status_code == 302
    made = CheckVisit.objects.order_by("-pk").first()
    assert (
        office.post(
            f"/outcome/checks/{made.pk}/prolonging/", {"until_on": "2025-09-20", "why": "延"}
        ).status_code
        == 302
    )
    assert office.post(f"/outcome/checks/{made.pk}/ending/", {"why": "看完"}).status_code == 302


def test_the_pages_ask_the_same_however_many_problems(checking, on_day):
    visit = checking.visit()
    most = {"": 45, f"tasks/{checking.task.pk}/": 40, f"tasks/{checking.task.pk}/plan/": 35,
            f"problems/{checking.problems[0].number}/": 40}  # fmt: skip
    client = on_day(0)("checker")
    for part, number in most.items():
        client.get(f"/outcome/checks/{visit.pk}/{part}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/outcome/checks/{visit.pk}/{part}")
        assert len(asked) <= number, (part, len(asked))
    office = on_day(0)(OFFICE)
    for url, number in (("/outcome/checks/", 25), (f"/outcome/checks/{visit.pk}/", 45)):
        with CaptureQueriesContext(connection) as asked:
            office.get(url)
        assert len(asked) <= number, (url, len(asked))
