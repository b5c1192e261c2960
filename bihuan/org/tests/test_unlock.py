"""A locked name is let in again by a new password from the system administrator, as its page promises."""

from __future__ import annotations

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_new_password_unlocks_the_name(world, signed_in):
    visitor = Client()
    for _ in range(6):
        answer = visitor.post("/signin/", {"username": "liaison", "password": "wrong"})
    assert answer.status_code == 429
    page = signed_in("system_admin").post(f"/settings/accounts/{world.accounts['liaison'].pk}/password/")
    words = set(re.findall(r">([^<>\s]{8,40})<", page.content.decode()))
    assert page.status_code == 200
    codes = [
        visitor.post("/signin/", {"username": "liaison", "password": word}).status_code
        for word in words
        if word.isascii()
    ]
    assert 302 in codes, "one of the words of the page is the new password"
