"""The words of papers in the audit trail, and how often they stand elsewhere."""

from __future__ import annotations

WHICH = (("docx", "Word"), ("pdf", "PDF"))

EVENT_WORDS = {
    "template.put": "换文书模板",
    "document.asked": "要文书",
    "document.made": "制作文书",
    "document.fetched": "取文书",
}
DATA_WORDS = {"about": "关于", "which": "格式", "confidential": "保密"}


def file_name(label: str, of: str, which: str) -> str:
    """巡察通知_热轧厂党委.docx."""
    return f"{label}_{of}.{which}" if of else f"{label}.{which}"
