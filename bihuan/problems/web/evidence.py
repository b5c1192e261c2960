"""Files of one event as the thread shows them: before beside after, then papers, the rest folded away."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from bihuan.kernel.moment import CHINA
from bihuan.problems.models import Attachment, Problem
from bihuan.problems.reads import ThreadRow

MOST_PAPERS = 6
_CAPTIONS = {"before": "整改前", "after": "整改后", "evidence": "佐证", "paper": "附件"}
_FILE_ICONS = {
    "pdf": "file-type-pdf",
    "sheet": "file-spreadsheet",
    "excel": "file-spreadsheet",
    "word": "file-word",
}


def evidence_of(row: ThreadRow, problem: Problem, before: list[Attachment]) -> dict[str, Any]:
    """{photos, files, inner}: two photos side by side, a handful of papers; `inner` folds what is more."""
    pictures = [file for file in row.files if file.file.is_image]
    papers = [_paper(file, problem) for file in row.files if not file.file.is_image]
    pair = _pair(pictures, before)
    rest = [_photo(file, problem) for file in pictures if file not in pair]
    more = {"photos": rest, "files": papers[MOST_PAPERS:], "number": problem.number, "seq": row.event.seq}
    return {
        "photos": [_photo(file, problem) for file in pair],
        "files": papers[:MOST_PAPERS],
        "inner": render_to_string("problems/more_files.html", more) if rest or more["files"] else "",
    }


def _pair(pictures: list[Attachment], before: list[Attachment]) -> list[Attachment]:
    """Before beside after where there is an after; else the first two. The photo of before may be an older one."""
    after = next((file for file in pictures if file.role == "after"), None)
    if after is None:
        return pictures[:2]
    own = next((file for file in pictures if file.role == "before"), None)
    first = own or (before[0] if before else None)
    if first is not None:
        return [first, after]
    return [after, *(file for file in pictures if file is not after)][:2]


def _photo(file: Attachment, problem: Problem) -> dict[str, Any]:
    taken = file.file.captured_on_device
    when = f"{taken.astimezone(CHINA):%Y-%m-%d %H:%M} 拍" if taken else ""
    by = f"{file.added_by.name}传" if file.added_by else ""
    return {
        "url": reverse("problems:file", args=[problem.number, file.pk]),
        "thumb": reverse("problems:thumb", args=[problem.number, file.pk]),
        "caption": _CAPTIONS[file.role],
        "words": "，".join(part for part in (when, by) if part),
    }


def _paper(file: Attachment, problem: Problem) -> dict[str, Any]:
    icon = next((name for word, name in _FILE_ICONS.items() if word in file.file.mime), "file")
    return {
        "url": reverse("problems:file", args=[problem.number, file.pk]),
        "name": file.name,
        "icon": icon,
        "note": f"措施 {file.measure.order}" if file.measure_id and file.measure else "",
    }
