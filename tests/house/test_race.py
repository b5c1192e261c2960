"""The race itself: many see the same row, a conditional update lets one of them win."""

import threading
from datetime import UTC, datetime

import pytest

from bihuan.record.models import Job

AT = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_one_of_eight_claims(race):
    job = Job.objects.create(kind="probe", run_at=AT, requested_at=AT)

    def claim(number):
        assert Job.objects.get(pk=job.pk).kind == "probe"
        return Job.objects.filter(pk=job.pk, state="waiting").update(state="running", claim=f"hand-{number}")

    outcomes = race(claim, times=8)
    assert all(o.won for o in outcomes), [o.error for o in outcomes]
    assert sum(o.value for o in outcomes) == 1
    job.refresh_from_db()
    assert outcomes[int(job.claim.removeprefix("hand-"))].value == 1


@pytest.mark.django_db(transaction=True)
def test_a_refusal_reaches_the_test(race):
    def refuse():
        raise ValueError("已被他人处理")

    outcomes = race([refuse, lambda: threading.get_ident()])
    assert str(outcomes[0].error) == "已被他人处理"
    assert outcomes[1].won
