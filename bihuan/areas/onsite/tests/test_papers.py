"""Papers of a stay: made of real rows for whoever may read the thing, by nobody else, and closed as the thing is."""

from __future__ import annotations

import pytest

from bihuan.areas.inspection import states as rounds
from bihuan.areas.inspection.models import Round
from bihuan.areas.onsite.actions.discuss_draft import discuss_draft
from bihuan.areas.onsite.actions.list_interviewee import list_interviewee
from bihuan.areas.onsite.actions.submit_midterm import submit_midterm
from bihuan.areas.onsite.papers import PAPERS
from bihuan.areas.onsite.reads.door import address_of
from bihuan.documents.models import MadePaper
from bihuan.documents.tests.making import Paper, fetched, kept_files, made_of, may_have, text_of
from bihuan.kernel.refused import Missing
from bihuan.record.models import Event, Job
from bihuan.record.worker import run_until_idle
from bihuan.registry import shelf

from .story import SECRET, Onsite
from .test_clues import clue
from .test_complaints import complaint
from .work import fresh, loan, midterm, notice

pytestmark = pytest.mark.django_db
#: whoever never sees a word of it: the inspected, a department, somebody from elsewhere
OUT = ("unit_head", "liaison", "department", "outsider")
ABOVE = ("leading", "discipline", "personnel")


def papers(onsite: Onsite) -> list[Paper]:
    """One of each kind, of rows as the actions made them."""
    talk, told, draft = onsite.talk(), complaint(onsite), onsite.draft("signed")
    mid = midterm(onsite)
    submit_midterm(midterm=fresh(mid), **onsite.as_("team_leader"))
    handed, issued = clue(onsite, "transferred"), notice(onsite, "issued")
    loan(onsite, "held")
    listed = list_interviewee(
        task=onsite.task, person=onsite.world.person("unit_head"), why="领导班子成员", **onsite.as_("member")
    )
    task, own = onsite.task.pk, ("member", "team_leader")
    return [
        Paper("inspection.announcement", task, ("巡察公告", "6120"), ("inspection_officer",), ("liaison", "outsider")),
        Paper("onsite.talk_outline", listed.pk, ("领导班子成员", "必谈"), ("other_member", *own), ("inspection_officer", *OUT)),
        Paper("onsite.talk_outline", f"talk-{talk.pk}", ("看火工", "安全投入"), own, ("other_member", *OUT)),
        Paper("onsite.talk", talk.pk, (SECRET, "邹敏慧"), ("deputy", *own), ("other_member", "inspection_officer", *ABOVE, *OUT)),
        Paper("onsite.complaint", told.pk, ("信访001", "来信"), own, ("other_member", "inspection_officer", *ABOVE, *OUT)),
        Paper("onsite.draft", draft.pk, (SECRET, "〔2025〕1巡-1组-01号", "6 月第 31 号凭证"), ("inspection_officer", *own), (*ABOVE, *OUT)),
        Paper("onsite.midterm", mid.pk, (SECRET,), ("inspection_officer", "leading", *own), ("discipline", *OUT)),
        Paper("onsite.clues", task, (SECRET, "线索001"), ("team_leader", "registrar", "head"), ("member", "inspection_officer", "discipline", *OUT)),
        Paper("onsite.hand_over", handed.pk, (SECRET, "晋岭巡移〔2025〕1 号"), ("registrar", "discipline", *own), ("personnel", "inspection_officer", *OUT)),
        Paper("onsite.requests", task, ("党委会会议记录",), ("inspection_officer", *own), ("unit_head", "department", "outsider")),
        Paper("onsite.loans", task, ("党委会会议记录", "原件3份"), ("inspection_officer", *own), OUT),
        Paper("onsite.immediate", issued.pk, ("护栏", "晋岭巡立改〔2025〕1 号"), ("unit_head", "inspection_officer", *own), ("liaison", "department", "outsider")),
    ]  # fmt: skip


def test_each_is_made_of_real_rows_and_read_by_those_alone_who_may(contact):
    rows = papers(contact)
    assert {one.code for one in rows} == {kind.code for kind in PAPERS}
    for one in rows:
        for word in one.never:
            assert not may_have(one.code, one.about, contact.actor(word), contact.at), (one.code, word)
        for word in one.by[1:]:
            assert may_have(one.code, one.about, contact.actor(word), contact.at), (one.code, word)
        by = contact.actor(one.by[0])
        read = Event.objects.filter(kind="onsite.read").count()
        made = made_of(one.code, one.about, by, contact.at)
        said = text_of(fetched(made, by, contact.at))
        assert [word for word in one.says if word not in said] == [], one.code
        printed = made_of(one.code, one.about, by, contact.at, "pdf")
        assert fetched(printed, by, contact.at)[:5] == b"%PDF-"
        opens = shelf.papers()[one.code].confidential and str(one.about).removeprefix("talk-").isdecimal()
        listed = one.code == "onsite.talk_outline" and isinstance(one.about, int)
        assert (Event.objects.filter(kind="onsite.read").count() > read) == (opens and not listed), one.code
        assert not any(SECRET[:6] in text for text in (made.name, made.about)), one.code


def test_what_is_closed_lies_nowhere_in_the_open(contact):
    """The rows of the ledgers are no secret; of the closed kinds no file in the store is a Word file or a PDF."""
    before = kept_files()
    kinds = shelf.papers()
    for one in [row for row in papers(contact) if kinds[row.code].confidential]:
        for which in ("docx", "pdf"):
            made_of(one.code, one.about, contact.actor(one.by[0]), contact.at, which)
    files = [content for name, content in kept_files().items() if name not in before]
    assert files and not any(one[:2] == b"PK" or one[:5] == b"%PDF-" for one in files)
    assert not MadePaper.objects.filter(confidential=True).exclude(file=None).exists()
    kept = [one.sealed + one.name for one in MadePaper.objects.all()]
    kept += [f"{one.subject}{one.data}" for one in Event.objects.filter(kind__startswith="document.")]
    kept += [f"{one.payload}{one.result}{one.message}{one.error}" for one in Job.objects.all()]
    assert not any(SECRET in text for text in kept)


def test_the_liaison_has_the_list_and_nothing_more(contact):
    loan(contact, "held")
    liaison = contact.actor("liaison")
    assert may_have("onsite.requests", contact.task.pk, liaison, contact.at)
    assert not may_have("onsite.loans", contact.task.pk, liaison, contact.at)


def test_after_the_archive_a_team_has_no_paper_of_it_however_early_it_asked(onsite):
    draft, member = onsite.draft("signed"), onsite.actor("member")
    early = made_of("onsite.draft", draft.pk, member, onsite.at)
    waiting = made_of("onsite.talk", onsite.talk().pk, member, onsite.at)
    MadePaper.objects.filter(pk=waiting.pk).update(made_on=None)
    Round.objects.update(state=rounds.ARCHIVED)
    with pytest.raises(Missing):
        fetched(early, onsite.actor("member"), onsite.at)
    Job.objects.update(state=Job.State.WAITING, attempts=0)
    run_until_idle(at=onsite.at)
    waiting.refresh_from_db()
    assert waiting.made_on is None, "the worker asks again before it opens anything"
    assert not may_have("onsite.draft", draft.pk, onsite.actor("member"), onsite.at)
    assert may_have("onsite.draft", draft.pk, onsite.actor("inspection_officer"), onsite.at)


def test_a_worker_that_was_killed_half_way_makes_it_again(onsite, monkeypatch):
    """Killed after it read and wrote, before it kept: the lease runs out, the next one makes the paper once."""
    draft, leader = onsite.draft("discussed"), onsite.actor("team_leader")

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("bihuan.documents.jobs.keep_made", killed)
        with pytest.raises(KeyboardInterrupt):
            made_of("onsite.draft", draft.pk, leader, onsite.at)
    made = MadePaper.objects.get()
    assert made.made_on is None and Job.objects.get(kind="documents.make").state == Job.State.RUNNING
    later = onsite.at.replace(hour=23)
    run_until_idle(at=later)
    made.refresh_from_db()
    assert made.made_on == later and SECRET in text_of(fetched(made, leader, later))
    assert Event.objects.filter(kind="document.made").count() == 1


def test_the_code_on_the_announcement_leads_to_the_public_page(onsite, settings):
    settings.PUBLIC_URL = "https://jubao.example.invalid"
    kind = shelf.papers()["inspection.announcement"]
    picture = kind.facts(str(onsite.task.pk), onsite.actor("inspection_officer"), onsite.at).facts["二维码"]
    assert picture.data[:4] == b"\x89PNG"
    assert address_of(onsite.task).startswith("https://jubao.example.invalid/tell/")


def test_a_paper_not_signed_yet_leaves_the_places_empty(onsite):
    draft = onsite.draft("reviewed")
    kind, leader = shelf.papers()["onsite.draft"], onsite.actor("team_leader")
    facts = kind.facts(str(draft.pk), leader, onsite.at).facts
    assert (facts["审签"], facts["组务会"]) == ("", "") and facts["审核"].startswith("郑玉林")
    discuss_draft(draft=draft, on=onsite.day, opinion="同意", **onsite.as_("team_leader"))
    assert "同意" in kind.facts(str(draft.pk), leader, onsite.at).facts["组务会"]


def test_pages_offer_them(contact, client_of):
    rows = {(one.code, isinstance(one.about, str)): one for one in papers(contact)}
    pages = {
        "onsite.talk_outline": (f"/onsite/{contact.task.pk}/talks/", "team_leader"),
        "onsite.talk": ("/onsite/talks/{}/", "team_leader"), "onsite.complaint": ("/onsite/complaints/{}/", "team_leader"),
        "onsite.draft": ("/onsite/drafts/{}/", "team_leader"), "onsite.midterm": ("/onsite/midterms/{}/", "team_leader"),
        "onsite.clues": (f"/onsite/{contact.task.pk}/clues/", "team_leader"),
        "onsite.hand_over": ("/onsite/clues/{}/", "team_leader"),
        "onsite.requests": (f"/onsite/{contact.task.pk}/documents/", "team_leader"),
        "onsite.loans": (f"/onsite/{contact.task.pk}/documents/", "team_leader"),
        "onsite.immediate": ("/onsite/immediates/{}/", "team_leader"),
        "inspection.announcement": (f"/inspection/tasks/{contact.task.pk}/gates/", "inspection_officer"),
    }  # fmt: skip
    assert set(pages) == {kind.code for kind in PAPERS}, "no kind that no page offers"
    for code, (url, word) in pages.items():
        about = rows[(code, False)].about
        page = client_of(word).get(url.format(about))
        assert f'value="docx:{code}:{about}"' in page.content.decode(), (code, page.status_code)
