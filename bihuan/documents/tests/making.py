"""Papers as tests of the rooms ask for them: by the worker, of real rows, and everywhere nothing of what is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.conf import settings
from docx import Document

from bihuan.documents.actions.ask_paper import ask_paper
from bihuan.documents.actions.fetch_paper import fetch_paper
from bihuan.documents.models import MadePaper
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing, Refused
from bihuan.record.worker import run_until_idle


@dataclass(frozen=True)
class Paper:
    """One paper of a room, as a test puts it: `says` stands on it, each of `by` may have it, none of `never`."""

    code: str
    about: Any
    says: tuple[str, ...]
    by: tuple[str, ...]
    never: tuple[str, ...]


def made_of(kind: str, about: object, by: Actor, at: datetime, which: str = "docx") -> MadePaper:
    asked = ask_paper(kind=kind, about=str(about), which=which, by=by, at=at)
    run_until_idle(at=at + timedelta(minutes=1))
    asked.refresh_from_db()
    return asked


def fetched(made: MadePaper, by: Actor, at: datetime) -> bytes:
    return fetch_paper(made=made, by=by, at=at).data


def text_of(word: bytes) -> str:
    """All that a Word file says, cells included."""
    doc = Document(BytesIO(word))
    cells = [cell.text for table in doc.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in doc.paragraphs), *cells])


def may_have(kind: str, about: object, by: Actor, at: datetime) -> bool:
    try:
        return bool(ask_paper(kind=kind, about=str(about), which="docx", by=by, at=at))
    except (Missing, Refused):
        return False


def kept_files() -> dict[str, bytes]:
    """What lies in the store, as it lies there."""
    return {str(one): one.read_bytes() for one in settings.FILES_ROOT.rglob("*") if one.is_file()}
