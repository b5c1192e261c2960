"""The key that signs seals: made on first use, kept outside the database and its backups.

Whoever can write to the database but not read this key cannot make a seal. Public keys of seals made before
a move to another machine stand in `seal.trusted` beside it, one per line: `bihuan restore` writes them there.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

KEY, TRUSTED = "seal.key", "seal.trusted"
_HEX = re.compile(r"(?:[0-9a-f]{2})+")


def _folder() -> Path:
    return Path(settings.KEYS_ROOT)


def _key() -> Ed25519PrivateKey:
    """The installation's own key. Two processes that make it at once end up with the same one."""
    path = _folder() / KEY
    if not path.exists():
        _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        fresh.unlink()
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))


def public_key() -> str:
    """The public half, 64 hex digits."""
    return _key().public_key().public_bytes_raw().hex()


def sign(text: str) -> str:
    """The signature of this text, 128 hex digits."""
    return _key().sign(text.encode()).hex()


def is_signed(text: str, signer: str, signature: str) -> bool:
    """True if `signature` is that of the holder of the public key `signer`, written as we write it: Python reads
    capital digits and blanks as well."""
    if not (_HEX.fullmatch(signer) and _HEX.fullmatch(signature)):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(signer)).verify(
            bytes.fromhex(signature), text.encode()
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def trusted() -> set[str]:
    """Public keys whose seals count here: our own, and those taken over with a restored backup."""
    path = _folder() / TRUSTED
    return {public_key(), *(path.read_text().split() if path.exists() else ())}


def trust(keys: set[str]) -> None:
    """Take over the seals of another installation, whose backup is restored here."""
    path = _folder() / TRUSTED
    known = set(path.read_text().split()) if path.exists() else set()
    _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text("".join(f"{key}\n" for key in sorted(known | keys)))
