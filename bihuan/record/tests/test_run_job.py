"""What becomes of a job: done, tried again later, dead with a reason, restarted, called off."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from bihuan.kernel.refused import Refused, Stale
from bihuan.record.actions.cancel_job import cancel_job
from bihuan.record.actions.enqueue import enqueue
from bihuan.record.actions.restart_job import restart_job
from bihuan.record.actions.run_job import pause_before_retry
from bihuan.record.models import Event, Job, StoredFile
from bihuan.record.worker import run_until_idle

pytestmark = pytest.mark.django_db


def ask(clerk, at, **more):
    return enqueue(kind="toy.work", payload={"rows": 3}, by=clerk, at=at, **more)


def test_it_runs_with_its_payload_time_and_result(toys, clerk, at):
    seen = []

    def work(run):
        for done in range(run.payload["rows"]):
            run.progress(done + 1, run.payload["rows"], f"第 {done + 1} 行")
            row = Job.objects.get(kind__startswith="toy.")
            seen.append((run.at, row.percent, row.message))
        run.result["taken"] = 3

    toys(jobs={"toy.work": work})
    ask(clerk, at)
    assert run_until_idle(at=at).taken == 1
    job = Job.objects.get(kind__startswith="toy.")
    assert seen == [(at, 33, "第 1 行"), (at, 66, "第 2 行"), (at, 100, "第 3 行")]
    assert (job.state, job.result, job.percent, job.finished_on) == ("done", {"taken": 3}, 100, at)
    assert (job.claim, job.claimed_until, job.attempts) == ("", None, 1)


def test_progress_of_many_rows_writes_a_hundred_times(toys, clerk, at, django_assert_max_num_queries):
    def work(run):
        for done in range(20_000):
            run.progress(done, 20_000)

    toys(jobs={"toy.work": work})
    ask(clerk, at)
    with django_assert_max_num_queries(120):
        run_until_idle(at=at)


def test_not_before_its_time(toys, clerk, at):
    toys(jobs={"toy.work": lambda run: None})
    ask(clerk, at, run_at=at + timedelta(hours=1))
    assert run_until_idle(at=at).taken == 0
    assert run_until_idle(at=at + timedelta(hours=1)).taken == 1


def test_the_same_work_asked_for_twice_is_one_job(toys, clerk, at):
    first, second = ask(clerk, at, key="remind:17"), ask(clerk, at, key="remind:17")
    assert first == second and Job.objects.count() == 1


def test_it_is_tried_again_later_and_later_and_then_it_is_dead(toys, clerk, at):
    def work(run):
        raise ValueError("第 3 行的张三（身份证 110101199001011234）读不懂")

    toys(jobs={"toy.work": work}, max_attempts=3)
    job = ask(clerk, at)
    moment = at
    for attempt in (1, 2):
        assert len(run_until_idle(at=moment, loud=False).errors) == 1
        job.refresh_from_db()
        assert (job.state, job.attempts) == ("waiting", attempt)
        assert job.run_at == moment + pause_before_retry(job.pk, attempt)
        moment = job.run_at
    run_until_idle(at=moment, loud=False)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.finished_on) == ("dead", 3, moment)
    assert job.error.startswith("ValueError: ") and "test_run_job.py" in job.error
    assert "张三" not in job.error and "1990" not in job.error
    died = Event.objects.get()
    assert (died.kind, died.stream, died.data["asked_by"]) == ("job.died", f"job:{job.pk}", 7)


def test_pauses_double_up_to_an_hour_and_are_spread():
    assert [pause_before_retry(20, n).total_seconds() for n in (1, 2, 3, 8, 60)] == [30, 60, 120, 3600, 3600]
    assert len({pause_before_retry(pk, 1) for pk in range(20)}) == 20
    assert all(pause_before_retry(pk, 1) < timedelta(seconds=36) for pk in range(20))


@pytest.mark.parametrize(
    ("problem", "state", "words"),
    [
        (Refused("台账没有表头", "请核对后重新上传"), "dead", "台账没有表头；请核对后重新上传"),
        (Stale(), "waiting", "已被他人处理"),
    ],
)
def test_a_refusal_is_an_answer_but_stale_deserves_a_second_look(toys, clerk, at, problem, state, words):
    def work(run):
        raise problem

    toys(jobs={"toy.work": work})
    ask(clerk, at)
    run_until_idle(at=at)
    job = Job.objects.get(kind__startswith="toy.")
    assert (job.state, job.error, job.attempts) == (state, words, 1)


def test_a_failed_handler_leaves_nothing_behind_and_spoils_nothing(toys, clerk, at):
    def work(run):
        for _ in range(2):
            StoredFile.objects.create(sha256="a" * 64, size=1, mime="text/plain", kept_at=run.at)

    toys(jobs={"toy.work": work})
    ask(clerk, at)
    with pytest.raises(IntegrityError):
        run_until_idle(at=at)
    assert not StoredFile.objects.exists()
    assert Job.objects.get(kind__startswith="toy.").error.startswith("IntegrityError")


def test_work_of_a_room_that_is_gone_is_dead_with_a_sentence(clerk, at):
    enqueue(kind="gone.work", payload={}, by=clerk, at=at)
    run_until_idle(at=at)
    assert Job.objects.get().state == "dead"
    assert "不认识的任务种类" in Job.objects.get().error


def test_a_dead_job_gets_another_life(toys, clerk, system_admin, at):
    answers = [Refused("单位已撤并"), None]

    def work(run):
        if problem := answers.pop(0):
            raise problem

    toys(jobs={"toy.work": work})
    job = ask(clerk, at)
    run_until_idle(at=at)
    job.refresh_from_db()
    restart_job(job=job, by=system_admin, at=at)
    restarted = Event.objects.get(kind="job.restarted")
    assert (restarted.by_id, restarted.data) == (3, {"kind": "toy.work"})
    run_until_idle(at=at)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == ("done", 1, "")


@pytest.mark.parametrize(
    ("who", "state", "verb", "reason"),
    [
        ("clerk", "dead", restart_job, "只有系统管理员可以重办后台任务"),
        ("system_admin", "done", restart_job, "只有办不成的和已取消的才能重办"),
        ("outsider", "waiting", cancel_job, "只有发起人和系统管理员可以取消"),
        ("clerk", "done", cancel_job, "不能再取消"),
    ],
)
def test_it_refuses(request, clerk, at, who, state, verb, reason):
    job = ask(clerk, at)
    Job.objects.update(state=state)
    job.refresh_from_db()
    with pytest.raises(Refused, match=reason):
        verb(job=job, by=request.getfixturevalue(who), at=at)
    assert Job.objects.get(kind__startswith="toy.").state == state and not Event.objects.exists()


def test_who_comes_second_is_told(clerk, system_admin, at):
    job = ask(clerk, at)
    cancel_job(job=Job.objects.get(kind__startswith="toy."), by=clerk, at=at)
    with pytest.raises(Stale, match="已被他人处理"):
        cancel_job(job=job, by=system_admin, at=at)
    assert Event.objects.filter(kind="job.cancelled").count() == 1
