"""A store of files for the machines of a group: S3 with signatures and rights checked.

OpenStack Swift where it is installed (`python scripts/store.py`): an S3 server that is used in earnest, keeps contents
on the disk, and refuses a content that is not what its checksum says. Else moto, which checks signatures and the policy
of a user, and keeps everything in memory.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import boto3
import requests
from botocore.config import Config
from botocore.exceptions import ClientError

from scripts import store as swift

BUCKET, PREFIX = "evidence", "of/ours"
ADDRESS = f"s3://{BUCKET}/{PREFIX}"
START_S = 180
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Store(ABC):
    """Runs at `host`:`port` until `close`; `env` is what a machine that uses it must know."""

    name = ""
    #: what answers as soon as it is up, and words for its environment
    alive, extra = "/", dict[str, str]()

    def __init__(self, folder: Path, host: str, port: int, inside: tuple[str, ...] = ()) -> None:
        self.folder, self.host, self.port = folder, host, port
        self.url = f"http://{host}:{port}"
        self.key, self.secret = "", ""
        env = {**os.environ, **self.extra}
        self.process = subprocess.Popen([*inside, *self.command()], env=env, **QUIET)  # type: ignore[call-overload]

    @abstractmethod
    def command(self) -> list[str]: ...

    @abstractmethod
    def furnish(self) -> None:
        """Make the bucket and whoever may use it; set `key` and `secret`."""

    @abstractmethod
    def refuses(self, key: str) -> dict[str, Callable[[], Any]]:
        """What else it must not let pass, beside a missing and a forged signature."""

    def open(self) -> None:
        until = time.monotonic() + START_S
        while time.monotonic() < until and self.process.poll() is None:
            with suppress(requests.RequestException):
                requests.get(self.url + self.alive, timeout=5)
                return self.furnish()
            time.sleep(0.1)
        raise RuntimeError("the store does not come up")

    @property
    def env(self) -> dict[str, str]:
        return {
            "BIHUAN_FILES_S3": ADDRESS,
            "BIHUAN_S3_ENDPOINT": self.url,
            "AWS_ACCESS_KEY_ID": self.key,
            "AWS_SECRET_ACCESS_KEY": self.secret,
            "AWS_DEFAULT_REGION": "us-east-1",
        }

    def client(self, key: str, secret: str, service: str = "s3") -> Any:
        return boto3.client(
            service, endpoint_url=self.url, region_name="us-east-1", config=Config(retries={"max_attempts": 1}),
            aws_access_key_id=key, aws_secret_access_key=secret,
        )  # fmt: skip

    def faults(self, sha256: str) -> list[str]:
        """What is wrong with its checks: a content is there for us, and for nobody else."""
        key = f"{PREFIX}/{sha256[:2]}/{sha256[2:4]}/{sha256}"
        found = []
        if requests.get(f"{self.url}/{BUCKET}/{key}", timeout=30).ok:
            found.append("the store gives a content to somebody without a signature")
        for said, deed in {
            "a forged signature": lambda: self.client(self.key, "forged").get_object(Bucket=BUCKET, Key=key),
            **self.refuses(key),
        }.items():
            with suppress(ClientError):
                deed()
                found.append(f"the store allows {said}")
        self.client(self.key, self.secret).head_object(Bucket=BUCKET, Key=key)
        return found

    def close(self) -> None:
        self.process.kill()
        self.process.wait()


class Swift(Store):
    name = "OpenStack Swift，查签名、桶的授权和内容指纹"
    OWNER, STRANGER = ("house:owner", "owned-by-the-house"), ("house:stranger", "not-invited")

    def command(self) -> list[str]:
        users = (("house_owner", f"{self.OWNER[1]} .admin"), ("house_bihuan", "evidence-only"))
        known = [f"{name}={secret}" for name, secret in (*users, ("house_stranger", self.STRANGER[1]))]
        program = str(Path(__file__).with_name("storehouse.py"))
        return [
            str(swift.PYTHON),
            "-I",
            "-W",
            "ignore",
            program,
            str(self.folder),
            self.host,
            str(self.port),
            *known,
        ]

    def furnish(self) -> None:
        self.key, self.secret = "house:bihuan", "evidence-only"
        owner, ours = self.client(*self.OWNER), f"id={self.key}"
        owner.create_bucket(Bucket=BUCKET)
        owner.put_bucket_acl(Bucket=BUCKET, GrantRead=ours, GrantWrite=ours)

    def refuses(self, key: str) -> dict[str, Callable[[], Any]]:
        ours, other = self.client(self.key, self.secret), self.client(*self.STRANGER)
        wrong = base64.b64encode(bytes(32)).decode()
        return {
            "a user nobody granted anything": lambda: other.get_object(Bucket=BUCKET, Key=key),
            "a bucket of our own": lambda: ours.create_bucket(Bucket="another"),
            "a content that is not what its checksum says": lambda: ours.put_object(
                Bucket=BUCKET, Key=f"{PREFIX}/wrong", Body=b"x", ChecksumSHA256=wrong
            ),
        }


class Moto(Store):
    name = "moto，查签名和权限，内容在内存里"
    SERVER = "from moto.server import main; main(['-H', '{host}', '-p', '{port}'])"
    #: four things are done before there is anybody: a user, their rights, their key, the bucket
    alive, extra = "/moto-api/", {"INITIAL_NO_AUTH_ACTION_COUNT": "4"}
    #: all the product asks for: no deleting. To tell 404 from 403 the bucket must be listable.
    RIGHTS = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:PutObject"],
                "Resource": f"arn:aws:s3:::{BUCKET}/{PREFIX}/*",
            },
            {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": f"arn:aws:s3:::{BUCKET}"},
        ],
    }

    def command(self) -> list[str]:
        return [sys.executable, "-c", self.SERVER.format(host=self.host, port=self.port)]

    def furnish(self) -> None:
        nobody = ("nobody", "nothing")
        iam = self.client(*nobody, "iam")
        iam.create_user(UserName="bihuan")
        iam.put_user_policy(UserName="bihuan", PolicyName="files", PolicyDocument=json.dumps(self.RIGHTS))
        made = iam.create_access_key(UserName="bihuan")["AccessKey"]
        self.key, self.secret = made["AccessKeyId"], made["SecretAccessKey"]
        self.client(*nobody).create_bucket(Bucket=BUCKET)

    def refuses(self, key: str) -> dict[str, Callable[[], Any]]:
        ours = self.client(self.key, self.secret)
        return {
            "deleting, which was not granted": lambda: ours.delete_object(Bucket=BUCKET, Key=key),
            "reading outside of the prefix": lambda: ours.get_object(Bucket=BUCKET, Key="elsewhere"),
        }


def kind_of_store() -> type[Store]:
    return Swift if swift.there() else Moto
