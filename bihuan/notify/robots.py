"""Robots of group chats: 企业微信, 钉钉, 飞书. What is posted is plain text; the address is the secret.

apprise knows what an address of each looks like and what belongs into a message. The posting itself is done here:
these services answer 200 to a message they throw away and say so in the body, which apprise takes for delivered.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import requests
from django.conf import settings
from urllib3.exceptions import MaxRetryError

from bihuan.kernel.refused import Invalid
from bihuan.notify.words import ROBOTS as LABELS

PATIENCE_S = 10
#: where such a robot listens: host, path, and the key of the query that names it (none: the end of the path)
_PLACES = {
    "wecom": ("qyapi.weixin.qq.com", "/cgi-bin/webhook/send", "key"),
    "dingtalk": ("oapi.dingtalk.com", "/robot/send", "access_token"),
    "feishu": ("open.feishu.cn", "/open-apis/bot/v2/hook/", ""),
}
#: the scheme apprise gives an address of this kind
_SCHEMES = {"wecom": "wecombot", "dingtalk": "dingtalk", "feishu": "feishu"}


class Undelivered(Exception):
    """It surely did not arrive, for this reason: it may be sent again."""


class Unknown(Exception):
    """Nobody knows whether it arrived: it is not sent again."""


@dataclass(frozen=True, slots=True)
class Robot:
    """`address` is where the group's robot listens; `secret` signs, where the group asks for it."""

    kind: str
    address: str
    secret: str = ""

    def check(self) -> None:
        """Raises Invalid where the address is not one of this kind: nothing is ever sent anywhere else."""
        self._plugin()

    def post(self, text: str, *, mobiles: Sequence[str] = (), at: datetime) -> None:
        """Raises Undelivered or Unknown."""
        url, params, body = self._request(text, list(mobiles), at)
        # what requests would say names the address, and the address is the secret: `from None` keeps it out of logs
        try:
            answer = requests.post(url, params=params, json=body, timeout=PATIENCE_S, allow_redirects=False)
        except requests.RequestException as fault:
            never_left = isinstance(fault.args[0] if fault.args else None, MaxRetryError)
            if never_left or isinstance(fault, requests.ConnectTimeout):
                raise Undelivered(f"连不上{LABELS[self.kind]}") from None
            raise Unknown(f"{LABELS[self.kind]}没有回答，不知是否收到") from None
        if answer.status_code != requests.codes.ok:
            raise Undelivered(f"{LABELS[self.kind]}回答 HTTP {answer.status_code}")
        code = _code(answer)
        if code != 0:
            raise Undelivered(f"{LABELS[self.kind]}没有收：错误码 {code}")

    def _plugin(self) -> Any:
        """apprise's own reading of the address."""
        from apprise import Apprise  # it knows over a hundred services: loaded only where one is used

        token = _token(self.kind, self.address.strip())
        found = Apprise.instantiate(f"{_SCHEMES[self.kind]}://{token}/", suppress_exceptions=True)
        if not token or not found:
            raise Invalid(
                f"这不是{LABELS[self.kind]}群机器人的地址",
                f"从群设置里复制 Webhook 地址，以 https://{_PLACES[self.kind][0]}/ 开头",
                field="address",
            )
        return found

    def _request(self, text: str, mobiles: list[str], at: datetime) -> tuple[str, dict[str, str], dict]:
        plugin, stamp = self._plugin(), int(at.timestamp())
        if self.kind == "wecom":
            said = {"content": text, "mentioned_mobile_list": mobiles}
            return _at_home(self.kind, plugin.api_url), {}, {"msgtype": "text", "text": said}
        url = _at_home(self.kind, plugin.notify_url.format(token=plugin.token))
        if self.kind == "dingtalk":
            body = {
                "msgtype": "text",
                "text": {"content": text},
                "at": {"atMobiles": mobiles, "isAtAll": False},
            }
            signed = _sign(self.secret, f"{stamp * 1000}\n{self.secret}")
            return url, {"timestamp": str(stamp * 1000), "sign": signed} if self.secret else {}, body
        body = {"msg_type": "text", "content": {"text": text}}
        if self.secret:
            body |= {"timestamp": str(stamp), "sign": _sign(f"{stamp}\n{self.secret}", "")}
        return url.rstrip("/"), {}, body


def _sign(key: str, said: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), said.encode(), hashlib.sha256).digest()).decode()


def _code(answer: requests.Response) -> object:
    """The service's own verdict; anything that is not one counts as a refusal."""
    try:
        told = answer.json()
        return told.get("errcode", told.get("code", "?"))
    except (ValueError, AttributeError):
        return "?"


def _token(kind: str, address: str) -> str:
    """What names the robot in its address; empty where the address is not one of this kind. An installation of the
    service in the house itself (BIHUAN_ROBOT_HOSTS) has a host of its own."""
    host, path, key = _PLACES[kind]
    own, parts = settings.ROBOT_HOSTS.get(kind, ""), urlsplit(address)
    if (parts.scheme, parts.netloc) not in {("https", host), urlsplit(own)[:2]} or not parts.netloc:
        return ""
    if not key:
        return parts.path[len(path) :].strip("/") if parts.path.startswith(path) else ""
    return dict(parse_qsl(parts.query)).get(key, "") if parts.path.rstrip("/") == path else ""


def _at_home(kind: str, url: str) -> str:
    own, parts = urlsplit(settings.ROBOT_HOSTS.get(kind, "")), urlsplit(url)
    return urlunsplit((own.scheme, own.netloc, parts.path, parts.query, "")) if own.netloc else url
