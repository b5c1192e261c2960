"""Contents in an S3-compatible store: for several web servers and workers that share no disk.

`BIHUAN_FILES_S3=s3://bucket/prefix` turns it on, `BIHUAN_S3_ENDPOINT` names a store other than Amazon's; keys of
access come from the environment as usual for S3. A content is one object named by its sha256 and never changed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

#: up to here a content is held in memory when it is read, above on disk
SMALL = 4 * 1024 * 1024
GONE = ("404", "NoSuchKey", "NotFound")


class StoreAway(OSError):
    """The store does not answer, or does not let us in."""


@contextmanager
def asking(sha256: str) -> Iterator[None]:
    """The store's own errors in the words of files: FileNotFoundError when it is not there, else StoreAway."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as problem:
        code = problem.response.get("Error", {}).get("Code", "")
        if code in GONE:
            raise FileNotFoundError(sha256) from None
        raise StoreAway(code) from problem
    except BotoCoreError as problem:
        raise StoreAway(type(problem).__name__) from problem


class Bucket:
    """One bucket with an optional prefix."""

    def __init__(self, address: str, endpoint: str = "") -> None:
        parts = urlsplit(address)
        self.name, self.prefix = parts.netloc, parts.path.strip("/")
        self.client = _client(endpoint)

    def key(self, sha256: str) -> str:
        return "/".join(part for part in (self.prefix, sha256[:2], sha256[2:4], sha256) if part)

    def size(self, sha256: str) -> int | None:
        """Its size in bytes, None when it is not there. Raises StoreAway."""
        try:
            with asking(sha256):
                return int(self.client.head_object(Bucket=self.name, Key=self.key(sha256))["ContentLength"])
        except FileNotFoundError:
            return None

    def put(self, path: Path, sha256: str) -> None:
        """Durable when it returns: the store has all of it under its checksum, or nothing. Raises StoreAway."""
        with path.open("rb") as content, asking(sha256):
            self.client.put_object(
                Bucket=self.name, Key=self.key(sha256), Body=content, ChecksumSHA256=_base64(sha256)
            )

    def open(self, sha256: str) -> BinaryIO:
        """The content, from its beginning and seekable. Raises FileNotFoundError or StoreAway."""
        kept = tempfile.SpooledTemporaryFile(max_size=SMALL)  # noqa: SIM115  the reader closes it
        try:
            with asking(sha256):
                self.client.download_fileobj(self.name, self.key(sha256), kept)
        except OSError:
            kept.close()
            raise
        kept.seek(0)
        return kept  # type: ignore[return-value]


def _base64(sha256: str) -> str:
    from base64 import b64encode

    return b64encode(bytes.fromhex(sha256)).decode()


@cache
def _client(endpoint: str) -> Any:
    """Made once a process and address; safe for threads. The library takes its time to load: only where it is used."""
    from boto3 import Session
    from botocore.config import Config

    return Session().client(
        "s3",
        endpoint_url=endpoint or None,
        config=Config(retries={"max_attempts": 5, "mode": "standard"}, connect_timeout=5, read_timeout=60),
    )


def bucket() -> Bucket | None:
    """The store of this installation, None where contents lie on the disk."""
    if not settings.FILES_S3:
        return None
    return _bucket(settings.FILES_S3, settings.S3_ENDPOINT)


@cache
def _bucket(address: str, endpoint: str) -> Bucket:
    return Bucket(address, endpoint)
