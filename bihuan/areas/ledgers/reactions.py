"""What this room does when something happened elsewhere: its own jobs that died."""

from __future__ import annotations

from bihuan.record.models import Event, Job

from .actions.give_back import give_back

_OURS = ("ledgers.read", "ledgers.load")


def job_died(event: Event) -> None:
    """However a job died, also with its worker each time, the person gets the import back with the sentence."""
    if event.data.get("kind") not in _OURS:
        return
    job = Job.objects.filter(pk=event.stream.removeprefix("job:")).first()
    if job is not None and job.state == Job.State.DEAD:
        give_back(job_id=job.pk, why=job.error.rstrip("。"))
