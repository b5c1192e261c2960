"""What the events of this room are called on the audit page. Kinds are data; the words may change."""

from __future__ import annotations

_NODES = {
    "opened": "设立",
    "renamed": "更名",
    "moved": "调整隶属",
    "absorbed": "并入",
    "merged": "撤并",
    "closed": "撤销",
}

EVENT_WORDS: dict[str, str] = {
    **{f"unit.{verb}": f"单位{word}" for verb, word in _NODES.items()},
    **{f"party.{verb}": f"党组织{word}" for verb, word in _NODES.items()},
    "party.covered": "党组织对应单位变更",
    "unit.post_opened": "设岗位",
    "person.added": "登记人员",
    "person.corrected": "更正人员信息",
    "person.erased": "清除人员信息",
    "person.moved": "人员调动",
    "person.left": "人员离开",
    "person.post_taken": "到岗",
    "person.post_confirmed": "确认任岗的权限",
    "person.post_left": "离岗",
    "person.party_joined": "编入党组织",
    "person.hand_over_listed": "列出待移交事项",
    "person.handed_over": "移交事项",
    "account.opened": "开账号",
    "account.closed": "停用账号",
    "account.reopened": "启用账号",
    "account.password_changed": "修改密码",
    "account.password_reset": "重置密码",
    "account.signed_in": "登录",
    "account.signed_out": "退出登录",
    "account.locked": "连续失败锁定",
    "account.sign_in_failed": "登录失败",
    "account.second_failed": "第二步验证失败",
    "account.totp_set": "启用动态口令",
    "account.totp_ended": "停用动态口令",
    "account.codes_made": "换一组备用码",
    "account.recovery_used": "用备用码登录",
    "account.passkey_added": "登记通行密钥",
    "account.passkey_ended": "删去通行密钥",
    "account.passkey_doubted": "通行密钥疑似被复制，停用",
    "account.factors_reset": "重设第二步验证",
    "account.sessions_ended": "退出其他登录",
    "account.session_ended": "退出一处登录",
    "grant.given": "授权",
    "grant.revoked": "收回授权",
    "grant.ended": "授权到期",
    "hat.worn": "换身份",
    "portfolio.given": "定分管",
    "portfolio.ended": "交出分管",
    "portfolio.line_kept": "定业务线",
    "portfolio.line_ended": "停用业务线",
    "token.opened": "开访问令牌",
    "token.revoked": "收回访问令牌",
    "token.used": "令牌当天首次使用",
    "token.guessed": "有人连续试错令牌",
    "rules.published": "发布规则包",
    "rules.confirmed": "确认规则",
    "rules.days_set": "设定节假日",
    "rules.day_removed": "删去节假日",
}

#: keys and values of this room's events
DATA_WORDS: dict[str, str] = {
    "way": "方式",
    "hat": "身份",
    "was": "原来的身份",
    "line": "业务线",
    "categories": "类别",
    "left": "剩余",
    "passkey": "通行密钥编号",
    "passkeys": "通行密钥",
    "totp": "密码和动态口令",
    "recovery": "密码和备用码",
    "password_passkey": "密码和通行密钥",
    "passkey_alone": "通行密钥",
    "oidc": "统一身份认证",
    "oidc_totp": "统一身份认证和动态口令",
    "oidc_recovery": "统一身份认证和备用码",
    "oidc_passkey": "统一身份认证和通行密钥",
    "ldap": "目录账号",
    "ldap_totp": "目录账号和动态口令",
    "ldap_recovery": "目录账号和备用码",
    "ldap_passkey": "目录账号和通行密钥",
    "demo": "示范入口",
}


#: the name of a person whose data was erased on request
ERASED_NAME = "（已删除）"

#: what may hang on a unit or a party organisation: label and measure word
HANGING_WORDS: dict[str, tuple[str, str]] = {
    "child_units": ("下级单位", "个"),
    "people": ("在岗人员", "人"),
    "work": ("未办完的工作", "件"),
    "posts": ("岗位", "个"),
    "part_time": ("兼职人员", "人"),
    "party_links": ("党组织关系", "条"),
    "grants": ("授权", "条"),
    "child_orgs": ("下级党组织", "个"),
    "members": ("党员", "人"),
    "covered": ("覆盖单位", "个"),
}

#: what a page meets that was opened by another account: reason and way out
OTHER_TAB = (
    "这一页是另一个账号打开的，没有提交",
    "填的都还在这一页；用原来的账号登录再交，或重新打开这一页",
)
#: and by the same person under another hat
OTHER_HAT = (
    "这一页打开以后换过身份，没有提交",
    "填的都还在这一页；换回原来的身份再交，或重新打开这一页",
)


def locked(limit: int) -> str:
    return f"连续输错 {limit} 次，暂时不能再试"


def minutes_left(minutes: int) -> str:
    return f"{minutes} 分钟后再试"


def way_words(way: str) -> str:
    """How somebody came in; without a word it was the password alone."""
    return DATA_WORDS.get(way, "密码")
