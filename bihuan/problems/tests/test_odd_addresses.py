"""Addresses typed by hand or by a scanner: nothing found, never an error of ours."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db
LONG = "9" * 25


@pytest.mark.parametrize(
    "address",
    [
        f"/problems/?unit={LONG}",
        f"/problems/?supervisor={'9' * 5000}",
        "/problems/?unit=%C2%B2",
        "/problems/?lead=%00",
        f"/org/people/?in_units={LONG}",
        "/org/people/?in_units=%C2%B2",
        f"/problems/exports/{LONG}/",
    ],
)
def test_a_list_answers_whatever_stands_in_its_address(world, signed_in, address):
    assert signed_in("safety_officer").get(address).status_code in (200, 404)


@pytest.mark.parametrize("picked", [LONG, "9" * 5000, "²", "x", ""])
def test_rows_that_cannot_exist_are_nobody(world, signed_in, picked):
    assert signed_in("safety_officer").post("/problems/bulk/reminder/", {"picked": picked}).status_code == 302
