"""The lists of what is closed, and the pages above them, ask the same of the database for more."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.inspection.models import Task, TeamTask
from bihuan.areas.onsite.actions.list_interviewee import list_interviewee

from .test_clues import clue
from .test_complaints import complaint

pytestmark = pytest.mark.django_db
#: who, address, the most queries it may take
PAGES = (
    ("inspection_officer", "/onsite/", 40),
    ("team_leader", "/onsite/", 40),
    ("team_leader", "/onsite/{pk}/", 34),
    ("team_leader", "/onsite/{pk}/talks/", 34),
    ("inspection_officer", "/onsite/{pk}/talks/", 34),
    ("team_leader", "/onsite/{pk}/complaints/", 34),
    ("inspection_officer", "/onsite/{pk}/complaints/", 34),
    ("team_leader", "/onsite/{pk}/clues/", 28),
    ("team_leader", "/onsite/{pk}/drafts/", 30),
    ("member", "/onsite/{pk}/days/", 28),
    ("discipline", "/onsite/clues/{clue}/", 34),
)


def test_more_rows_ask_no_more(onsite, client_of):
    people = iter(("unit_head", "secretary", "liaison", "worker_a"))

    def fill() -> None:
        onsite.talk(), onsite.draft("signed"), complaint(onsite), clue(onsite, "transferred")
        person = onsite.world.person(next(people))
        list_interviewee(task=onsite.task, person=person, why="班子成员", **onsite.as_("team_leader"))

    one = clue(onsite, "transferred")
    clients = {word: client_of(word) for word, _, _ in PAGES}

    def asked() -> dict[tuple[str, str], int]:
        found = {}
        for word, address, _ in PAGES:
            with CaptureQueriesContext(connection) as queries:
                url = address.format(pk=onsite.task.pk, clue=one.pk)
                assert clients[word].get(url).status_code == 200, (word, url)
            found[word, address] = len(queries)
        return found

    fill()
    asked()  # the first page of a session also notes that somebody is here
    few = asked()
    fill(), fill()
    homes = {key for key in few if key[1] == "/onsite/"}
    now = asked()
    assert now == few
    other = Task.objects.get(pk=onsite.task.pk)
    other.pk, other.mode = None, "cross"
    other.save()
    TeamTask.objects.create(task=other, team=TeamTask.objects.get().team)
    more = asked()
    assert {key: more[key] for key in few if key not in homes} == {
        key: few[key] for key in few if key not in homes
    }
    assert {key: few[key] for key, most in ((one[:2], one[2]) for one in PAGES) if few[key] > most} == {}
    # as what somebody stands towards a task is asked task by task: so many queries for each, and no more
    assert all(more[key] - few[key] <= 6 for key in homes), {key: more[key] - few[key] for key in homes}
