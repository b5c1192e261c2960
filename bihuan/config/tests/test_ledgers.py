"""A ledger from the command line: carried out in somebody's name, with the rules of the page."""

import pytest

from bihuan.config import facts, ledgers
from bihuan.kernel.refused import Refused
from bihuan.problems.models import Problem
from bihuan.record.models import Event

LEDGER = """序号,问题描述,责任单位,整改期限,整改情况
1,天车滑线防护罩缺失,热轧厂,2025年10月28日,
2,皮带机头轮护罩松动,不存在的分厂,2025年10月28日,
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "安全台账.csv"
    path.write_text(LEDGER, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_with_an_organisation_names_are_matched(world, file):
    verdicts = [row["verdict"] for row in ledgers.dry_run(file, at=world.at)["rows"]]
    assert verdicts[1] == "fix"
    assert verdicts[0] in ("ok", "guessed")
    assert not Problem.objects.exists()


@pytest.mark.django_db
def test_what_is_ready_is_taken_and_the_rest_is_left(world, file):
    by = ledgers.person_called(world.person("inspection_officer").staff_no, at=world.at)
    done = ledgers.take_in(file, by=by, home=facts.unit_called(""), at=world.at)
    assert Problem.objects.get().statement == "天车滑线防护罩缺失"
    assert ledgers.outcome(done).startswith("导入 1 行，已有 0 行，1 行没有导入")
    assert Event.objects.filter(kind="ledger.loaded", by_id=by.person_id).count() == 1


@pytest.mark.django_db
def test_the_rules_of_the_page_hold(world, file):
    outsider = ledgers.person_called(world.person("worker_a").staff_no, at=world.at)
    with pytest.raises(Refused):
        ledgers.take_in(file, by=outsider, home=world.unit("hot_mill"), at=world.at)
    with pytest.raises(Refused, match="没有工号"):
        ledgers.person_called("9999", at=world.at)
    assert not Problem.objects.exists()


def test_a_file_that_cannot_be_opened_is_refused(tmp_path):
    with pytest.raises(Refused, match="没有文件"):
        ledgers.content_of(tmp_path / "没有.xlsx")
    with pytest.raises(Refused, match="是文件夹"):
        ledgers.content_of(tmp_path)
