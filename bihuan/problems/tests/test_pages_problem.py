"""The page of one problem: what it shows, to whom, and who gets 404."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.comment import comment
from bihuan.problems.actions.decide_extension import decide_extension
from bihuan.problems.actions.take_over import OldRow, Stated, take_over
from bihuan.problems.models import Problem
from bihuan.problems.states import NOUNS

from . import story


def page_of(client, problem, **query):
    return client.get(reverse("problems:page", args=[problem.number]), query)


@pytest.mark.parametrize("state", story.STEPS)
def test_the_page_stands_in_every_state(world, signed_in, state):
    problem = story.problem_in(world, state)
    for word in ("safety_officer", "liaison", "leader"):
        answer = page_of(signed_in(word), problem)
        assert answer.status_code == 200, word
        assert problem.statement in answer.content.decode()


@pytest.mark.parametrize("word", ["outsider", "system_admin", "security_admin", "audit_admin"])
def test_who_may_not_see_it_gets_404_everywhere(world, signed_in, word):
    problem = story.problem_in(world, "verifying")
    client = signed_in(word)
    assert page_of(client, problem).status_code == 404
    for noun in NOUNS.values():
        url = reverse(f"problems:{noun}", args=[problem.number])
        assert client.get(url).status_code == 404, noun
        assert client.post(url).status_code == 404, noun


def test_signed_out_is_led_to_the_sign_in_page(world, client):
    problem = story.problem_in(world, "raised")
    assert page_of(client, problem).status_code == 302


def test_the_outsider_gets_the_same_404_for_a_number_that_never_was(world, signed_in):
    problem = story.problem_in(world, "raised")
    client = signed_in("outsider")
    there = page_of(client, problem)
    never = client.get(reverse("problems:page", args=["RC-RZ-209901-999"]))
    assert never.status_code == there.status_code == 404
    assert problem.statement not in there.content.decode()


@pytest.mark.parametrize(
    ("state", "word", "primary"),
    [
        ("raised", "safety_officer", "下达"),
        ("assigned", "liaison", "认领"),
        ("planning", "liaison", "报方案"),
        ("plan_review", "safety_officer", ""),
        ("rectifying", "worker_a", "报进度"),
        ("verifying", "second_officer", "销号"),
        ("closed", "liaison", ""),
    ],
)
def test_at_most_one_button_is_filled(world, signed_in, state, word, primary):
    problem = story.problem_in(world, state)
    bar = page_of(signed_in(word), problem).context["bar"]
    filled = [button.label for button in bar.front if button.kind == "primary"]
    assert filled == ([primary] if primary else [])


def test_a_refused_button_keeps_its_reason(world, signed_in):
    problem = story.problem_in(world, "rectifying")
    answer = page_of(signed_in("worker_a"), problem)
    text = answer.content.decode()
    assert "现在不能申请销号" in text
    assert "措施自报完成 0/2" in text
    assert "申请销号前检查" in text


def test_whoever_approved_reads_why_they_may_not_rectify_and_the_team_why_not_verify(world, signed_in):
    problem = story.problem_in(world, "verifying")
    answer = page_of(signed_in("safety_officer"), problem)
    assert "销号前检查" in answer.content.decode()
    assert page_of(signed_in("worker_a"), problem).status_code == 200


def test_missing_evidence_leads_to_asking_for_it(world, signed_in):
    problem = story.problem_in(world, "verifying")
    problem.attachments.all().delete()
    bar = page_of(signed_in("second_officer"), problem).context["bar"]
    close, ask = bar.front[0], bar.front[1]
    assert (close.label, bool(close.verdict), close.why) == ("销号", False, True)
    assert (ask.label, ask.kind) == ("请补佐证", "primary")
    form = signed_in("second_officer").get(ask.url).context["form"]
    assert "佐证齐全 0/2" in form["text"].value()


def test_the_deadline_tells_its_story(world, signed_in):
    problem = story.problem_in(world, "rectifying")
    first = problem.due_on
    later = first + timedelta(days=10)
    ask_extension(
        problem=problem, new_due_on=later, reason="检定所排期", by=world.actor("liaison"), at=world.at
    )
    waiting = page_of(signed_in("safety_officer"), problem).content.decode()
    assert "申请延期至" in waiting
    assert "批准前期限不变" in waiting
    decide_extension(
        problem=problem, granted=True, by=world.actor("second_officer"), at=world.at + timedelta(hours=1)
    )
    text = page_of(signed_in("liaison"), problem).content.decode()
    assert (
        f"首次期限 {first.year}年{first.month}月{first.day}日" in text
        or f"首次期限 {first.month}月{first.day}日" in text
    )
    assert "延期 1 次" in text
    assert "准予延期" in text


def test_the_thread_filters_and_folds(world, signed_in):
    problem = story.problem_in(world, "closed")
    comment(problem=problem, text="抽查两台，属实", by=world.actor("leader"), at=world.at + timedelta(days=3))
    client = signed_in("leader")
    whole = page_of(client, problem).context["thread"]
    assert whole["folded"]
    assert whole["count"] == len(whole["items"]) + len(whole["folded"])
    words = page_of(client, problem, show="word").context["thread"]["items"]
    assert [item["text"] for item in words] == ["抽查两台，属实"]
    proofs = page_of(client, problem, show="evidence").context["thread"]["items"]
    assert proofs
    assert all(item["photos"] or item["files"] for item in proofs)


def test_what_a_ledger_stated_is_not_shown_as_verified(world, signed_in):
    row = OldRow(
        "a.xlsx:3", world.unit("furnace"), "安全教育档案不全",
        Stated(closed=True, words="已完成", closed_on=world.day, verifier="原验收人"),
        details={"extras": {"备注": "见附件二"}, "guessed": {"unit": "按简称认作加热炉车间"}},
    )  # fmt: skip
    (problem,) = take_over(source="ledger", rows=[row], by=world.actor("safety_officer"), at=world.at)
    answer = page_of(signed_in("leader"), problem)
    text = answer.content.decode()
    assert "原台账载明，未在本系统核验" in text
    assert answer.context["look"][1] == "calm"
    for kept in ("原验收人", "见附件二", "按简称认作加热炉车间"):
        assert kept in text


def test_a_restricted_page_names_its_reader(world, signed_in):
    problem = story.raised(world, secrecy="restricted")
    text = page_of(signed_in("safety_officer"), problem).content.decode()
    assert "b-watermark" in text
    assert "侯振华" in text
    assert "限知悉" in text
    assert page_of(signed_in("leader"), problem).status_code == 404


def test_major_hazards_show_the_five_guarantees(world, signed_in):
    problem = story.raised(world, grade="major")
    assert "五落实" in page_of(signed_in("leader"), problem).content.decode()


@pytest.mark.parametrize("state", ["raised", "rectifying", "verifying", "closed"])
def test_the_number_of_queries_does_not_grow_with_the_history(
    world, signed_in, state, django_assert_max_num_queries
):
    problem = story.problem_in(world, state)
    for n in range(12):
        comment(
            problem=problem, text=f"第 {n} 条意见", by=world.actor("leader"), at=world.at + timedelta(days=3)
        )
    client = signed_in("second_officer")
    with django_assert_max_num_queries(60):
        page_of(client, Problem.objects.get(pk=problem.pk))
