"""Clear away what has no meaning any more: finished housekeeping jobs, old answers, sessions that
are over and half-received files."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from bihuan.record import vault
from bihuan.record.models import Job, WireCommand, WorkerSeen
from bihuan.registry import shelf

KEEP_JOBS = timedelta(days=30)
#: a command sent again later than this is a new one; phones come back from the mountains within weeks
KEEP_COMMANDS = timedelta(days=90)
KEEP_DRAFTS = timedelta(days=1)


def tidy(*, at: datetime) -> int:
    """Returns how many jobs went. Events, files, dead jobs and work somebody asked for are never touched;
    nor are jobs with a key, whose row is what keeps the same work from being done again."""
    hidden = [kind.code for kind in shelf.jobs().values() if not kind.show]
    old = Job.objects.filter(kind__in=hidden, state=Job.State.DONE, key=None, finished_on__lt=at - KEEP_JOBS)
    gone, _ = old.delete()
    WireCommand.objects.filter(done_at__lt=at - KEEP_COMMANDS).delete()
    WorkerSeen.objects.filter(seen_at__lt=at - KEEP_JOBS).delete()
    Session.objects.filter(expire_date__lt=at).delete()  # whoever read a sheet of people in has it in there
    vault.drop_drafts(before=at - KEEP_DRAFTS)
    return gone
