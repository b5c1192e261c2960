"""The audit trail taken out: what the page shows, safe to open, and written down."""

from __future__ import annotations

import csv
import io

import pytest

from bihuan.record.actions.append import append
from bihuan.record.models import Event
from bihuan.record.web.audit_export import safe


def table(response):
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff"), "a spreadsheet reads it as UTF-8"
    return list(csv.DictReader(io.StringIO(text[1:])))


@pytest.fixture
def trail(world, django_capture_on_commit_callbacks):
    from django.db import transaction

    by = world.actor("liaison")
    with transaction.atomic():
        for subject, unit in (("XC-RZ-1", "hot_mill"), ("=1+1", "iron_mill")):
            append(
                stream=f"toy:{subject}", kind="toy.closed", by=by, at=world.at, subject=subject,
                unit_id=world.unit(unit).pk, data={"to": "closed"},
            )  # fmt: skip


def test_it_holds_what_the_filters_leave_with_what_binds_it(world, signed_in, trail):
    rows = table(signed_in("audit_admin").get("/audit/export/?stream=toy:XC-RZ-1"))
    [row] = rows
    event = Event.objects.get(stream="toy:XC-RZ-1")
    assert (row["对象"], row["经办人"], row["单位"]) == ("XC-RZ-1", "武丽娜", "热轧厂")
    assert (row["链值"], row["编号"], row["事件代码"]) == (event.hash, str(event.pk), "toy.closed")
    assert row["记录时间"].startswith("2025-09-15T")


def test_taking_it_out_is_itself_written_down(world, signed_in, trail):
    table(signed_in("audit_admin").get("/audit/export/?kind=toy.closed"))
    event = Event.objects.get(kind="audit.exported")
    assert (event.by_id, event.data) == (world.person("audit_admin").pk, {"filters": "kind=toy.closed"})


def test_a_cell_is_never_a_formula(world, signed_in, trail):
    rows = table(signed_in("audit_admin").get("/audit/export/?kind=toy.closed"))
    assert {row["对象"] for row in rows} == {"XC-RZ-1", "'=1+1"}
    assert [safe(text) for text in ("+1", "-1", "@a", "\t=1", "1=1")] == ["'+1", "'-1", "'@a", "'\t=1", "1=1"]


@pytest.mark.parametrize("word", ["system_admin", "security_admin", "liaison", "outsider"])
def test_it_is_not_for(word, signed_in, trail):
    assert signed_in(word).get("/audit/export/").status_code == 404
    assert not Event.objects.filter(kind="audit.exported").exists()


def test_the_page_offers_it_with_its_filters(signed_in, trail):
    page = signed_in("audit_admin").get("/audit/?kind=toy.closed").content.decode()
    assert 'href="/audit/export/?kind=toy.closed"' in page
