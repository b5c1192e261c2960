"""限知悉: every read of a restricted problem is an event; ordinary ones leave none."""

import pytest
from django.utils import timezone

from bihuan.record.models import Event
from bihuan.record.worker import run_until_idle

from . import story

pytestmark = pytest.mark.django_db


def reads():
    return [
        (e.by_id, e.data["via"], e.data["ids"])
        for e in Event.objects.of_kinds(["problem.read"]).order_by("pk")
    ]


@pytest.fixture
def secret(world):
    return story.raised(world, secrecy="restricted", statement="有人反映的事项，限知悉")


@pytest.fixture
def officer(world, signed_in):
    return signed_in("safety_officer"), world.person("safety_officer").pk


def test_page_form_and_list_are_each_written_down(secret, officer):
    client, me = officer
    page = f"/problems/{secret.number}/"
    client.get(page)
    client.get(f"{page}assignment/")
    client.get("/problems/")
    assert reads() == [(me, "page", [secret.pk]), (me, "page", [secret.pk]), (me, "list", [secret.pk])]
    assert Event.objects.of(f"problem-reads:{secret.pk}").count() == 3


def test_a_list_of_several_is_one_event(world, secret, officer):
    client, me = officer
    other = story.raised(world, secrecy="restricted", statement="另一件限知悉的事项")
    client.get("/problems/")
    [(who, via, ids)] = reads()
    assert (who, via, sorted(ids)) == (me, "list", [secret.pk, other.pk])


def test_an_ordinary_problem_and_the_choices_of_a_filter_leave_none(world, officer):
    client, _ = officer
    ordinary = story.raised(world)
    client.get(f"/problems/{ordinary.number}/")
    client.get("/problems/?pick=grade")
    client.get("/problems/")
    assert reads() == []


def test_who_may_not_see_it_leaves_no_mark_of_having_read(secret, signed_in):
    client = signed_in("outsider")
    assert client.get(f"/problems/{secret.number}/").status_code == 404
    client.get("/problems/")
    assert reads() == []


def test_a_file_is_written_down_and_its_small_picture_is_not(world, officer):
    client, me = officer
    secret = story.raised(world, secrecy="restricted", files=[story.photo()])
    kept = secret.attachments.get()
    page = f"/problems/{secret.number}/files/{kept.pk}/"
    assert client.get(f"{page}thumb/").status_code == 200 and reads() == []
    assert client.get(page).status_code == 200
    assert reads() == [(me, "file", [secret.pk])]


def test_an_export_is_written_down_with_what_it_held(world, secret, officer, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    client, me = officer
    client.post("/problems/exports/", {"layout": "standard", "query": ""})
    run_until_idle(at=timezone.now())
    assert (me, "export", [secret.pk]) in reads()


def test_no_way_of_asking_reads_it_without_a_mark(world, officer):
    client, _ = officer
    secret = story.raised(world, secrecy="restricted", files=[story.photo()])
    page = f"/problems/{secret.number}/"
    for url in (page, f"{page}files/{secret.attachments.get().pk}/", f"{page}papers/notice/docx/"):
        assert client.post(url).status_code == 405
    for method in ("OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "SEARCH"):
        assert client.generic(method, page).status_code == 405
    assert reads() == []


def test_a_form_sent_without_having_opened_it_says_nothing(secret, officer):
    client, me = officer
    url = f"/problems/{secret.number}/assignment/"
    blind = client.post(url, {"_once": "form-key-1234"})
    assert blind.status_code == 409 and secret.statement not in blind.content.decode()
    client.get(url)
    assert client.post(url, {"_once": "form-key-1234"}).status_code == 422
    assert reads() == [(me, "page", [secret.pk])]


def test_beside_other_things_it_is_a_number(world, secret, officer):
    client, _ = officer
    picked = {"picked": [secret.pk]}
    pages = [
        client.get("/"),
        client.post("/problems/bulk/owner/", picked),
        client.post("/problems/bulk/reminder/", picked),
    ]
    for shown in pages:
        assert shown.status_code in (200, 403) and secret.statement not in shown.content.decode()
    assert any(secret.number in shown.content.decode() for shown in pages) and reads() == []
