"""Who may open a view, and what everybody else meets."""

from datetime import UTC, datetime

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory, override_settings

from bihuan.kernel.actor import NOBODY, Actor, Reach
from bihuan.kernel.refused import Invalid, Missing, Refused, Stale
from bihuan.ui.access import PUBLIC, SIGNED_IN, Forbidden, view
from bihuan.ui.errors import bad_request, csrf_failure, forbidden, not_found, server_error
from bihuan.ui.middleware import headers, refusals
from bihuan.ui.refusals import refusal, sentence

pytestmark = pytest.mark.django_db  # the frame of a page counts what is new
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
READER = Actor(
    kind="person", person_id=1, name="段志远", reaches=(Reach(frozenset({"see"}), 1, "/1/", True),)
)


def asked(actor, path="/page/?a=1", method="get", **more):
    request = getattr(RequestFactory(), method)(path, headers=more)
    request.actor, request.at = actor, AT
    return request


def guarded(needs, **how):
    return view(needs, **how)(lambda request: HttpResponse("in"))


@pytest.mark.parametrize(
    ("needs", "actor", "status"),
    [
        (PUBLIC, NOBODY, 200),
        (SIGNED_IN, NOBODY, 302),
        (SIGNED_IN, READER, 200),
        ("see", NOBODY, 302),
        ("see", READER, 200),
        (("other", "see"), READER, 200),
    ],
)
def test_lets_in(needs, actor, status):
    answer = guarded(needs)(asked(actor))
    assert answer.status_code == status
    assert guarded(needs).needs == needs


@override_settings(LOGIN_URL="/signin/")
def test_signing_in_leads_back():
    assert guarded(SIGNED_IN)(asked(NOBODY))["Location"] == "/signin/?next=%2Fpage%2F%3Fa%3D1"
    sent = asked(NOBODY, method="post", Referer="http://testserver/form/?b=2")
    assert guarded(SIGNED_IN)(sent)["Location"].endswith("next=%2Fform%2F%3Fb%3D2")
    foreign = asked(NOBODY, method="post", Referer="http://elsewhere.example/x")
    assert guarded(SIGNED_IN)(foreign)["Location"].endswith("next=%2F")


def test_a_part_of_a_page_gets_a_bare_401():
    assert guarded(SIGNED_IN)(asked(NOBODY, **{"HX-Request": "true"})).status_code == 401


def test_without_the_permission_there_is_nothing():
    with pytest.raises(Http404):
        guarded("other")(asked(READER))
    with pytest.raises(Forbidden):
        guarded("other", forbid=True)(asked(READER))


@pytest.mark.parametrize(
    ("refused", "status"),
    [(Refused("不能"), 403), (Stale(), 409), (Invalid("不对"), 400), (Missing(), 404)],
)
def test_a_refusal_nobody_caught_becomes_an_answer(refused, status):
    process = refusals(lambda request: HttpResponse()).process_exception
    page = process(asked(READER), refused)
    assert page.status_code == status and refused.reason in page.content.decode()
    told = process(asked(READER, Accept="application/json"), refused)
    assert told.status_code == status and refused.reason in told.content.decode()
    word = process(asked(READER, **{"HX-Request": "true"}), refused)
    assert word.status_code == status and "b-say" in word["HX-Trigger"]
    assert process(asked(READER), KeyError("x")) is None


def test_a_refusal_says_what_to_do_and_leads_back_only_home():
    page = refusal(asked(READER, Referer="http://elsewhere.example/"), Refused("佐证还差 2 份", "补齐后再办"))
    html = page.content.decode()
    assert "补齐后再办" in html and "elsewhere" not in html and "data-failed" in html
    assert sentence(Refused("佐证还差 2 份", "补齐后再办。")) == "佐证还差 2 份。补齐后再办。"


def test_error_pages_are_chinese_and_say_what_to_do():
    request = asked(READER)
    shown = forbidden(
        request, Forbidden("只给巡察办看。", who="巡察办", instead=[("公告", "/n/")], ask="不能申请")
    )
    for page, status, words in (
        (bad_request(request), 400, "什么也没有改"),
        (forbidden(request), 403, "没有这项权限"),
        (shown, 403, "不能申请"),
        (not_found(request), 404, "没有这一页"),
        (csrf_failure(request), 403, "再提交一次"),
        (server_error(request), 500, "给管理员的编号 CW-"),
    ):
        assert page.status_code == status and words in page.content.decode()
    assert 'href="/n/"' in shown.content.decode()


def test_every_page_forbids_what_is_not_ours():
    answer = headers(lambda request: HttpResponse("x"))(asked(READER))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy
    assert answer["Cache-Control"] == "private, no-cache" and "HX-Request" in answer["Vary"]
