"""Handing out: the right variant under the right headers, whatever the name says."""

import pytest
from django.test import RequestFactory
from PIL import Image

from bihuan.kernel.refused import Missing
from bihuan.record import vault
from bihuan.record.actions.keep_file import keep_file
from bihuan.record.reads import file_response, open_file

from . import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(files, clerk, at):
    return keep_file(content=samples.photo(), name="现场.png", by=clerk, at=at)


@pytest.fixture
def table(files, clerk, at):
    return keep_file(content=b"a,b\n1,2\n", name="a.csv", by=clerk, at=at)


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(("which", "edge"), [("original", 4000), ("shown", 2560), ("thumb", 480)])
def test_each_variant_is_what_it_says(photo, which, edge):
    with Image.open(open_file(photo, which)) as image:
        assert max(image.size) == edge
    response = file_response(photo, name="现场.png", which=which, inline=True)
    assert len(body(response)) == int(response["Content-Length"])
    assert response["Content-Type"] == "image/jpeg"


def test_the_headers_of_a_picture(photo):
    response = file_response(photo, name='现场 "1".png', inline=True)
    assert response["Content-Disposition"] == "inline; filename*=utf-8''%E7%8E%B0%E5%9C%BA%20%221%22.jpg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-cache"
    assert response["ETag"] == f'"{photo.shown_sha256}"'


def test_what_a_browser_should_not_open_is_a_download(table):
    response = file_response(table, name="台账\r\nX-Evil: 1.csv", inline=True)
    assert response["Content-Disposition"].startswith("attachment;")
    assert "\n" not in response["Content-Disposition"]
    assert "X-Evil" not in response.headers
    assert body(response) == b"a,b\n1,2\n"


def test_who_still_has_it_is_told_so(photo):
    request = RequestFactory().get("/", headers={"if-none-match": f'"{photo.shown_sha256}"'})
    response = file_response(photo, name="现场.jpg", request=request)
    assert (response.status_code, response["Cache-Control"]) == (304, "private, no-cache")
    other = RequestFactory().get("/", headers={"if-none-match": '"something else"'})
    assert file_response(photo, name="现场.jpg", request=other).status_code == 200


def test_a_lost_content_is_missing_not_broken(photo):
    vault.path_of(photo.shown_sha256).unlink()
    with pytest.raises(Missing, match="文件内容找不到了"):
        file_response(photo, name="现场.jpg")
