"""One-time codes (RFC 6238) and recovery codes: pure arithmetic, nothing is kept here."""

from __future__ import annotations

import secrets
from datetime import datetime
from hmac import compare_digest

import pyotp

from bihuan.kernel.text import half_width

STEP_SECONDS, DRIFT_STEPS = 30, 1
#: without the letters and digits that are read for each other
_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
RECOVERY_CODES, _LETTERS, _GROUP = 10, 10, 5


def new_secret() -> str:
    """160 bits in base32, as authenticator apps take it."""
    return pyotp.random_base32()


def address(secret: str, *, name: str, house: str) -> str:
    """The otpauth:// address that stands in the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=house)


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """Which half minute this code belongs to: now, or one step beside it for a clock that is off. None: neither."""
    now = int(at.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (now, *(now + n * sign for n in range(1, DRIFT_STEPS + 1) for sign in (-1, 1))):
        if compare_digest(totp.generate_otp(step), code):
            return step
    return None


def plain(code: str) -> str:
    """What was typed, without what separates groups: full-width, lower case, spaces and dashes are all fine."""
    return "".join(sign for sign in half_width(code).upper() if sign.isalnum())


def is_one_time(code: str) -> bool:
    return len(code) == 6 and code.isascii() and code.isdecimal()


def new_recovery_codes() -> list[str]:
    """Ten codes of 49 bits each, in two groups of five."""
    drawn = ["".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS)) for _ in range(RECOVERY_CODES)]
    return [f"{code[:_GROUP]}-{code[_GROUP:]}" for code in drawn]
