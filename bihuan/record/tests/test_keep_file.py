"""Files as people hand them in: good ones of every kind, and what must not come in."""

import hashlib
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bihuan.kernel.refused import Invalid
from bihuan.record import filetypes, pictures, vault
from bihuan.record.actions.keep_file import keep_file
from bihuan.record.actions.tidy import tidy
from bihuan.record.models import StoredFile

from . import samples

pytestmark = pytest.mark.django_db
DOCX = filetypes.WORD.mime
XLSX = filetypes.EXCEL.mime


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("现场.jpg", samples.picture("JPEG"), "image/jpeg"),
        ("微信图片.jpg", samples.picture("PNG"), "image/png"),
        ("截图.png", samples.picture("PNG", mode="RGBA"), "image/png"),
        ("调色板.gif", samples.picture("GIF", mode="P"), "image/gif"),
        ("图.webp", samples.picture("WEBP"), "image/webp"),
        ("IMG_0001.HEIC", samples.picture("HEIF"), "image/heic"),
        ("灰度.jpeg", samples.picture("JPEG", mode="L"), "image/jpeg"),
        ("印刷.jpg", samples.picture("JPEG", mode="CMYK"), "image/jpeg"),
        ("没有扩展名", samples.picture("JPEG"), "image/jpeg"),
        ("通报.pdf", samples.PDF, "application/pdf"),
        ("公文.ofd", samples.archive("OFD.xml"), "application/ofd"),
        ("方案.docx", samples.archive("[Content_Types].xml", "word/document.xml"), DOCX),
        ("台账.xlsx", samples.archive("[Content_Types].xml", "xl/workbook.xml"), XLSX),
        ("旧台账.xls", samples.old_workbook(), "application/vnd.ms-excel"),
        ("台账.csv", "序号,问题\n1,护栏缺失\n".encode(), "text/csv"),
        ("台账.csv", "序号,问题\n1,护栏缺失\n".encode("gb18030"), "text/csv"),
        ("说明.txt", "情况说明".encode("utf-16"), "text/plain"),
        ("录像.mp4", samples.video(b"isom"), "video/mp4"),
        ("录像.mov", samples.video(b"qt  "), "video/quicktime"),
    ],
)
def test_it_keeps(files, clerk, at, name, content, mime):
    stored = keep_file(content=content, name=name, by=clerk, at=at)
    assert (stored.mime, stored.size, stored.kept_by_id, stored.kept_at) == (mime, len(content), 7, at)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert vault.open_kept(stored.sha256).read() == content
    assert vault.path_of(stored.sha256).relative_to(files).parts[:2] == (
        stored.sha256[:2],
        stored.sha256[2:4],
    )
    assert stored.is_image == mime.startswith("image/")
    assert bool(stored.shown_sha256) == bool(stored.thumb_sha256) == stored.is_image


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.jpg", b"", "是空的"),
        ("照片.jpg", samples.PROGRAM, "程序"),
        ("照片.exe", samples.picture("JPEG"), r"扩展名 \.exe 不在可收之列"),
        (
            "方案.xlsx",
            samples.archive("[Content_Types].xml", "word/document.xml"),
            "扩展名是 .xlsx，内容却是 Word 文档",
        ),
        ("照片.jpg", samples.PDF, "内容却是 PDF"),
        ("资料.zip", samples.archive("a.txt"), "压缩包"),
        ("资料.docx", samples.archive("a.txt"), "压缩包"),
        ("资料.rar", b"Rar!\x1a\x07\x01\x00" + bytes(60), "压缩包"),
        ("台账.xlsx", samples.archive("[Content_Types].xml", "xl/workbook.xml")[:-30], "已损坏"),
        ("台账.xlsx", samples.archive("xl/workbook.xml", "xl/vbaProject.bin"), "含有宏"),
        ("台账.xlsx", samples.with_password(), "设有打开密码"),
        ("台账.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "已损坏|不是 Word"),
        ("台账.xls", b"<html><table><tr><td>1</td></tr></table></html>", "内容是网页，不是 Excel"),
        ("图标.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "网页或 SVG"),
        ("图标.jpg", b"<?xml version='1.0'?><svg/>", "网页或 SVG"),
        ("页面.txt", b"\xef\xbb\xbf <!DOCTYPE html><script>1</script>", "网页或 SVG"),
        ("脚本.bat", b"@echo off\r\ndel *.*\r\n", r"扩展名 \.bat 不在可收之列"),
        ("照片.jpg", "其实是文字".encode(), "内容却是 文本"),
        ("照片.jpg", samples.picture("JPEG", size=(900, 700))[:-4000], "图片打不开或不完整"),
        ("照片.png", samples.picture("PNG", noise=True)[:400], "图片打不开或不完整"),
        ("照片.jpg", samples.picture("BMP"), "不支持的图片格式"),
        ("通报.pdf", samples.PDF[:-8], "PDF 没有结尾"),
        ("数据.csv", bytes(range(256)) * 8, "认不出是什么格式"),
        ("录音.mp4", b"ID3\x03" + bytes(200), "音频"),
    ],
)
def test_it_refuses(files, clerk, at, name, content, reason):
    with pytest.raises(Invalid, match=reason) as refused:
        keep_file(content=content, name=name, by=clerk, at=at)
    assert refused.value.field == "file" and refused.value.todo
    assert not StoredFile.objects.exists()
    assert [p for p in files.rglob("*") if p.is_file()] == []


def test_too_big_is_refused_before_and_while_it_comes(files, settings, clerk, at):
    settings.FILE_LIMIT_MB = 1
    big = SimpleUploadedFile("大.pdf", bytes(3 << 20))
    with pytest.raises(Invalid, match="有 3 MB，超过 1 MB 的上限"):
        keep_file(content=big, name=big.name, by=clerk, at=at)
    with pytest.raises(Invalid, match="超过 1 MB 的上限"):
        keep_file(content=io.BytesIO(bytes(3 << 20)), name="大.pdf", by=clerk, at=at)


def test_a_decompression_bomb_is_not_unpacked(files, clerk, at):
    bomb = samples.png_header(30_000, 30_000)
    with pytest.raises(Invalid, match="像素超过"):
        keep_file(content=bomb, name="大图.png", by=clerk, at=at)


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(files, clerk, at, monkeypatch):
    monkeypatch.setattr(filetypes, "UNPACKED_LIMIT", 1 << 20)
    content = samples.archive("[Content_Types].xml", "xl/workbook.xml", body=bytes(2 << 20))
    with pytest.raises(Invalid, match="展开后超过 1 GB"):
        keep_file(content=content, name="台账.xlsx", by=clerk, at=at)


def test_the_same_content_is_kept_once(files, clerk, outsider, at):
    content = samples.picture("JPEG")
    first = keep_file(content=content, name="甲.jpg", by=clerk, at=at)
    second = keep_file(content=io.BytesIO(content), name="乙.jpg", by=outsider, at=at + timedelta(days=1))
    assert first == second and second.kept_by_id == 7
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_content_at_once_is_kept_once(race, files, clerk, at):
    content = samples.picture("JPEG", size=(600, 400))
    outcomes = race(lambda: keep_file(content=content, name="甲.jpg", by=clerk, at=at).pk, times=4)
    assert [o.error for o in outcomes] == [None] * 4
    assert len({o.value for o in outcomes}) == StoredFile.objects.count() == 1


def test_a_content_the_store_lost_is_taken_again(files, clerk, at):
    stored = keep_file(content=samples.PDF, name="通报.pdf", by=clerk, at=at)
    vault.path_of(stored.sha256).unlink()
    assert keep_file(content=samples.PDF, name="通报.pdf", by=clerk, at=at) == stored
    assert vault.has(stored.sha256)


def test_time_and_place_go_into_the_record_and_not_into_the_copy(files, clerk, at):
    content = samples.photo()
    stored = keep_file(content=content, name="现场.jpg", by=clerk, at=at)
    assert stored.captured_on_device == datetime(2026, 8, 31, 15, 30, 5, tzinfo=UTC) - timedelta(hours=8)
    assert (stored.latitude, stored.longitude) == pytest.approx((35.5, -112.85))
    assert (stored.width, stored.height) == (3000, 4000), "the original the right way up"
    assert b"Exif" in vault.open_kept(stored.sha256).read()
    for sha, edge in ((stored.shown_sha256, 2560), (stored.thumb_sha256, 480)):
        with Image.open(vault.open_kept(sha)) as copy:
            assert copy.format == "JPEG" and copy.size == (edge * 3 // 4, edge)
            assert not copy.getexif() and "comment" not in copy.info
            red, green, blue = copy.convert("RGB").getpixel((copy.width - 5, 5))
            assert red > 200 and green < 60 and blue < 60, (
                "the mark is at the top right once it stands upright"
            )


@pytest.mark.parametrize(
    "change",
    [
        {"when": "0000:00:00 00:00:00"},
        {"when": "昨天"},
        {"gps": None},
        {"latitude": ((0, 1), (0, 1), (0, 1)), "longitude": ((0, 1), (0, 1), (0, 1))},
        {"latitude": ((99, 1), (0, 1), (0, 1))},
    ],
)
def test_what_a_camera_writes_without_knowing_is_left_out(files, clerk, at, change):
    stored = keep_file(content=samples.photo(**change), name="现场.jpg", by=clerk, at=at)
    if "when" in change:
        assert stored.captured_on_device is None
    else:
        assert (stored.latitude, stored.longitude) == (None, None)


def test_a_zone_given_by_the_device_is_used(files, clerk, at):
    stored = keep_file(content=samples.photo(offset="+06:00"), name="现场.jpg", by=clerk, at=at)
    assert stored.captured_on_device == datetime(2026, 8, 31, 9, 30, 5, tzinfo=UTC)


def test_transparent_becomes_white(files, clerk, at):
    stored = keep_file(content=samples.picture("PNG", mode="RGBA"), name="图.png", by=clerk, at=at)
    with Image.open(vault.open_kept(stored.shown_sha256)) as copy:
        assert min(copy.getpixel((1, 1))) > 245


def test_names_are_tidied():
    assert filetypes.tidy_name("..\\..\\a/b/现场 1.jpg") == "现场 1.jpg"
    assert filetypes.tidy_name("a\u202egpj.exe\n") == "agpj.exe"
    long = filetypes.tidy_name("长" * 300 + ".xlsx")
    assert len(long) == 120 and long.endswith(".xlsx")
    assert filetypes.tidy_name("/") == "未命名"


def test_drafts_of_a_process_that_died_are_cleared_away(files, at):
    folder = files / vault.DRAFTS
    folder.mkdir(parents=True)
    (folder / "tmpabc").write_bytes(b"half")
    made = datetime.fromtimestamp((folder / "tmpabc").stat().st_mtime, UTC)
    tidy(at=made + timedelta(hours=1))
    assert (folder / "tmpabc").exists()
    tidy(at=made + timedelta(days=2))
    assert not (folder / "tmpabc").exists()


def test_large_jpegs_are_shrunk_while_decoded(files, tmp_path):
    path = tmp_path / "large.jpg"
    path.write_bytes(samples.picture("JPEG", size=(9000, 7000)))
    picture = pictures.look(path)
    assert (picture.width, picture.height) == (9000, 7000)
    with Image.open(io.BytesIO(picture.shown)) as copy:
        assert max(copy.size) == 2560


def test_sessions_that_are_over_are_cleared_away(db, at):
    for days in (-1, 1):
        Session.objects.create(session_key=f"k{days}", session_data="", expire_date=at + timedelta(days=days))
    tidy(at=at)
    assert [row.session_key for row in Session.objects.all()] == ["k1"]
