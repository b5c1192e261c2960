"""Erase a person's data on request (个人信息保护法 第四十七条): the name goes, the id and the events stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import (
    Account,
    BrowserSession,
    OldPassword,
    Passkey,
    Person,
    RecoveryCode,
    SecretTry,
    Totp,
)
from bihuan.org.policies import insist, may_manage_org
from bihuan.org.reads import open_work
from bihuan.org.words import ERASED_NAME
from bihuan.record.actions.append import append


@transaction.atomic
def erase_person(*, person: Person, by: Actor, at: datetime, request: str) -> Person:
    """Only for somebody who has left and answers for nothing any more. `request` says on what paper it rests."""
    insist(may_manage_org(by, (person.unit.path or "") if person.unit else ""))
    if not request.strip():
        raise Refused("没有写依据", "写上本人申请或单位决定的日期和编号", field="request")
    if person.left_on is None or person.left_on > local_day(at):
        raise Refused(f"{person.name}还在岗，工作需要这些信息", "先办离开，保存期满再删除")
    if lines := open_work(person.pk, at):
        raise Refused(f"名下还有 {len(lines)} 件工作没交接", "交接完再删除")
    replaced = (
        Person.objects.filter(pk=person.pk)
        .exclude(staff_no__startswith="erased-")
        .update(name=ERASED_NAME, sort_key="~", phone="", email="", title="", staff_no=f"erased-{person.pk}")
    )
    if not replaced:
        raise Stale("已经删除过了")
    account = Account.objects.filter(person=person).first()
    if account:
        for factors in (Totp, RecoveryCode, Passkey, SecretTry, OldPassword, BrowserSession):
            factors.objects.filter(account=account).delete()
        Account.objects.filter(pk=account.pk).update(
            username=f"erased-{account.pk}", is_active=False, password="!"
        )
    append(
        stream=f"person:{person.pk}",
        kind="person.erased",
        by=by,
        at=at,
        unit_id=person.unit_id,
        data={"request": request.strip()},
    )
    person.refresh_from_db()
    return person
