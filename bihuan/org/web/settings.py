"""设置: what there is to set, only what this person may."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bihuan.org.permissions import Permission as P
from bihuan.ui.access import SIGNED_IN, view

#: (heading, ((label, note, address name, icon, permissions of which one is enough; () for everybody), …))
_PLACES = (
    (
        "人和单位",
        (
            (
                "首次使用",
                "四步走到哪里了",
                "steps",
                "list-check",
                (P.ORG_MANAGE, P.ACCOUNT_MANAGE, P.RULES_MANAGE),
            ),
            ("从 Excel 导入", "单位和人员，先试运行", "import", "file-import", (P.ORG_MANAGE,)),
            ("账号", "开账号、重置密码、停用", "accounts", "id-badge-2", (P.ACCOUNT_MANAGE,)),
            ("所有访问令牌", "谁让哪个程序进来，收回", "all-tokens", "key", (P.ACCOUNT_MANAGE, P.AUDIT_VIEW)),
            ("谁能做什么", "授权和收回", "grants", "shield-lock", (P.GRANT_MANAGE, P.AUDIT_VIEW)),
            ("领导分管", "谁分管哪些单位、哪条业务线，从哪天起", "portfolios", "users-group", ()),
            (
                "还没交接的工作",
                "有人调走或离开时留下的",
                "hand-overs",
                "switch-horizontal",
                (P.ORG_MANAGE, P.PROBLEM_REOWN_OWN),
            ),
        ),
    ),
    (
        "规则",
        (
            ("规则包", "期限、提醒、升级、延期，写明来源", "rules", "scale", (P.RULES_VIEW,)),
            ("节假日与调休", "工作日按它算", "days", "calendar-event", (P.RULES_VIEW,)),
        ),
    ),
    (
        "自己",
        (
            ("我的资料", "系统里关于我的一切，谁能看，留多久", "mine", "user", ()),
            ("登录验证", "动态口令、通行密钥、备用码，退出别处的登录", "second", "shield-check", ()),
            ("修改密码", "", "password", "key", ()),
            ("访问令牌", "让别的程序、手机日历用您的名义进来", "tokens", "link", ()),
        ),
    ),
)


@view(needs=SIGNED_IN)
def settings(request: HttpRequest) -> HttpResponse:
    groups = []
    for heading, places in _PLACES:
        shown = [
            {"label": label, "note": note, "url": reverse(f"org:{name}"), "icon": icon}
            for label, note, name, icon, needs in places
            if not needs or any(request.actor.may(code) for code in needs)
        ]
        if shown:
            groups.append((heading, shown))
    return render(request, "org/settings.html", {"groups": groups})
