"""Contents in an S3 store, on a real socket; the server checks signatures and rights."""

import os
import subprocess
import sys
import time
from io import BytesIO

import boto3
import pytest
import requests
from django.conf import settings as ours

from bihuan.kernel.refused import Refused
from bihuan.record import bucket, vault
from bihuan.record.actions.keep_file import keep_file
from bihuan.record.models import StoredFile
from bihuan.record.reads import open_file
from bihuan.record.verify import verify
from soak.crash.house import free_port

#: moto with its checks of access on: unsigned and wrongly signed requests are refused. It is no store for people:
#: it keeps everything in memory.
SERVER = "from moto.server import main; main(['-H', '127.0.0.1', '-p', '{port}'])"


@pytest.fixture(scope="module")
def server():
    port = free_port()
    env = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": "4"}
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER.format(port=port)],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            requests.get(f"{url}/moto-api/", timeout=2)
            break
        except requests.RequestException:
            time.sleep(0.1)
    yield url
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def access(server):
    """A user who may do everything with this store, and the store; made before the checks begin."""
    iam = boto3.client(
        "iam", endpoint_url=server, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x"
    )
    iam.create_user(UserName="bihuan")
    rule = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
    iam.put_user_policy(UserName="bihuan", PolicyName="all", PolicyDocument=rule)
    key = iam.create_access_key(UserName="bihuan")["AccessKey"]
    s3 = boto3.client("s3", endpoint_url=server, region_name="us-east-1", aws_access_key_id=key["AccessKeyId"],
                      aws_secret_access_key=key["SecretAccessKey"])  # fmt: skip
    s3.create_bucket(Bucket="evidence")
    return key, s3


@pytest.fixture
def store(access, server, settings, monkeypatch, tmp_path):
    key, s3 = access
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", key["SecretAccessKey"])
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    settings.FILES_ROOT = tmp_path / "files"
    settings.FILES_S3, settings.S3_ENDPOINT = "s3://evidence/of/ours", server
    bucket._client.cache_clear()
    bucket._bucket.cache_clear()
    yield s3
    bucket._client.cache_clear()
    bucket._bucket.cache_clear()


@pytest.mark.django_db
def test_a_file_is_kept_there_and_nowhere_else(store, at, clerk):
    kept = keep_file(content=BytesIO("会议纪要一".encode()), name="a.txt", by=clerk, at=at)
    assert open_file(kept).read().decode() == "会议纪要一"
    assert vault.has(kept.sha256) and not vault.path_of(kept.sha256).exists()
    assert store.head_object(
        Bucket="evidence", Key=f"of/ours/{kept.sha256[:2]}/{kept.sha256[2:4]}/{kept.sha256}"
    )
    assert keep_file(content=BytesIO("会议纪要一".encode()), name="b.txt", by=clerk, at=at) == kept
    assert list(verify()) == []


@pytest.mark.django_db
def test_what_is_changed_or_lost_there_is_named(store, at, clerk):
    kept = keep_file(content=BytesIO("会议纪要二".encode()), name="a.txt", by=clerk, at=at)
    key = f"of/ours/{kept.sha256[:2]}/{kept.sha256[2:4]}/{kept.sha256}"
    store.put_object(Bucket="evidence", Key=key, Body=b"other")
    assert any("内容被改动" in fault.line for fault in verify())
    store.delete_object(Bucket="evidence", Key=key)
    assert any("内容不在了" in fault.line for fault in verify())
    assert not vault.has(kept.sha256)


@pytest.mark.django_db
def test_without_rights_there_nothing_is_kept(store, at, clerk, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    bucket._client.cache_clear()
    bucket._bucket.cache_clear()
    with pytest.raises(Refused, match="文件存储现在写不进去"):
        keep_file(content=BytesIO("会议纪要三".encode()), name="a.txt", by=clerk, at=at)
    assert not StoredFile.objects.exists()


def test_the_disk_is_used_where_nothing_else_is_said():
    assert ours.FILES_S3 == "" and bucket.bucket() is None
