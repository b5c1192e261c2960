"""Every step through its page: the form, the act, the refusal, and nothing typed lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bihuan.kernel.moment import local_day
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.ask_void import ask_void
from bihuan.problems.forms.table import BY_STEP, PAGES
from bihuan.problems.models import Problem
from bihuan.problems.states import NOUNS
from bihuan.record.models import Event

from . import story


def url(problem, step):
    return reverse(f"problems:{NOUNS[step]}", args=[problem.number])


def again(problem) -> Problem:
    return Problem.objects.get(pk=problem.pk)


def picture(text="after"):
    upload = story.photo(text)
    return SimpleUploadedFile(upload.name, upload.content.read(), "image/jpeg")


def test_every_step_of_the_table_has_a_page():
    assert set(BY_STEP) == set(NOUNS)
    assert len({page.noun for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize(
    ("state", "step", "word"),
    [
        ("raised", "assign", "safety_officer"),
        ("raised", "fix_now", "liaison"),
        ("assigned", "accept", "liaison"),
        ("planning", "plan", "liaison"),
        ("plan_review", "approve", "second_officer"),
        ("plan_review", "return", "second_officer"),
        ("rectifying", "report", "worker_a"),
        ("rectifying", "ask_extension", "liaison"),
        ("rectifying", "ask_transfer", "liaison"),
        ("rectifying", "reown", "unit_head"),
        ("rectifying", "remind", "safety_officer"),
        ("verifying", "close", "second_officer"),
        ("verifying", "reject", "second_officer"),
        ("closed", "recheck", "inspection_officer"),
        ("closed", "reopen", "inspection_officer"),
        ("closed", "comment", "leader"),
        ("raised", "ask_void", "liaison"),
    ],
)
def test_the_form_opens_for_whoever_may(world, signed_in, state, step, word):
    problem = story.problem_in(world, state)
    answer = signed_in(word).get(url(problem, step))
    assert answer.status_code == 200
    assert answer.context["form"].problem == problem
    drawer = signed_in(word).get(url(problem, step), headers={"X-Bihuan-Drawer": "1"})
    assert "<html" not in drawer.content.decode()


@pytest.mark.parametrize(
    ("state", "step", "word", "status", "reason"),
    [
        ("raised", "assign", "liaison", 403, "只有下达部门能办"),
        ("plan_review", "approve", "liaison", 403, "只有督办部门能办"),
        ("verifying", "close", "liaison", 403, "只有核验部门能办"),
        ("rectifying", "submit", "worker_a", 403, "措施自报完成 0/2"),
        ("closed", "close", "second_officer", 409, "已被他人处理"),
        ("closed", "recheck", "second_officer", 403, "不能由你回头看"),
        ("rectifying", "decide_extension", "safety_officer", 403, "没有待批的延期申请"),
    ],
)
def test_a_refused_step_says_why(world, signed_in, state, step, word, status, reason):
    problem = story.problem_in(world, state)
    client = signed_in(word)
    shown = client.get(url(problem, step))
    assert shown.status_code == status
    assert reason in shown.content.decode()
    filled = {"text": "x", "reason": "x", "unit": problem.unit_id, "timing": "time_limited", "grade": "general",
              "granted": "yes", "passed": "yes"}  # fmt: skip
    sent = client.post(url(problem, step), filled)
    assert sent.status_code == status
    assert reason in sent.content.decode()
    assert again(problem).version == problem.version


def test_from_raised_to_closed_by_four_people(world, signed_in):
    """The whole loop through forms, each step by the person whose it is."""
    problem = story.raised(world)
    officer, liaison, worker = signed_in("safety_officer"), signed_in("liaison"), signed_in("worker_a")
    due = local_day(world.at) + timedelta(days=400)
    told = officer.post(url(problem, "assign"), {
        "unit": problem.unit_id, "lead": "牛晓东（3101）", "timing": "time_limited", "grade": "general",
        "due_on": due.isoformat(), "supervisor": "", "demand": "六台一台不漏", "needs_plan": "yes",
    }, follow=True)  # fmt: skip
    assert "已下达，接下来等加热炉车间认领" in told.content.decode()
    liaison.post(url(problem, "accept"), {"lead": "牛晓东（3101）"})
    assert again(problem).closure == "planning"
    rows = {"m-TOTAL_FORMS": 3, "m-INITIAL_FORMS": 0, "m-0-text": "六台送检", "m-0-standard": "证书 6 份",
            "m-0-owner": "niuxiaodong", "m-0-due_on": due.isoformat(), "cause": "没有周期清单"}  # fmt: skip
    liaison.post(url(problem, "plan"), rows)
    assert again(problem).closure == "plan_review"
    officer.post(url(problem, "return"), {"reason": "写明牵头人"})
    liaison.post(url(problem, "plan"), rows)
    officer.post(url(problem, "approve"), {"text": "同意"})
    measure = problem.measures.get()
    assert (measure.owner.name, again(problem).closure) == ("牛晓东", "rectifying")
    worker.post(url(problem, "report"), {f"percent_{measure.pk}": "100", "text": "送完了"})
    sent = worker.post(
        url(problem, "submit"), {"text": "六台合格", "after": picture(), "evidence": picture("证书")}
    )
    assert sent.status_code == 302, sent.context["form"].errors
    closed = signed_in("second_officer").post(url(problem, "close"), {"text": "逐台看过"}, follow=True)
    assert "已销号" in closed.content.decode()
    assert again(problem).closure == "closed"
    assert again(problem).attachments.count() == 2


def test_the_submit_form_takes_in_what_is_missing(world, signed_in):
    problem = story.problem_in(world, "rectifying")
    worker = signed_in("worker_a")
    measures = list(problem.measures.order_by("order"))
    worker.post(url(problem, "report"), {f"percent_{m.pk}": "100" for m in measures})
    page = worker.get(reverse("problems:page", args=[problem.number]))
    assert page.context["bar"].primary.step == "submit"
    assert worker.get(url(problem, "submit")).status_code == 200
    half = worker.post(url(problem, "submit"), {"text": "都办完了", f"evidence_{measures[0].pk}": picture()})
    assert half.status_code == 403
    text = half.content.decode()
    assert "佐证齐全 1/2" in text
    assert "都办完了" in text, "nothing typed is lost"
    kept = half.context["form"].slots[1].kept
    assert [slip.name for slip in kept] == ["after.jpg"], "a file that arrived is not asked for again"
    assert not problem.attachments.exists()
    sent = worker.post(url(problem, "submit"), {
        "text": "都办完了", f"evidence_{measures[0].pk}": kept[0].token, f"evidence_{measures[1].pk}": picture("b"),
    })  # fmt: skip
    assert sent.status_code == 302
    assert sorted(problem.attachments.values_list("name", flat=True)) == ["after.jpg", "b.jpg"]


def test_another_line_of_the_plan_comes_without_losing_any(world, signed_in):
    problem = story.problem_in(world, "planning")
    client = signed_in("liaison")
    assert len(client.get(url(problem, "plan")).context["form"].rows) == 3
    rows = {"m-TOTAL_FORMS": 3, "m-INITIAL_FORMS": 0, "m-0-text": "第一条", "more": "1"}
    more = client.post(url(problem, "plan"), rows)
    assert more.status_code == 200
    assert len(more.context["form"].rows) == 4
    assert "第一条" in more.content.decode()
    assert again(problem).closure == "planning"


def test_an_owner_outside_the_unit_is_refused_at_the_field(world, signed_in):
    problem = story.problem_in(world, "planning")
    rows = {"m-TOTAL_FORMS": 1, "m-INITIAL_FORMS": 0, "m-0-text": "送检", "m-0-owner": "贾海峰"}
    answer = signed_in("liaison").post(url(problem, "plan"), rows)
    assert answer.status_code == 422
    assert "没有找到“贾海峰”" in answer.content.decode()


def test_an_empty_reason_stands_at_its_field(world, signed_in):
    problem = story.problem_in(world, "verifying")
    answer = signed_in("second_officer").post(url(problem, "reject"), {"reason": ""})
    assert answer.status_code == 422
    assert answer.context["form"]["reason"].errors
    assert again(problem).closure == "verifying"


def test_the_slower_of_two_reads_that_somebody_else_did_it(world, signed_in):
    problem = story.problem_in(world, "verifying")
    assert signed_in("second_officer").post(url(problem, "close")).status_code == 302
    late = signed_in("inspection_officer").post(url(problem, "close"), {"text": "我也看过"})
    assert late.status_code == 409
    text = late.content.decode()
    assert "已被他人处理" in text
    assert "我也看过" in text
    assert Event.objects.filter(stream=problem.stream, kind="problem.closed").count() == 1


def test_a_decision_holds_for_what_was_on_the_screen(world, signed_in):
    problem = story.problem_in(world, "verifying")
    seen = problem.version
    signed_in("leader").post(url(problem, "comment"), {"text": "请看第 3 台"})
    client = signed_in("second_officer")
    stale = client.post(url(problem, "close"), {"text": "合格", "version": seen})
    assert stale.status_code == 409
    assert "又有新的办理" in stale.content.decode()
    fresh = stale.context["form"]["version"].value()
    assert client.post(url(problem, "close"), {"text": "合格", "version": fresh}).status_code == 302


def test_requests_are_decided_by_another(world, signed_in):
    problem = story.problem_in(world, "rectifying")
    at = world.at + timedelta(hours=6)
    later = problem.due_on + timedelta(days=10)
    ask_extension(problem=problem, new_due_on=later, reason="排期", by=world.actor("liaison"), at=at)
    signed_in("safety_officer").post(url(problem, "decide_extension"), {"granted": "yes"})
    assert again(problem).due_on == later
    ask_void(problem=again(problem), reason="重复", by=world.actor("liaison"), at=at)
    client = signed_in("second_officer")
    undecided = client.post(url(problem, "void"), {"text": ""})
    assert undecided.status_code == 422
    assert undecided.context["form"]["granted"].errors
    refused = client.post(url(problem, "void"), {"granted": "no", "text": ""})
    assert refused.status_code == 400
    assert client.post(url(problem, "void"), {"granted": "yes"}).status_code == 302
    assert again(problem).closure == "void"


def test_transfer_owner_guarantees_reminder_and_comment(world, signed_in):
    problem = story.problem_in(world, "planning", grade="major")
    head, liaison, officer = signed_in("unit_head"), signed_in("liaison"), signed_in("safety_officer")
    liaison.post(url(problem, "record_guarantees"), {"duty": "段志远", "stops_production": "no"})
    assert problem.guarantees.stops_production is False
    assert liaison.get(url(problem, "record_guarantees")).context["form"]["duty"].value() == "段志远"
    outside = head.post(url(problem, "reown"), {"lead": "贾海峰", "reason": "牛晓东外出培训"})
    assert outside.status_code == 422
    assert again(problem).lead == world.person("worker_a")
    officer.post(url(problem, "remind"), {"text": "请抓紧"})
    liaison.post(url(problem, "comment"), {"text": "补一份纪要", "papers": picture("纪要")})
    iron = world.unit("iron_mill").pk
    liaison.post(url(problem, "ask_transfer"), {"to_unit": iron, "reason": "设备归炼铁厂"})
    assert officer.get(url(problem, "decide_transfer")).status_code == 200
    officer.post(url(problem, "decide_transfer"), {"accepted": "yes", "lead": "贾海峰"})
    moved = again(problem)
    assert (moved.unit_id, moved.lead.name, moved.closure) == (iron, "贾海峰", "assigned")
    kinds = set(Event.objects.filter(stream=problem.stream).values_list("kind", flat=True))
    assert {"problem.reminded", "problem.guarantees_recorded", "problem.commented"} <= kinds


def test_look_back_and_relapse(world, signed_in):
    problem = story.problem_in(world, "closed")
    looker = signed_in("inspection_officer")
    assert looker.post(url(problem, "recheck"), {"passed": "yes", "text": "现场抽查 3 台"}).status_code == 302
    assert again(problem).closure == "confirmed"
    looker.post(url(problem, "reopen"), {"reason": "又有 1 台超期"})
    assert (again(problem).closure, again(problem).round) == ("rectifying", 2)
    page = looker.get(reverse("problems:page", args=[problem.number]))
    assert page.context["look"][0] == "反弹"


def test_a_file_that_is_not_what_it_says_is_refused_with_a_sentence(world, signed_in):
    problem = story.problem_in(world, "rectifying")
    bad = SimpleUploadedFile("证书.pdf", b"MZ\x90\x00" + b"\0" * 200, "application/pdf")
    answer = signed_in("worker_a").post(
        url(problem, "comment"), {"text": "见附件", f"evidence_{problem.measures.first().pk}": bad}
    )
    assert answer.status_code == 422
    assert "证书.pdf" in answer.content.decode()
    assert "见附件" in answer.content.decode()


def test_a_slip_belongs_to_who_sent_the_file(world, signed_in):
    problem = story.problem_in(world, "rectifying")
    sent = signed_in("worker_a").post(reverse("problems:upload"), {"file": picture()})
    token = sent.json()["id"]
    other = signed_in("liaison").post(
        url(problem, "comment"), {"text": "借来的", f"evidence_{problem.measures.first().pk}": token}
    )
    assert other.status_code == 422
    assert not problem.attachments.exists()
    empty = signed_in("worker_a").post(
        reverse("problems:upload"), {"file": SimpleUploadedFile("空.jpg", b"")}
    )
    assert empty.status_code == 400
    assert "空" in empty.json()["reason"]
