"""Whatever nobody may guess is drawn long enough, and never twice."""

from __future__ import annotations

import math

import pytest
from django.contrib.sessions.backends.base import VALID_KEY_CHARS

from bihuan.org.actions.open_token import _LETTERS as TOKEN_LETTERS
from bihuan.org.codes import new_recovery_codes, new_secret
from bihuan.org.passwords import initial_password
from bihuan.org.sessions import SessionStore

pytestmark = pytest.mark.django_db


def bits(text: str, letters: int) -> float:
    return len(text) * math.log2(letters)


def test_drawn_secrets_are_long_and_never_alike(world, program):
    sessions = {SessionStore()._get_new_session_key() for _ in range(50)}
    assert len(sessions) == 50 and all(bits(key, len(VALID_KEY_CHARS)) >= 128 for key in sessions)
    tokens = {program("liaison", "read").text.rpartition("_")[2] for _ in range(3)}
    assert len(tokens) == 3 and all(bits(token, len(TOKEN_LETTERS)) >= 128 for token in tokens), tokens
    seeds = {new_secret() for _ in range(50)}
    assert len(seeds) == 50 and all(bits(seed, 32) >= 112 for seed in seeds)
    codes = {code for _ in range(50) for code in new_recovery_codes()}
    assert len(codes) == 500 and all(bits(code.replace("-", ""), 29) >= 20 for code in codes)
    assert len({initial_password() for _ in range(50)}) == 50
