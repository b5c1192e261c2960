"""`python -m soak.scale.seed`: the group the scale series works in, and the keys its machines must share."""

from __future__ import annotations

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")

#: problems that wait for their closing: some for the races, the rest for the people who work under the axe
CLOSABLE, OVERDUE = 9, 1


def main() -> None:
    import django

    django.setup()
    from django.utils import timezone

    from bihuan.record.actions.seal import seal
    from soak.crash.seed import fill

    told = fill(CLOSABLE, OVERDUE)
    seal(at=timezone.now())  # the key of the seals is made by the first of them
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
