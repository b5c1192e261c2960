"""Photos and papers that go with the steps of one case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from bihuan.kernel.moment import CHINA
from bihuan.problems.actions.attach import Upload
from bihuan.problems.models import Measure

from . import papers, pictures
from .cases import Case
from .categories import causes
from .measures import is_rule


class Evidence:
    """`with_exif` cases carry photos of their own, with time and place; all others share the pool."""

    def __init__(self, case: Case, *, with_exif: bool = False) -> None:
        self.case, self.with_exif = case, with_exif
        self._variant = case.random.randrange(pictures.VARIANTS)

    def _photo(self, state: str, name: str, role: str, t: datetime, measure: int | None = None) -> Upload:
        scene = self.case.category.scene or "panel"
        taken = t.astimezone(CHINA).replace(tzinfo=None) if self.with_exif else None
        content = pictures.photo(scene, self._variant, state, taken)
        return Upload(BytesIO(content), f"{name}.jpg", role, measure)

    def found(self, t: datetime) -> Sequence[Upload]:
        """What the finder photographs; paper work has no scene."""
        if not self.case.category.scene or self.case.random.random() > 0.6:
            return ()
        return (self._photo("before", "整改前", "before", t),)

    def done(self, t: datetime, measure: int | None = None) -> Sequence[Upload]:
        if self.case.category.scene:
            return (self._photo("after", "整改后", "after", t, measure),)
        return (self._paper("情况说明", measure),)

    def for_measures(self, measures: Sequence[Measure], t: datetime) -> Sequence[Upload]:
        """Proof of each measure: a photo of the thing, a list, a printed paper."""
        files: list[Upload] = []
        for place, measure in enumerate(measures):
            if place == 0:
                files += self.done(t, measure.pk)
            elif is_rule(measure.text):
                files.append(self._paper("印发通知", measure.pk))
            else:
                files.append(self._list("排查清单" if place == 1 else "签到表", measure.pk))
        return files

    def documents(self, measures: Sequence[Measure], t: datetime) -> dict[int, str]:
        year = t.astimezone(CHINA).year
        short = self.case.unit.shown[:3]
        return {
            measure.pk: f"{short}安〔{year}〕{self.case.random.randrange(3, 60)}号"
            for measure in measures
            if is_rule(measure.text)
        }

    def cause(self) -> str:
        return self.case.random.choice(causes(self.case.category))

    def _paper(self, name: str, measure: int | None) -> Upload:
        category = self.case.category
        content = papers.pdf(
            f"{category.name}问题{name}", f"依据：{category.basis[0]}", "结论：已按要求完成，同意备查"
        )
        return Upload(BytesIO(content), f"{category.name}{name}.pdf", "evidence", measure)

    def _list(self, name: str, measure: int | None) -> Upload:
        rows = [(str(n), self.case.category.name, "合格" if n % 4 else "已整改") for n in range(1, 13)]
        content = papers.workbook(name, ("序号", "项目", "结果"), *rows)
        return Upload(BytesIO(content), f"{self.case.category.name}{name}.xlsx", "evidence", measure)
