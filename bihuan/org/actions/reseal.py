"""Close every sealed secret of this room anew, with the newest key of the strongbox."""

from __future__ import annotations

from bihuan.org.models import Totp
from bihuan.record.strongbox import closed_anew

from .start_totp import purpose


def reseal() -> int:
    """Returns how many changed. A row that was replaced meanwhile is under the newest key anyway."""
    changed = 0
    for totp in Totp.objects.select_related("account").iterator():
        anew = closed_anew(totp.sealed, purpose(totp.account))
        if anew != totp.sealed:
            changed += Totp.objects.filter(pk=totp.pk, sealed=totp.sealed).update(sealed=anew)
    return changed
