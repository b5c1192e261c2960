"""The worker's half: large files, an import that is killed in the middle, a job that cannot be done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.areas.ledgers import jobs, wishes
from bihuan.areas.ledgers.actions import ask_loading as loading
from bihuan.areas.ledgers.actions import ask_reading as reading
from bihuan.areas.ledgers.actions.ask_loading import ask_loading
from bihuan.areas.ledgers.actions.correct_import import correct_import
from bihuan.areas.ledgers.actions.drop_import import drop_import
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Person, Unit
from bihuan.problems.models import Problem
from bihuan.record.models import Event, Job
from bihuan.record.worker import run_until_idle

from .ledger_files import ROWS, workbook

pytestmark = pytest.mark.django_db
LOADED = {"kind": "ledger.loaded"}


@pytest.fixture(autouse=True)
def slow_ways(monkeypatch):
    """Everything counts as large here: the worker does it."""
    monkeypatch.setattr(reading, "AT_ONCE", 0)
    monkeypatch.setattr(loading, "AT_ONCE", 0)


@pytest.fixture
def ledger(world):
    found = start_import(
        data=workbook([*ROWS[:2], ["3", "2025.9.1", "精整车间", "地面油污", "机械", "清理", "", "2025.9.30", "待整改", ""]]),
        filename="大台账.xlsx", home=world.unit("hot_mill"), by=world.actor("safety_officer"), at=world.at,
    )  # fmt: skip
    assert found.state == "reading"
    run_until_idle(at=world.at)
    found.refresh_from_db()
    return found


def asked(world, ledger):
    return ask_loading(ledger=ledger, by=world.actor("safety_officer"), at=world.at)


def test_a_large_file_is_read_and_corrected_by_the_worker(world, ledger, signed_in):
    assert ledger.state == "draft" and ledger.counts["all"] == 3
    by = world.actor("safety_officer")
    row = ledger.rows.get(values__statement="地面油污")
    wished = wishes.with_cell(ledger.wishes, row.sheet, row.source_row, 1, "2025年9月2日")
    assert correct_import(ledger=ledger, wishes=wished, by=by, at=world.at).state == "reading"
    client = signed_in("safety_officer")
    assert "正在识别" in client.get(f"/ledgers/{ledger.pk}/").content.decode()
    assert "data-poll=" in client.get(f"/ledgers/{ledger.pk}/progress/").content.decode()
    with pytest.raises(Refused, match="识别中"):
        correct_import(ledger=ledger, wishes={}, by=by, at=world.at)
    run_until_idle(at=world.at)
    assert ledger.rows.get(values__statement="地面油污").values["found_at"] == "2025-09-02"
    assert "data-poll-go=" in client.get(f"/ledgers/{ledger.pk}/progress/").content.decode()


def test_an_import_given_up_while_it_was_read_stays_given_up(world):
    by = world.actor("safety_officer")
    ledger = start_import(
        data=workbook(), filename="台账.xlsx", home=world.unit("hot_mill"), by=by, at=world.at
    )
    drop_import(ledger=ledger, by=by, at=world.at)
    run_until_idle(at=world.at)
    ledger.refresh_from_db()
    assert ledger.state == "dropped" and ledger.rows.count() == 0


def test_the_worker_loads_and_a_second_run_loads_nothing(world, ledger):
    asked(world, ledger)
    with pytest.raises(Stale):
        _ask_stale(world, ledger)
    run_until_idle(at=world.at)
    ledger.refresh_from_db()
    assert ledger.state == "done" and Problem.objects.count() == 3
    Job.objects.filter(kind="ledgers.load").update(state="waiting", attempts=0, claim="")
    run_until_idle(at=world.at + timedelta(minutes=1))
    assert Problem.objects.count() == 3 and Event.objects.filter(**LOADED).count() == 1


def _ask_stale(world, ledger):
    """Somebody whose page still shows the dry run presses too."""
    page = LedgerImport.objects.get(pk=ledger.pk)
    page.state = "draft"
    asked(world, page)


def test_an_error_in_the_middle_leaves_nothing_and_the_second_attempt_completes(world, ledger, monkeypatch):
    done = jobs.load_import

    def breaks_after_writing(**given):
        done(**given)
        raise ConnectionError("the database went away")

    asked(world, ledger)
    monkeypatch.setattr(jobs, "load_import", breaks_after_writing)
    run_until_idle(at=world.at, loud=False)
    ledger.refresh_from_db()
    assert (
        ledger.state == "loading"
        and not Problem.objects.exists()
        and not Event.objects.filter(**LOADED).exists()
    )
    monkeypatch.setattr(jobs, "load_import", done)
    run_until_idle(at=world.at + timedelta(minutes=5))
    ledger.refresh_from_db()
    assert ledger.state == "done" and Problem.objects.count() == 3


def test_when_every_attempt_fails_the_person_has_the_dry_run_back_with_the_sentence(
    world, ledger, monkeypatch, signed_in
):
    def breaks(**_):
        raise ConnectionError("the database went away")

    asked(world, ledger)
    monkeypatch.setattr(jobs, "load_import", breaks)
    for hours in range(5):
        run_until_idle(at=world.at + timedelta(hours=hours), loud=False)
    ledger.refresh_from_db()
    assert ledger.state == "draft" and ledger.refused.startswith("没有导成，一行也没有写入")
    page = signed_in("safety_officer").get(f"/ledgers/{ledger.pk}/").content.decode()
    assert "没有导成，一行也没有写入" in page
    monkeypatch.undo()
    asked(world, ledger)
    run_until_idle(at=world.at + timedelta(hours=6))
    assert Problem.objects.count() == 3


def test_what_the_rules_refuse_comes_back_at_once(world, ledger):
    asked(world, ledger)
    person = world.person("safety_officer")
    person.grants.update(revoked_at=world.at)
    run_until_idle(at=world.at)
    ledger.refresh_from_db()
    assert ledger.state == "draft" and "没有给热轧厂导入台账的权限" in ledger.refused
    assert not Problem.objects.exists()


def test_a_worker_that_lost_its_claim_writes_nothing(world, ledger, monkeypatch):
    """It was silent for too long and another worker has the job: what it wrote is rolled back."""
    done = jobs.load_import

    def loses(**given):
        done(**given)
        Job.objects.filter(kind="ledgers.load").update(claim="another")

    asked(world, ledger)
    monkeypatch.setattr(jobs, "load_import", loses)
    run_until_idle(at=world.at, loud=False)
    assert not Problem.objects.exists()


def test_new_units_and_people_are_not_opened_twice(world, ledger, monkeypatch):
    units, people = Unit.objects.count(), Person.objects.count()
    data = workbook(
        [["1", "2025.9.1", "机修外委队", "气瓶间距不足", "气瓶", "摆放", "卫建平", "2025.9.30", "待整改", ""]]
    )
    by = world.actor("safety_officer")
    other = start_import(data=data, filename="外委.xlsx", home=world.unit("hot_mill"), by=by, at=world.at)
    run_until_idle(at=world.at)
    other.refresh_from_db()
    wished = wishes.with_names(
        wishes.with_names({}, "units", {"机修外委队": "new"}), "people", {"卫建平": "new"}
    )
    other = correct_import(ledger=other, wishes=wished, by=by, at=world.at)
    run_until_idle(at=world.at)
    other.refresh_from_db()
    ask_loading(ledger=other, by=by, at=world.at)
    test = jobs.load_import
    monkeypatch.setattr(jobs, "load_import", lambda **given: (test(**given), 1 / 0))
    run_until_idle(at=world.at, loud=False)
    assert (Unit.objects.count(), Person.objects.count()) == (units, people)
    monkeypatch.setattr(jobs, "load_import", test)
    run_until_idle(at=world.at + timedelta(minutes=5))
    assert (Unit.objects.count(), Person.objects.count()) == (units + 1, people + 1)
    assert Problem.objects.get().lead.unit == Problem.objects.get().unit
