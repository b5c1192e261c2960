"""封存与核对: for whoever audits the whole group; the digest goes out, the check names what was changed."""

import pytest
from django.db import connection, transaction
from django.utils import timezone

from bihuan.kernel.actor import SYSTEM
from bihuan.record import append_only
from bihuan.record.actions.append import append
from bihuan.record.actions.mail_digest import mail_digest
from bihuan.record.actions.seal import seal
from bihuan.record.models import Job, Seal
from bihuan.record.verify import VERIFY, read_digest, verify
from bihuan.record.worker import run_until_idle

pytestmark = pytest.mark.django_db
SEALS = "/audit/seals/"


@pytest.mark.parametrize("word", ["system_admin", "safety_officer", "outsider"])
def test_nobody_else_finds_it(world, signed_in, word):
    client = signed_in(word)
    assert client.get(SEALS).status_code == 404
    assert client.post(f"{SEALS}digest/").status_code == 404
    assert client.post(f"{SEALS}check/").status_code == 404


def test_before_the_first_seal_it_says_so(world, signed_in):
    assert "还没有封存" in signed_in("audit_admin").get(SEALS).content.decode()


def test_the_digest_seals_first_and_holds_what_the_check_needs(world, signed_in):
    answer = signed_in("audit_admin").post(f"{SEALS}digest/")
    text = answer.content.decode()
    last = Seal.objects.get()
    assert answer["Content-Disposition"].startswith("attachment")
    assert read_digest(text) == [{"number": 1, "hash": last.hash, "last": last.last_id}]
    assert list(verify(text)) == []


def test_the_check_runs_in_the_background_and_names_what_was_changed(world, signed_in):
    client = signed_in("audit_admin")
    with append_only.lifted(connection), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE record_event SET by_id = 99 WHERE stream = %s", [f"unit:{world.unit('hot_mill').pk}"]
        )
    client.post(f"{SEALS}check/")
    client.post(f"{SEALS}check/")
    assert Job.objects.filter(kind=VERIFY).count() == 1, "one that is under way is enough"
    run_until_idle(at=timezone.now())
    page = client.get(SEALS).content.decode()
    assert f"事件流 unit:{world.unit('hot_mill').pk} 第 1 条" in page
    assert "有 1 处与记下时不符" in page


def test_a_whole_record_is_said_to_be_whole(world, signed_in):
    client = signed_in("audit_admin")
    client.post(f"{SEALS}check/")
    run_until_idle(at=timezone.now())
    assert "全部核对一致" in client.get(SEALS).content.decode()


def test_the_evening_mail_carries_the_digest_out(world, settings, mailoutbox):
    settings.MAIL_ON, settings.DIGEST_TO = True, ["audit@example.org"]
    assert mail_digest(at=world.at)
    [mail] = mailoutbox
    assert mail.to == ["audit@example.org"] and Seal.objects.get().hash in mail.body
    assert mail.attachments[0][0].endswith(".txt")


@pytest.mark.parametrize(("on", "to"), [(False, ["a@example.org"]), (True, [])])
def test_nothing_is_mailed_where_nobody_asked_for_it(world, settings, mailoutbox, on, to):
    settings.MAIL_ON, settings.DIGEST_TO = on, to
    assert not mail_digest(at=world.at)
    assert not mailoutbox


def test_the_page_asks_little_of_the_database(world, signed_in, django_assert_max_num_queries):
    for turn in range(20):
        with transaction.atomic():
            append(stream=f"toy:{turn}", kind="toy.x", by=SYSTEM, at=world.at)
        seal(at=world.at)
    client = signed_in("audit_admin")
    client.get(SEALS)
    with django_assert_max_num_queries(12):
        client.get(SEALS)
