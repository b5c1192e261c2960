"""Registering a problem: on a phone, with a photo, and put right on the spot."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bihuan.problems.models import Problem
from bihuan.record.models import Event

from . import story

NEW = "/problems/new/"


def picture(text: str) -> SimpleUploadedFile:
    upload = story.photo(text)
    return SimpleUploadedFile(f"{text}.jpg", upload.content.read(), "image/jpeg")


def form_data(page, **given) -> dict:
    """What a browser would send: the form as it came, with what a person changed."""
    form = page.context["form"]
    start = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**start, **given}.items() if value not in (None, False)}


def test_the_form_is_ready_to_type_into(world, signed_in):
    page = signed_in("worker_a").get(NEW)
    form = page.context["form"]
    text = page.content.decode()
    assert form["unit"].value() == world.unit("furnace").pk
    assert "autofocus" in text
    assert 'capture="environment"' in text
    assert "不得录入国家秘密" in text
    assert "secrecy" not in form.fields, "a worker does not restrict who may read"
    assert [code for code, _ in form.fields["source"].choices] == ["daily_check", "self_check"]


def test_an_office_sees_all_sources_and_may_restrict(world, signed_in):
    form = signed_in("safety_officer").get(NEW).context["form"]
    codes = [code for code, _ in form.fields["source"].choices]
    assert "upper" in codes
    assert "ledger" not in codes, "that one is filled by imports only"
    assert "secrecy" in form.fields


@pytest.mark.parametrize("word", ["leader", "audit_admin"])
def test_who_may_not_raise_finds_no_form(world, signed_in, word):
    assert signed_in(word).get(NEW).status_code == 404
    assert signed_in(word).post(NEW, {"statement": "x"}).status_code == 404


def test_a_statement_is_enough(world, signed_in):
    client = signed_in("worker_a")
    sent = client.post(NEW, form_data(client.get(NEW), statement="2 号炉操作台护栏松动"), follow=True)
    problem = Problem.objects.get()
    assert sent.redirect_chain[-1][0] == reverse("problems:page", args=[problem.number])
    assert (problem.closure, problem.unit, problem.found_by_name) == (
        "raised",
        world.unit("furnace"),
        "牛晓东",
    )
    assert "已登记，接下来等下达给加热炉车间" in sent.content.decode()


def test_found_fixed_and_closed_by_two_people(world, signed_in):
    """One page with one button for the finder, one button for the second person."""
    finder = signed_in("worker_a")
    data = form_data(finder.get(NEW), statement="3 号加热炉操作台照明灯罩缺 1 个")
    sent = finder.post(NEW, {**data, "before": picture("前"), "after": picture("后")}, follow=True)
    problem = Problem.objects.get()
    assert problem.closure == "verifying"
    assert "请另一人看过后销号" in sent.content.decode()
    assert sorted(problem.attachments.values_list("role", flat=True)) == ["after", "before"]
    second = signed_in("worker_b")
    page = second.get(reverse("problems:page", args=[problem.number]))
    button = page.context["bar"].primary
    assert (button.label, button.method) == ("销号", "post")
    items = page.context["thread"]["items"]
    assert [photo["caption"] for photo in items[0]["photos"]] == ["整改前", "整改后"], "side by side"
    closed = second.post(button.url, follow=True)
    assert "已销号" in closed.content.decode()
    problem.refresh_from_db()
    assert (problem.closure, problem.closed_by) == ("closed", world.person("worker_b"))


def test_the_finder_cannot_close_what_they_fixed(world, signed_in):
    finder = signed_in("worker_a")
    finder.post(NEW, {**form_data(finder.get(NEW), statement="灯罩缺 1 个"), "after": picture("后")})
    problem = Problem.objects.get()
    refused = finder.post(reverse("problems:closure", args=[problem.number]))
    assert refused.status_code == 403
    assert Problem.objects.get().closure == "verifying"


def test_fixed_without_a_photo_writes_nothing_and_loses_nothing(world, signed_in):
    client = signed_in("worker_a")
    data = form_data(client.get(NEW), statement="灯罩缺 1 个", fixed="1")
    answer = client.post(NEW, {**data, "before": picture("前")})
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "还没有整改后的照片" in text
    assert "灯罩缺 1 个" in text
    assert [slip.name for slip in answer.context["form"].slots[0].kept] == ["前.jpg"]
    assert not Problem.objects.exists()
    assert not Event.objects.filter(kind="problem.raised").exists()


def test_an_empty_statement_stands_at_its_field(world, signed_in):
    client = signed_in("worker_a")
    answer = client.post(NEW, form_data(client.get(NEW), place="2 号炉"))
    assert answer.status_code == 422
    assert "2 号炉" in answer.content.decode()
    assert answer.context["form"]["statement"].errors


def test_a_file_that_cannot_be_taken_is_named(world, signed_in):
    client = signed_in("worker_a")
    bad = SimpleUploadedFile("现场.jpg", b"<html>not a photo</html>", "image/jpeg")
    answer = client.post(NEW, {**form_data(client.get(NEW), statement="灯罩缺 1 个"), "before": bad})
    assert answer.status_code == 422
    assert "现场.jpg" in answer.content.decode()
    assert not Problem.objects.exists()
