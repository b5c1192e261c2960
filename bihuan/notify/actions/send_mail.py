"""Send one mail, once: claim first, then send, and give the claim back only if it surely did not go out."""

from __future__ import annotations

from datetime import date, datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from bihuan.notify import words
from bihuan.notify.models import Line, Mail
from bihuan.notify.querysets import LineQuery
from bihuan.org.models import Person

MOST_LINES = 30
_PERMANENT = 500


def send_mail(
    *, person: Person, day: date, slot: str, lines: LineQuery, at: datetime, connection: Any
) -> bool:
    """Mail these lines under this slot of the person's day. False when there is nothing to send or it was
    sent before. `connection` is an open mail connection.

    A temporary refusal by the server releases the claim and raises SMTPException, so that the job tries
    again; a permanent one is noted. When the connection breaks nobody knows whether the mail arrived: the
    claim stays, because twice is worse than reading it in the product.
    """
    mail = _claim(person, day, slot, lines, at)
    if mail is None:
        return False
    try:
        connection.send_messages([_letter(person, mail, slot, connection)])
    except (SMTPRecipientsRefused, SMTPResponseException) as refused:
        code, said = _answer(refused)
        if code < _PERMANENT:
            mail.delete()
            raise
        Mail.objects.filter(pk=mail.pk).update(refusal=f"{code} {said}"[:200])
        return False
    except (SMTPException, OSError):
        Mail.objects.filter(pk=mail.pk).update(refusal=words.MAIL_UNKNOWN)
        raise
    Mail.objects.filter(pk=mail.pk).update(sent_on=at)
    return True


def _claim(person: Person, day: date, slot: str, lines: LineQuery, at: datetime) -> Mail | None:
    try:
        with transaction.atomic():
            mail = Mail.objects.create(person=person, day=day, slot=slot, claimed_on=at)
            if lines.to_mail(at).update(mail=mail):
                return mail
            mail.delete()
    except IntegrityError:
        pass
    return None


def _letter(person: Person, mail: Mail, slot: str, connection: Any) -> EmailMessage:
    lines = list(Line.objects.filter(mail=mail).order_by("id"))
    context = {
        "person": person,
        "lines": lines[:MOST_LINES],
        "more": len(lines) - MOST_LINES,
        "house": settings.PUBLIC_URL.rstrip("/"),
    }
    body = render_to_string("notify/mail.txt", context)
    subject = words.subject(len(lines), urgent=slot != "digest")
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [person.email], connection=connection)


def _answer(refused: SMTPRecipientsRefused | SMTPResponseException) -> tuple[int, str]:
    if isinstance(refused, SMTPRecipientsRefused):
        code, said = next(iter(refused.recipients.values()))
    else:
        code, said = refused.smtp_code, refused.smtp_error
    return code, said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
