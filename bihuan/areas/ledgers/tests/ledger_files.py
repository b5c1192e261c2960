"""Ledgers of the test world, as an office would hand them in."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

HEAD_1 = ["序号", "检查时间", "问题情况", None, None, "整改情况", None, None, None, "备注"]
HEAD_2 = [None, None, "责任单位", "问题描述", "问题类别", "整改措施", "责任人", "整改期限", "销号情况", None]
ROWS = [
    [
        "1",
        "2025.3.4",
        "加热炉车间",
        "2 号加热炉平台护栏缺一段，长约 2 米",
        "机械防护",
        "补焊护栏",
        "牛晓东",
        "2025.3.20",
        "已销号",
        "当月办结",
    ],
    [
        "2",
        "2025年8月11日",
        "精整车间",
        "天车吊钩防脱钩装置失灵，仍在吊运",
        "起重",
        "更换防脱钩装置",
        "任秀英",
        "10月底前",
        "整改中",
        "",
    ],
    [
        "3",
        "2025-08-12",
        "机修外委队",
        "检修现场氧气瓶与乙炔瓶间距不足 3 米",
        "气瓶",
        "重新摆放",
        "卫建平",
        "立行立改",
        "待整改",
        "外委",
    ],
]


def workbook(rows=None, *, title="热轧厂安全检查问题台账", foot="填表说明：本表每周五更新") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "问题汇总"
    sheet.append([title])
    sheet.append(HEAD_1)
    sheet.append(HEAD_2)
    for area in ("A1:J1", "A2:A3", "B2:B3", "C2:E2", "F2:I2", "J2:J3"):
        sheet.merge_cells(area)
    for row in ROWS if rows is None else rows:
        sheet.append(row)
    sheet.append([foot])
    content = BytesIO()
    book.save(content)
    return content.getvalue()
