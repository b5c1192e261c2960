"""换文书模板: an office's own Word template for one kind of paper, or back to the shipped one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.documents.models import Template
from bihuan.documents.policies import may_put
from bihuan.kernel.actor import Actor
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.models import StoredFile


@transaction.atomic
def put_template(*, kind: str, file: StoredFile | None, name: str, by: Actor, at: datetime) -> Template:
    """From now on papers of this kind are made with it; what went out keeps its own files."""
    insist(may_put(by))
    row = Template.objects.create(kind=kind, file=file, name=name[:200], put_at=at, put_by_id=by.person_id)
    append(
        stream=f"template:{kind}", kind="template.put", by=by, at=at, subject=kind,
        data={"kind": kind, "sha256": file.sha256 if file else ""},
    )  # fmt: skip
    return row
