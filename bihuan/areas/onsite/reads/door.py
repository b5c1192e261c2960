"""The public page of a task: its address, whether it takes anything in, and what a receipt code tells.

An address is made from the task's id and a key of the strongbox, and kept nowhere: whoever copies the database cannot
make one, and no row must be made before the page exists.
"""

from __future__ import annotations

import hmac
from datetime import date

from django.conf import settings
from django.urls import reverse

from bihuan.areas.inspection import states as rounds
from bihuan.areas.inspection.models import Announcement, Task
from bihuan.areas.onsite import words
from bihuan.areas.onsite.models import Complaint, Submission
from bihuan.record.strongbox import digests

#: no letter that is read as another; sixteen of them are 80 bits
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS, BITS = 16, 5
_MISREAD = str.maketrans("OIL", "011")
_DOOR, _RECEIPT, _KEPT = "onsite.door", "onsite.receipt", "onsite.receipt-kept"


def _letters(digest: str) -> str:
    number = int(digest, 16) >> (4 * len(digest) - LETTERS * BITS)
    return "".join(ALPHABET[(number >> (BITS * place)) & 31] for place in reversed(range(LETTERS)))


def door_code(task_id: int) -> str:
    """What stands in the address: it cannot be guessed, and is the same for as long as the keys are."""
    return f"{task_id}-{_letters(digests(str(task_id), _DOOR)[0]).lower()}"


def address_of(task: Task) -> str:
    """The whole address of the public page, for a code that is posted."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('tell:page', args=[door_code(task.pk)])}"


def task_behind(code: str) -> Task | None:
    """The task whose address this is, once its announcement is posted."""
    ident, _, _ = code.partition("-")
    if not (ident.isascii() and ident.isdecimal() and len(ident) < 18):
        return None
    known = [f"{ident}-{_letters(one).lower()}" for one in digests(ident, _DOOR)]
    if not any(hmac.compare_digest(one.encode(), code.encode()) for one in known):
        return None
    found = Announcement.objects.filter(task_id=int(ident)).exclude(task__round__state=rounds.CANCELLED)
    posted = found.select_related("task__round", "task__org").first()
    return posted.task if posted else None


def takes_in(task: Task, day: date) -> bool:
    """From the day the announcement was posted until it ends, or the team leaves."""
    posted = task.announcement
    last = min(posted.accepts_until, task.left_on) if task.left_on else posted.accepts_until
    return posted.posted_on <= day <= last and task.round.state != rounds.ARCHIVED


def receipt_of(nonce: str) -> str:
    """The receipt code of one form. The form's own word makes it: sent twice, it is the same receipt."""
    return _letters(digests(nonce, _RECEIPT)[0])


def kept_of(code: str) -> str:
    """What is kept of a receipt code."""
    return digests(code, _KEPT)[0]


def in_fours(code: str) -> str:
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))


def state_of(typed: str) -> str | None:
    """What may be told to who has this receipt code (`words.TOLD_STATES`); None: there is no such code."""
    plain = "".join(one for one in typed.upper() if one.isalnum()).translate(_MISREAD)
    if len(plain) != LETTERS or not plain.isascii():
        return None
    kept = digests(plain, _KEPT)
    if Submission.objects.filter(receipt__in=kept).exists():
        return words.TOLD_STATES["registered"]
    state = Complaint.objects.filter(receipt__in=kept).values_list("state", flat=True).first()
    return words.TOLD_STATES[state] if state else None
