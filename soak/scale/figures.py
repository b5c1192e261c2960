"""`python -m soak.scale.figures`: every registered figure as the safety officer sees it, read where the settings say."""

from __future__ import annotations

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")


def main() -> None:
    import django

    django.setup()
    from django.utils import timezone

    from bihuan.org.models import Person
    from bihuan.org.reads import actor_for
    from bihuan.registry import shelf
    from bihuan.registry.contract import Period, Scope

    at = timezone.now()
    actor = actor_for(Person.objects.select_related("unit").get(staff_no="2001"), at=at)
    told = {}
    for code, fact in shelf.facts().items():
        rows = list(fact.compute(Scope(actor), Period(None, None, ""), at))
        told[code] = [sum(row.numerator for row in rows), sum(row.denominator for row in rows)]
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
