"""Words of English column headers, as systems export them: (field, trust, pattern of the words in lower case)."""

from __future__ import annotations

_SEE = r"(?:find|found|check|checked|inspect\w*|discover\w*|report|reported|audit\w*|rais\w*|identif\w*|patrol|creat\w*|observ\w*|detect\w*|issu\w*|open\w*|occur\w*|survey)"
_END = (
    r"(?:complet\w*|finish\w*|done|rectif\w*|actual\w*|resol\w*|fix\w*|correct\w*|implement\w*|end|closing)"
)
_ORG = r"(?:unit|units|dept|department|org|organi[sz]ation|team|workshop|plant|company|division|section|party|branch|mill)"
_WHO = r"(?:person|by|people|man|user|staff|name|officer|member|members|er)"
_WHEN = r"(?:time|date|day|at|on)"

ENGLISH: tuple[tuple[str, float, str], ...] = (
    (
        "seq_no",
        0.97,
        r"(?:s n|sn|seq|seq no|serial|serial no|serial number|index|item|item no|row|row no|sl no|sr no|no|number)",
    ),
    ("origin_no", 0.85, r".*\b(?:id|code|ref|reference|number|no)"),
    ("found_at", 0.95, rf"(?:{_SEE} ){{1,2}}{_WHEN}|{_WHEN} (?:of )?{_SEE}|{_SEE} {_WHEN} .*"),
    ("found_at", 0.8, rf"{_WHEN}"),
    (
        "found_by",
        0.95,
        rf"{_SEE} {_WHO}|inspectors?|auditors?|finders?|checkers?|observers?|reporters?|inspection team",
    ),
    ("found_unit", 0.95, rf"{_SEE} {_ORG}|inspecting {_ORG}"),
    (
        "unit",
        0.93,
        rf"(?:responsible|duty|owner|owning|rectif\w*|in charge|liable|accountable) {_ORG}(?: name)?",
    ),
    ("unit", 0.85, rf"{_ORG}(?: name)?"),
    ("assist_units", 0.93, rf"(?:assist\w*|support\w*|cooperat\w*) {_ORG}"),
    (
        "person",
        0.93,
        r"(?:responsible|duty|rectif\w*|action|charge|liable) (?:person|man|people|name|by|owner|party)|person (?:in charge|responsible)|owners?|assignees?|managers?|pic|handlers?|principal|responsible|assigned to",
    ),
    ("leader", 0.9, r".*\bleader"),
    ("place", 0.93, r"(?:.* )?(?:address|location|place|position|site|area|spot|zone)"),
    ("equipment", 0.9, r"(?:.* )?(?:equipment|device|machine|facility|asset)(?: name)?"),
    ("project", 0.85, r"(?:.* )?project(?: name)?"),
    (
        "statement",
        0.96,
        r"(?:.* )?(?:problem|issue|hazard|danger|finding|defect|nonconformity|non conformity|observation|violation)s?(?: (?:description|desc|content|detail|details|statement|info|found))?",
    ),
    ("statement", 0.9, r"(?:content|description|desc|statement|details?|finding description)"),
    ("basis", 0.88, r"(?:basis|clause|regulation|standard|legal basis|criteria)"),
    ("category", 0.9, r"(?:.* )?(?:type|category|class|kind|specialty|classification|discipline)"),
    ("grade", 0.92, r"(?:.* )?(?:grade|level|severity|priority|rank|risk)"),
    ("cause", 0.9, r"(?:root )?cause"),
    ("demand", 0.9, r"(?:.* )?(?:requirement|demand|suggestion|opinion|advice|recommendation)s?"),
    ("measure", 0.92, r"(?:.* )?(?:measure|action|solution|countermeasure|plan|remedy)s?"),
    (
        "due",
        0.95,
        rf"(?:due|deadline|dead line|time limit|limit {_WHEN}|target {_WHEN}|plan\w*(?: \w+)? {_WHEN}|expected(?: \w+)? {_WHEN}|required(?: \w+)? {_WHEN}|due {_WHEN})",
    ),
    ("done_at", 0.9, rf"(?:{_END} ){{1,2}}{_WHEN}|{_WHEN} (?:of )?{_END}|completed"),
    ("progress", 0.95, r"(?:.* )?(?:status|state|progress)"),
    ("progress", 0.6, r"(?:.* )?(?:status|state|progress) (?:num|no|code|id)"),
    ("progress_text", 0.7, r"(?:.* )?(?:report|result|feedback|situation|completion)"),
    ("closed_state", 0.9, r"(?:closed|closure|is closed|close status|verified|acceptance)"),
    (
        "verifier",
        0.92,
        r"(?:supervisor|verifier|acceptor|reviewer|(?:verif\w*|accept\w*|review\w*|confirm\w*|recheck\w*|clos\w*) (?:by|person|name))s?",
    ),
    ("verified_at", 0.92, rf"(?:verif\w*|accept\w*|review\w*|recheck\w*|confirm\w*|clos\w*) {_WHEN}"),
    ("source_name", 0.85, r"(?:.* )?source|inspection (?:name|type)"),
    ("shift", 0.9, r"(?:work )?shift"),
    ("deduction", 0.85, r"(?:deduction|penalty|fine|score)"),
    ("amount", 0.85, r"(?:amount|cost|money|budget|expense)"),
    ("remark", 0.95, r"(?:remark|note|comment|memo|others?)s?"),
)
