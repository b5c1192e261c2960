"""What the API tells of a problem. Codes are data, labels are for people; days are legal days in China."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field


class UnitRef(Schema):
    id: int
    name: str


class PersonRef(Schema):
    id: int
    name: str


class ClockOut(Schema):
    tone: str = Field(description="late、today、soon、later、stage、none、done")
    days: int | None = Field(description="离期限的天数，过了为负")
    words: str


class Measures(Schema):
    done: int
    count: int


class ProblemRow(Schema):
    number: str
    url: str = Field(description="接口地址")
    page: str = Field(description="页面地址")
    statement: str = Field(description="问题表述（原文）")
    unit: UnitRef = Field(description="责任单位")
    lead: PersonRef | None = Field(description="责任人")
    lead_text: str = Field(description="责任人（原文）")
    supervisor: UnitRef | None = Field(description="督办部门")
    source: str
    source_label: str
    state: str = Field(description="销号环节代码")
    state_label: str
    is_open: bool = Field(description="未销号")
    timing: str = Field(description="整改类型")
    progress: str = Field(description="责任单位自报的进度")
    grade: str
    restricted: bool = Field(description="限知悉")
    place: str
    category: str
    found_on: date | None
    due_on: date | None
    first_due_on: date | None = Field(description="首次期限，延期也不变")
    clock: ClockOut
    measures: Measures
    round: int = Field(description="整改轮次")
    repeated: bool = Field(description="已认定是重复发生")
    taken_over: bool = Field(description="接管的历史")
    raised_at: datetime
    changed_at: datetime
    version: int = Field(description="每办一步加一；办理时带上，可防止按旧情况作决定")


class ProblemList(Schema):
    items: list[ProblemRow]
    count: int = Field(description="符合条件的件数，超过一千只数到 1001")
    sentence: str = Field(description="列出的是什么，和台账页上那一句相同")
    next: str | None = Field(description="下一页的地址")
    previous: str | None = Field(description="上一页的地址")


class FileOut(Schema):
    id: int
    name: str
    role: str = Field(description="before 整改前、after 整改后、evidence 佐证、paper 附件")
    measure: int | None = Field(description="证明第几条措施")
    round: int
    mime: str
    size: int
    sha256: str = Field(description="原件的内容指纹")
    url: str = Field(description="下载地址；照片给出不含拍摄地点的展示件")
    added_at: datetime
    added_by: PersonRef | None


class MeasureOut(Schema):
    order: int
    text: str
    standard: str = Field(description="结果标准")
    owner: PersonRef | None
    due_on: date | None
    progress: str
    percent: int = Field(description="自报完成（%）")
    document_no: str
    files: list[int] = Field(description="本轮佐证的文件号")


class ThreadOut(Schema):
    seq: int
    kind: str
    title: str
    note: str
    text: str
    by: PersonRef | None
    by_kind: str
    occurred_at: datetime
    recorded_at: datetime
    late: bool = Field(description="补录")
    files: list[int]


class StepOut(Schema):
    step: str
    label: str
    url: str = Field(description="POST 到这里就是办这一步")
    ok: bool = Field(description="现在能不能办")
    reason: str = Field(description="不能办的原因")
    todo: str
    needs_files: bool = Field(description="只缺文件：随这一步交上文件就能办")


class CheckOut(Schema):
    label: str
    ok: bool
    detail: str
    todo: str


class ProblemOut(ProblemRow):
    origin_title: str
    equipment: str
    basis: str
    demand: str
    cause: str
    goal: str
    stage_goals: str
    due_note: str = Field(description="期限由来")
    found_by_name: str
    repeat_of: str | None = Field(description="与哪一件重复（编号），那一件看不到时为空")
    assisting: list[UnitRef] = Field(description="配合单位")
    extras: dict[str, Any] = Field(description="原表其他列")
    guessed: dict[str, Any] = Field(description="导入时推断的字段")
    measure_list: list[MeasureOut]
    files: list[FileOut]
    thread: list[ThreadOut] = Field(description="办理过程，新的在前")
    steps: list[StepOut] = Field(description="与本人有关的步骤，办不了的写明原因")
    checks: list[CheckOut] = Field(description="这一环节要过的检查")
    waiting_for: list[PersonRef] = Field(description="现在等谁办")


class Raised(Schema):
    number: str
    state: str
    state_label: str
    version: int
    url: str
    page: str


class Done(Raised):
    said: str = Field(description="办成了什么，接下来等谁")


class FileKept(Schema):
    id: str = Field(description="一天内有效；登记或办理时放进 files 里交上来")
    name: str
    sha256: str
    size: int


class SourceOut(Schema):
    code: str
    label: str
