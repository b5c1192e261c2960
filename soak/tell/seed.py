"""`python -m soak.tell.seed`: a task whose announcement is in force; prints the code of its page."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")


def main() -> None:
    import django

    django.setup()
    from django.utils import timezone

    from bihuan.areas.inspection.models import Announcement, Task
    from bihuan.areas.inspection.tests.story import Story
    from bihuan.areas.onsite.reads.door import door_code
    from bihuan.config.prepare import prepare
    from bihuan.kernel.moment import local_day
    from bihuan.org.tests.world import build

    now = timezone.now()
    prepare(now)
    story = Story(build(accounts=False))
    task = story.entered()
    # the world lives in its own year; the page asks for today's day
    Announcement.objects.filter(task=task).update(accepts_until=local_day(now) + timedelta(days=9))
    assert Task.objects.filter(pk=task.pk, left_on=None).exists()
    sys.stdout.write(json.dumps({"code": door_code(task.pk)}))


if __name__ == "__main__":
    main()
