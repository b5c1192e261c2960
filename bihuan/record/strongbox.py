"""Secrets that must be read again (a one-time-code key, the address of a robot), closed with a key that is not in
the database: whoever copies the database alone has nothing, and a sealed text moved to another row does not open.

Keys stand in `strongbox.keys` in the folder of keys, BIHUAN_KEYS (made on first use, mode 600), one per line, newest first, or in the
environment `BIHUAN_STRONGBOX_KEYS`, comma separated, where several machines serve one house. The newest closes,
all of them open: `bihuan rotatekeys` puts a new one in front and closes everything again.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from bihuan.kernel.refused import Refused

_KEY_BYTES, _NONCE_BYTES = 32, 12
_FORM = "v1"


class Lost(Refused):
    """The key that closed this is not here any more."""


def shut_away(text: str, purpose: str) -> str:
    """The text closed for this purpose (say `totp:17`): it opens under the same purpose only."""
    key, nonce = _keys()[0], secrets.token_bytes(_NONCE_BYTES)
    closed = AESGCM(key).encrypt(nonce, text.encode(), purpose.encode())
    return f"{_FORM}.{_name(key)}.{urlsafe_b64encode(nonce + closed).decode()}"


def take_out(sealed: str, purpose: str) -> str:
    """The text again. Raises Lost when its key is gone, or when it was closed for something else."""
    form, _, rest = sealed.partition(".")
    name, _, body = rest.partition(".")
    for key in _keys():
        if form == _FORM and _name(key) == name:
            try:
                raw = urlsafe_b64decode(body)
                return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()).decode()
            except (InvalidTag, Error, ValueError):
                break
    raise Lost(
        "加密保存的内容打不开：密钥文件不是原来的那个",
        "把另外保管的 strongbox.keys 放回密钥目录；找不到就重新设置",
    )


def digests(text: str, purpose: str) -> list[str]:
    """Keyed digests of a short secret, one per key, newest first: to recognise it without keeping it."""
    said = f"{purpose}\0{text}".encode()
    return [hmac.new(key, said, hashlib.sha256).hexdigest() for key in _keys()]


def closed_anew(sealed: str, purpose: str) -> str:
    """The same text under the newest key; unchanged if it is there already."""
    newest = f"{_FORM}.{_name(_keys()[0])}."
    return sealed if sealed.startswith(newest) else shut_away(take_out(sealed, purpose), purpose)


def add_key() -> int:
    """Put a fresh key in front; returns how many there are now. Refused where the keys are given from outside."""
    if settings.STRONGBOX_KEYS:
        raise Refused("密钥在环境变量 BIHUAN_STRONGBOX_KEYS 里", "把新密钥写在最前面，旧的留着，再运行一次")
    lines = [_fresh(), *_lines()]
    _write(lines)
    return len(lines)


def _keys() -> list[bytes]:
    try:
        keys = [urlsafe_b64decode(line) for line in settings.STRONGBOX_KEYS or _lines()]
    except (Error, ValueError):
        keys = []
    if not keys or any(len(key) != _KEY_BYTES for key in keys):
        raise Refused("密钥文件 strongbox.keys 坏了", "放回另外保管的那一份")
    return keys


def _lines() -> list[str]:
    path = _path()
    if not path.exists():
        _write([_fresh()], first=True)
    return path.read_text().split()


def _write(lines: list[str], *, first: bool = False) -> None:
    """Whole or not at all; the first one is made once although two processes start together."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    if not first:
        draft.replace(path)
        return
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    draft.unlink()


def _path() -> Path:
    return Path(settings.KEYS_ROOT) / "strongbox.keys"


def _fresh() -> str:
    return urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def _name(key: bytes) -> str:
    return hashlib.sha256(b"name\0" + key).hexdigest()[:8]
