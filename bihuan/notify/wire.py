"""One request to a receiver outside the house: only to where it may go, and never for long.

The name is resolved here, every address it has is judged, and the connection is made to the very address that
was judged: a name that points elsewhere a moment later gains nothing. Redirects are not followed.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from django.conf import settings

from bihuan.kernel.refused import Invalid

TIMEOUT_S, WHOLE_S = 8, 15
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_EXAMPLES = ipaddress.ip_network("3fff::/20")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unreachable(Exception):
    """It did not work; the message is a Chinese sentence without anything of the content."""


@dataclass(frozen=True, slots=True)
class Target:
    scheme: str
    host: str
    port: int
    path: str


def read_url(url: str) -> Target:
    """Raises Invalid (field url) for an address that cannot be one of a receiver."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host.encode("idna")
    except (ValueError, UnicodeError):
        raise Invalid("推送地址读不懂", "写成 https://主机名/路径 的样子", field="url") from None
    if parts.scheme not in ("http", "https") or not host or any(ord(c) < 33 for c in url.strip()):
        raise Invalid("推送地址不是 https 地址", "写成 https://主机名/路径 的样子", field="url")
    if parts.username or parts.password:
        raise Invalid("推送地址里不能有用户名和密码", "去掉 @ 前面的部分，用签名核对来源", field="url")
    if parts.scheme == "http" and not (_named(host) or _literal(host)):
        raise Invalid("推送地址没有加密", "改用 https；内网主机请系统管理员加进允许的主机", field="url")
    query = f"?{parts.query}" if parts.query else ""
    path = (parts.path or "/") + query
    if not path.isascii():
        raise Invalid("推送地址的路径里有汉字", "按 %E4 的样子转码", field="url")
    return Target(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path)


def addresses_of(target: Target) -> list[Address]:
    """The addresses behind the name, all of them allowed. Raises Unreachable, or Invalid when one is inside."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable("找不到这个主机名") from None
    addresses = [ipaddress.ip_address(str(info[4][0]).partition("%")[0]) for info in found]
    if _named(target.host):
        return addresses
    for address in addresses:
        if not _public(address) and not _inside(address):
            raise Invalid("推送地址指向内部网络", "请系统管理员把主机加进 BIHUAN_WEBHOOK_HOSTS", field="url")
        if target.scheme == "http" and not _inside(address):
            raise Invalid("推送地址没有加密", "改用 https", field="url")
    return addresses


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """POST and return the status. Raises Unreachable or Invalid; ends after WHOLE_S seconds whatever the other
    side does."""
    target = read_url(url)
    address = addresses_of(target)[0]
    connection = _Pinned(target, str(address))
    alarm = threading.Timer(WHOLE_S, connection.cut)
    alarm.daemon = True
    alarm.start()
    try:
        connection.request("POST", target.path, body=body, headers=headers)
        return connection.getresponse().status
    except ssl.SSLCertVerificationError:
        raise Unreachable("证书核对不上") from None
    except ssl.SSLError:
        raise Unreachable("加密连接建不起来") from None
    except TimeoutError:
        raise Unreachable("对方没有按时回答") from None
    except ConnectionRefusedError:
        raise Unreachable("对方没有在接收") from None
    except (OSError, HTTPException, ValueError):
        raise Unreachable("连接中断，或回答读不懂") from None
    finally:
        alarm.cancel()
        connection.close()


class _Pinned(HTTPConnection):
    """A connection to the address that was judged; the name serves for the certificate and the Host header."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT_S)
        self.address, self.secure = address, target.scheme == "https"
        if (target.scheme, target.port) in (("https", 443), ("http", 80)):
            self.port = target.port
            self.default_port = target.port

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), TIMEOUT_S)
        if self.secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """The alarm: a receiver that answers a letter a second must not hold a worker."""
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def _named(host: str) -> bool:
    """The installation allows this host by its name."""
    return host.lower() in {one.lower() for one in settings.WEBHOOK_HOSTS}


def _literal(host: str) -> bool:
    """Written as an address that the installation allows; or a name that may yet turn out to be one."""
    try:
        return _inside(ipaddress.ip_address(host))
    except ValueError:
        return bool(settings.WEBHOOK_HOSTS)


def _inside(address: Address) -> bool:
    """In a network that the installation allows."""
    for one in settings.WEBHOOK_HOSTS:
        try:
            if address in ipaddress.ip_network(one, strict=False):
                return True
        except ValueError:
            continue
    return False


def _public(address: Address) -> bool:
    """Out in the world, also where an IPv4 address is wrapped in an IPv6 one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _public(inner)
        if address.is_site_local or address in _EXAMPLES:  # given up, but houses still use them inside
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
