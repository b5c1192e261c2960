"""The pages of publication, as the unit, the office, a reader and a stranger meet them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE
from bihuan.publication import states
from bihuan.publication.actions.add_file import add_file
from bihuan.publication.actions.take_down import take_down
from bihuan.publication.models import Entry, Opinion, Publication, PublicFile

from .story import INSIDE, OUTSIDE, Story

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def story(world) -> Story:
    return Story(world, timezone.now())


def test_from_the_catalogue_to_the_board_by_the_forms(story, signed_in, client):
    writer, head, office, lead = (
        signed_in(word) for word in ("liaison", "unit_head", "inspection_officer", "leader")
    )
    entry = story.entry(Story.full)
    assert (
        f"/publications/catalogue/{entry.pk}/drafts/new/"
        in writer.get("/publications/catalogue/").content.decode()
    )
    form = {
        "unit": story.world.unit("hot_mill").pk, "title": "整改进展", "text_inside": INSIDE, "term_days": 20,
        "text_outside": OUTSIDE, "contact": "厂办 6120",
    }  # fmt: skip
    answer = writer.post(f"/publications/catalogue/{entry.pk}/drafts/new/", {**form, "term_days": 3})
    assert answer.status_code == 400 and "不能少于 15 天" in answer.content.decode()
    assert OUTSIDE in answer.content.decode(), "nothing typed is lost"
    writer.post(f"/publications/catalogue/{entry.pk}/drafts/new/", form)
    url = f"/publications/{Publication.objects.get().pk}/"
    for hand, step, state in (
        (writer, "submission", states.HEAD),
        (head, "check", states.OFFICE),
        (office, "review", states.LEAD),
        (lead, "approval", states.APPROVED),
        (writer, "publishing", states.PUBLISHED),
    ):
        assert hand.post(f"{url}{step}/").status_code == 302
        assert Publication.objects.get().state == state
    reader = signed_in("outsider").get(url).content.decode()
    assert INSIDE in reader and OUTSIDE not in reader
    stranger = client.get(url.replace("publications", "public")).content.decode()
    assert OUTSIDE in stranger and INSIDE not in stranger
    assert "整改进展" in client.get("/public/").content.decode()
    assert "整改进展" in client.get("/public/?text=隐患").content.decode(), "the text for society is searched"
    assert "整改进展" not in client.get("/public/?text=18").content.decode(), "the other one is not"


def test_a_stranger_sees_nothing_that_is_for_inside(story, client):
    inside, draft = story.public(), story.draft(Story.full)
    for pk in (inside.pk, draft.pk):
        for end in ("", "paper/", "opinions/new/"):
            assert client.get(f"/public/{pk}/{end}").status_code == 404
    assert "现在没有向社会公开的内容" in client.get("/public/").content.decode()


def test_what_was_taken_down_is_gone_for_readers_and_can_be_begun_again(story, signed_in, client):
    made = story.public(Story.full)
    take_down(publication=made, why="附表漏了一个车间", by=story.head, at=story.at)
    url = f"/publications/{made.pk}/"
    assert signed_in("worker_a").get(url).status_code == client.get(f"/public/{made.pk}/").status_code == 404
    page = signed_in("liaison").get(url).content.decode()
    assert "附表漏了一个车间" in page and f"?copy={made.pk}" in page
    again = signed_in("liaison").get(f"/publications/catalogue/{made.entry_id}/drafts/new/?copy={made.pk}")
    assert INSIDE in again.content.decode()


def test_a_grey_button_says_why(story, signed_in):
    grant_role(
        role="unit_head", unit=story.world.unit("hot_mill"), person=story.world.person("secretary"), from_day=SINCE,
        by=story.world.actor("security_admin"), at=story.at,
    )  # fmt: skip
    made = story.submitted(by=story.head)
    page = signed_in("unit_head").get(f"/publications/{made.pk}/").content.decode()
    assert "是你起草的，不能由你看" in page
    assert signed_in("unit_head").post(f"/publications/{made.pk}/check/").status_code == 403


def test_files_follow_what_they_stand_beside(story, signed_in, client):
    made = story.draft(Story.full)
    for name, outside in (("内部.pdf", False), ("公开.pdf", True)):
        add_file(
            publication=made,
            content=PDF + name.encode(),
            name=name,
            outside=outside,
            by=story.writer,
            at=story.at,
        )
    inside, outside = PublicFile.objects.order_by("pk")
    assert client.get(f"/public/{made.pk}/files/{outside.pk}/").status_code == 404, "a draft"
    Publication.objects.filter(pk=made.pk).update(
        state=states.PUBLISHED, checked_at=story.at, reviewed_at=story.at, approved_at=story.at,
        published_at=story.at, from_day=story.day, to_day=story.day,
    )  # fmt: skip
    assert client.get(f"/public/{made.pk}/files/{outside.pk}/").status_code == 200
    assert client.get(f"/public/{made.pk}/files/{inside.pk}/").status_code == 404
    assert signed_in("worker_a").get(f"/publications/{made.pk}/files/{inside.pk}/").status_code == 200


def test_a_file_comes_and_goes_only_with_a_draft(story, signed_in):
    made, writer = story.draft(), signed_in("liaison")
    url = f"/publications/{made.pk}/files/"
    writer.post(f"{url}new/", {"file": SimpleUploadedFile("附表.pdf", PDF)})
    kept = PublicFile.objects.get()
    assert kept.name == "附表.pdf" and not kept.outside
    writer.post(f"{url}{kept.pk}/removal/")
    assert not PublicFile.objects.exists()
    writer.post(f"/publications/{made.pk}/submission/")
    assert (
        "已被他人处理"
        in writer.post(f"{url}new/", {"file": SimpleUploadedFile("b.pdf", PDF)}).content.decode()
    )


def test_returning_taking_down_and_the_paper(story, signed_in):
    made = story.submitted()
    signed_in("unit_head").post(f"/publications/{made.pk}/return/", {"why": "写清第二段"})
    assert "写清第二段" in signed_in("liaison").get(f"/publications/{made.pk}/draft/").content.decode()
    public = story.public()
    assert INSIDE in signed_in("worker_a").get(f"/publications/{public.pk}/paper/").content.decode()
    signed_in("unit_head").post(f"/publications/{public.pk}/removal/", {"why": "数字错了"})
    assert Publication.objects.get(pk=public.pk).state == states.DOWN


def test_the_office_keeps_the_catalogue_by_its_forms(story, signed_in):
    office = signed_in("inspection_officer")
    form = {
        "title": "食堂账目", "kind": "factory", "scope": "inside", "whose": "each", "every": "1", "term_days": "7",
        "chain": ["o", "h"], "since": story.day.isoformat(), "basis": "职代会决议", "certainty": "H",
    }  # fmt: skip
    office.post("/publications/catalogue/new/", form)
    made = Entry.objects.get(title="食堂账目")
    assert (made.chain, made.every) == ("ho", 1)
    office.post(f"/publications/catalogue/{made.pk}/", {**form, "term_days": "10"})
    office.post(f"/publications/catalogue/{made.pk}/end/")
    made.refresh_from_db()
    assert (made.term_days, made.ended_on) == (10, story.day)
    assert signed_in("liaison").get("/publications/catalogue/new/").status_code == 404


def test_an_answer_by_the_form_stands_beside_it(story, signed_in):
    made = story.public()
    given = story.opinion(made).opinion
    head = signed_in("unit_head")
    url = f"/publications/opinions/{given.pk}/"
    assert "要写摘要" in head.post(url, {"answer": "已列入", "shown": "on"}).content.decode()
    head.post(url, {"answer": "已列入检修", "shown": "on", "gist": "通道照明"})
    page = signed_in("worker_b").get(f"/publications/{made.pk}/").content.decode()
    assert "通道照明" in page and "已列入检修" in page and given.text not in page


@pytest.mark.parametrize("word", ["worker_a", "outsider", "system_admin"])
def test_who_has_no_part_sees_the_board_and_no_more(story, signed_in, word):
    made, public = story.draft(), story.public()
    given, client = story.opinion(public).opinion, signed_in(word)
    assert (
        client.get("/publications/").status_code
        == client.get(f"/publications/{public.pk}/").status_code
        == 200
    )
    hidden = [f"/publications/{made.pk}/", f"/publications/opinions/{given.pk}/"]
    if word != "outsider":  # who has a part in another unit has these pages, with other rows
        hidden += ["/publications/work/", "/publications/catalogue/", "/publications/opinions/"]
    assert [client.get(url).status_code for url in hidden] == [404] * len(hidden)


PINNED = {
    "/publications/": ("worker_a", 16),
    "/publications/work/": ("unit_head", 18),
    "/publications/opinions/": ("unit_head", 18),
    "/publications/catalogue/": ("inspection_officer", 18),
    "/publications/catalogue/due/": ("inspection_officer", 17),
    "/public/": (None, 5),
    "/publications/{pk}/": ("unit_head", 21),
    "/public/{pk}/": (None, 5),
}


@pytest.mark.parametrize("url", PINNED)
def test_more_rows_ask_no_more(story, signed_in, client, url):
    word, most = PINNED[url]
    hand = signed_in(word) if word else client
    first = story.public(Story.full)
    story.opinion(first)
    url = url.format(pk=first.pk)
    hand.get(url)
    with CaptureQueriesContext(connection) as few:
        assert hand.get(url).status_code == 200
    for n in range(4):
        made = story.public(Story.full if n % 2 else Story.light, title=f"第 {n} 件")
        story.opinion(made)
        story.opinion(first)
    with CaptureQueriesContext(connection) as many:
        hand.get(url)
    assert len(many) == len(few) <= most, [query["sql"] for query in many]


def test_the_lists_can_be_filtered(story, signed_in):
    story.public(title="第一件")
    made = story.public(Story.full, title="第二件")
    client = signed_in("worker_a")
    listed = client.get("/publications/?kind=rectification").content.decode()
    assert "第二件" in listed and "第一件" not in listed
    unit = client.get(f"/publications/?unit={story.world.unit('hot_mill').pk}&text=二件").content.decode()
    assert "第二件" in unit and "第一件" not in unit
    head = signed_in("unit_head")
    story.opinion(made)
    given = Opinion.objects.get()
    assert given.text[:10] in head.get("/publications/opinions/?answered=no").content.decode()
    assert given.text[:10] not in head.get("/publications/opinions/?answered=yes").content.decode()
