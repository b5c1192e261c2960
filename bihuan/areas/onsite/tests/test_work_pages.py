"""The pages of the daily work, as the team, those who were asked, the office and others meet them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bihuan.areas.inspection.models import Task, TeamTask
from bihuan.areas.onsite.actions.list_interviewee import list_interviewee
from bihuan.areas.onsite.models import Ask, DayLog, ImmediateNotice, Loan, Midterm, Visit
from bihuan.areas.onsite.reads.board import board_of
from bihuan.kernel.moment import local_day
from bihuan.problems.models import Problem

from . import work
from .story import SECRET

pytestmark = pytest.mark.django_db
LISTS = ("documents", "asks", "immediates", "visits", "outreaches", "midterms", "days")
DAY = "2025-09-15"
#: a page is asked for on the day of the clock on the wall
TODAY = local_day(timezone.now()).isoformat()


def at(onsite, rest: str) -> str:
    return f"/onsite/{onsite.task.pk}/{rest}"


def test_documents_by_the_forms_on_both_sides(contact, client_of):
    member, liaison = client_of("member"), client_of("liaison")
    member.post(
        at(contact, "documents/new/"), {"items": "会议记录\n合同台账", "period": "2024年", "due_on": TODAY}
    )
    first = Loan.objects.order_by("number").first()
    page = liaison.get("/onsite/inbox/").content.decode()
    assert "会议记录" in page and "合同台账" in page and "邹敏慧" not in page
    assert "答复调阅" in liaison.get("/").content.decode()
    liaison.post(f"/onsite/inbox/documents/{first.pk}/", {"answer": "在党委工作部"})
    assert "在党委工作部" in member.get(f"/onsite/documents/{first.pk}/").content.decode()
    said = {"provider": "武丽娜", "form": "original", "copies": 3, "place": "2 号柜"}
    member.post(f"/onsite/documents/{first.pk}/receipt/", said)
    page = member.get(at(contact, "documents/")).content.decode()
    assert "组里还有 1 项没有退还" in page and "2 号柜" in page
    member.post(
        at(contact, "documents/return/"), {"loans": [first.pk], "ending": "handed", "taker": "武丽娜"}
    )
    assert Loan.objects.get(pk=first.pk).state == "returned"


def test_a_push_by_the_forms_with_a_file(contact, client_of):
    member, head = client_of("member"), client_of("unit_head")
    said = {"kind": "push", "to": contact.world.unit("hot_mill").pk, "ask": SECRET, "due_on": TODAY}
    member.post(at(contact, "asks/new/"), said)
    one = Ask.objects.get()
    assert SECRET not in head.get("/onsite/inbox/").content.decode()
    page = head.get(f"/onsite/inbox/asks/{one.pk}/").content.decode()
    assert SECRET in page and "b-watermark" in page and "不得录入国家秘密" in page
    file = SimpleUploadedFile("台账.txt", b"2025 year")
    head.post(f"/onsite/inbox/asks/{one.pk}/", {"answer": "已办", "files": [file]})
    assert head.get(f"/onsite/inbox/asks/{one.pk}/files/1/").content == b"2025 year"
    assert member.get(f"/onsite/ask/{one.pk}/files/1/").content == b"2025 year"
    assert "已办" in member.get(f"/onsite/asks/{one.pk}/").content.decode()
    office = client_of("inspection_officer")
    page = office.get(f"/onsite/asks/{one.pk}/").content.decode()
    assert "督促001" in page and SECRET not in page and "已办" not in page
    member.post(f"/onsite/asks/{one.pk}/settlement/")
    assert Ask.objects.get().state == "settled"


def test_a_notice_from_the_form_to_the_loop(contact, client_of):
    Task.objects.update(to_day=TODAY)
    member, leader, head = client_of("member"), client_of("team_leader"), client_of("unit_head")
    said = {
        "unit": contact.world.unit("furnace").pk,
        "due_on": TODAY,
        "statement_1": work.GUARD,
        "demand_1": "补装",
    }
    member.post(at(contact, "immediates/new/"), said)
    one = ImmediateNotice.objects.get()
    assert "签发通知书" in leader.get("/").content.decode()
    assert head.get("/onsite/inbox/").status_code == 404
    leader.post(f"/onsite/immediates/{one.pk}/issue/", {"document": "1 号"})
    problem = Problem.objects.get()
    page = head.get(f"/onsite/inbox/notices/{one.pk}/").content.decode()
    assert work.GUARD in page and problem.number in page
    head.post(f"/onsite/inbox/notices/{one.pk}/")
    assert ImmediateNotice.objects.get().state == "signed"
    work.put_right(contact, work.item_of(one.items.get().pk))
    other = client_of("other_member")
    other.post(f"/onsite/immediates/{one.pk}/items/1/", {"note": "护栏已补装"})
    assert "护栏已补装" in other.get(f"/onsite/immediates/{one.pk}/").content.decode()


def test_a_visit_a_report_and_a_day_by_the_forms(contact, client_of):
    member, leader, office = client_of("member"), client_of("team_leader"), client_of("inspection_officer")
    own = contact.world.person("member").pk
    said = {"on": DAY, "method": "walk", "place": "加热炉", "seen": SECRET, "members": [own]}
    member.post(at(contact, "visits/new/"), said)
    assert SECRET in member.get(f"/onsite/visits/{Visit.objects.get().pk}/").content.decode()
    page = office.get(f"/onsite/visits/{Visit.objects.get().pk}/").content.decode()
    assert "加热炉" in page and SECRET not in page
    member.post(at(contact, "midterms/new/"), {"text": SECRET})
    one = Midterm.objects.get()
    assert SECRET not in office.get(f"/onsite/midterms/{one.pk}/").content.decode()
    assert SECRET in member.get(f"/onsite/midterms/{one.pk}/text/").content.decode()
    leader.post(f"/onsite/midterms/{one.pk}/submission/")
    assert SECRET in office.get(f"/onsite/midterms/{one.pk}/").content.decode()
    office.post(f"/onsite/midterms/{one.pk}/hearing/", {"on": TODAY, "opinions": "加快"})
    member.post(at(contact, f"days/{DAY}/"), {"text": f"今天 {SECRET}", "version": 0})
    stale = leader.post(at(contact, f"days/{DAY}/"), {"text": "另一篇", "version": 0})
    assert stale.status_code == 400 and "写过" in stale.content.decode()
    page = member.get(at(contact, f"days/?week={DAY}")).content.decode()
    assert SECRET in page and DayLog.objects.get().version == 1
    page = office.get(at(contact, f"days/?week={DAY}")).content.decode()
    assert SECRET not in page and "邹敏慧写了" in page


def test_for_others_there_is_nothing(contact, client_of):
    one, made, seen = work.ask(contact), work.notice(contact, "issued"), work.visit(contact)
    loan, report = work.loan(contact), work.midterm(contact)
    urls = [at(contact, f"{name}/") for name in LISTS] + [
        f"/onsite/asks/{one.pk}/", f"/onsite/immediates/{made.pk}/", f"/onsite/visits/{seen.pk}/",
        f"/onsite/documents/{loan.pk}/", f"/onsite/midterms/{report.pk}/", "/onsite/rounds/R1/board/",
        f"/onsite/inbox/asks/{one.pk}/", at(contact, "documents/new/"), at(contact, f"days/{DAY}/"),
    ]  # fmt: skip
    for word in ("secretary", "outsider", "system_admin", "discipline", "unit_head", "liaison"):
        client = client_of(word)
        assert {client.get(url).status_code for url in urls} == {404}, word
    assert client_of("outsider").get("/onsite/inbox/").status_code == 404
    for url in (f"/onsite/inbox/notices/{made.pk}/", f"/onsite/inbox/documents/{loan.pk}/"):
        assert client_of("department").get(url).status_code == 404
    above = client_of("leading")
    assert above.get(at(contact, "midterms/")).status_code == 200
    assert above.get(at(contact, "documents/")).status_code == 404


def test_the_board_counts_what_was_done_and_says_what_is_stuck(contact, client_of):
    contact.talk()
    for word in ("unit_head", "secretary"):
        list_interviewee(
            task=contact.task, person=contact.world.person(word), why="班子成员", **contact.as_("team_leader")
        )
    contact.draft("handed_in")
    work.visit(contact)
    work.loan(contact, "held")
    work.loan(contact)
    work.notice(contact, "issued")
    work.ask(contact, "push", "hot_mill")
    day = contact.day + timedelta(days=5)
    (row,) = board_of([Task.objects.select_related("org", "round").get(pk=contact.task.pk)], day)
    expected = {"talks": 1, "wanted": 2, "covered": 0, "reviewing": 1, "visits": 1, "copies": 3, "loans_late": 1,
                "asked": 2, "verified": 0, "unsigned": 1, "pushes": 1, "pushes_late": 1}  # fmt: skip
    assert {name: row.count(name) for name in expected} == expected
    assert (row.gone, row.left) == (6, 25)
    stuck = {one.what: (one.count, one.days) for one in row.stuck()}
    assert stuck == {"talks": (2, 25), "loans": (1, 5), "pushes": (1, 2), "drafts": (1, 5), "notices": (1, 5)}
    for word in ("inspection_officer", "leading", "head", "member"):
        page = client_of(word).get("/onsite/rounds/R1/board/").content.decode()
        assert "热轧厂党总支" in page and "必谈还差 2 人" in page and SECRET not in page
    assert client_of("registrar").get("/onsite/rounds/R1/board/").status_code == 404


def test_the_board_and_the_lists_ask_the_same_for_more(contact, client_of):
    office, member, liaison = client_of("inspection_officer"), client_of("member"), client_of("liaison")

    def fill() -> None:
        work.visit(contact), work.outreach(contact), work.midterm(contact), work.notice(contact, "issued")
        work.loan(contact, "held"), work.loan(contact), work.ask(contact, "push", "hot_mill"), contact.draft()

    pages = [(office, "/onsite/rounds/R1/board/", 24), (liaison, "/onsite/inbox/", 18), (member, "/", 40)]
    pages += [(member, at(contact, f"{name}/"), 26) for name in LISTS]
    fill()
    few = {url: _queries(client, url) for client, url, _ in pages}
    fill()
    other = Task.objects.get(pk=contact.task.pk)
    other.pk, other.mode = None, "cross"
    other.save()
    TeamTask.objects.create(task=other, team=TeamTask.objects.get().team)
    many = {url: _queries(client, url) for client, url, _ in pages}
    assert many == few
    assert {url: few[url] for _, url, most in pages if few[url] > most} == {}


def _queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)
