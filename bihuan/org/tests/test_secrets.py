"""Whatever nobody may guess is drawn long enough, and never twice."""

from __future__ import annotations

import math

import pytest
from django.contrib.sessions.backends.base import VALID_KEY_CHARS

from bihuan.org.codes import new_recovery_codes, new_secret
from bihuan.org.passwords import initial_password
from bihuan.org.sessions import SessionStore

#: letters that a drawn text may hold: of base64 in addresses, of base32, of recovery codes
URL_SAFE, BASE32, RECOVERY = 64, 32, 29

pytestmark = pytest.mark.django_db


def bits(text: str, letters: int) -> float:
    return len(text) * math.log2(letters)


def test_drawn_secrets_are_long_and_never_alike(world, program):
    sessions = {SessionStore()._get_new_session_key() for _ in range(50)}
    assert len(sessions) == 50 and all(bits(key, len(VALID_KEY_CHARS)) >= 128 for key in sessions)
    tokens = {program("liaison", "read").text.split("_", 2)[2] for _ in range(3)}
    assert len(tokens) == 3 and all(bits(token, URL_SAFE) >= 256 for token in tokens)
    seeds = {new_secret() for _ in range(50)}
    assert len(seeds) == 50 and all(bits(seed, BASE32) >= 112 for seed in seeds)
    codes = {code for _ in range(50) for code in new_recovery_codes()}
    assert len(codes) == 500 and all(bits(code.replace("-", ""), RECOVERY) >= 20 for code in codes)
    assert len({initial_password() for _ in range(50)}) == 50
