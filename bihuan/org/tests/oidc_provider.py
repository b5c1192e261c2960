"""A small OpenID Connect provider on loopback, real in what matters: it redirects, demands PKCE and the client's
secret, gives a code once, signs with a key of its own, and lies exactly as it is told."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "bihuan", "geheim-2025"


@dataclass
class Lies:
    """What the provider does wrong when a test wants it to."""

    claims: dict[str, Any] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    foreign_key: bool = False
    unsigned: bool = False
    refuse: bool = False
    issuer: str = ""
    userinfo_sub: str = ""


class Provider(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.key, self.other_key = RSAKey.generate_key(2048), RSAKey.generate_key(2048)
        self.staff_no, self.lies = "3002", Lies()
        self.codes: dict[str, dict[str, str]] = {}
        self.given = 0

    def __enter__(self) -> Provider:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def authorize(self, asked: dict[str, str]) -> str:
        """What the person's browser is redirected to."""
        if self.lies.refuse:
            return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        self.given += 1
        code = f"code-{self.given}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str], basic: str) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(form.get("code", ""), None)
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or basic != f"Basic {expected}" or asked.get("code_challenge") != challenge:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT, "sub": "u-1", "iat": now, "exp": now + 300,
            "nonce": asked.get("nonce", ""), "staff": self.staff_no,
        } | self.lies.claims  # fmt: skip
        claims = {key: value for key, value in claims.items() if key not in self.lies.without}
        token = jwt.encode({"alg": "RS256"}, claims, self.other_key if self.lies.foreign_key else self.key)
        if self.lies.unsigned:
            head = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
            token = f"{head}.{token.split('.')[1]}."
        return 200, {"access_token": "at-1", "token_type": "Bearer", "expires_in": 300, "id_token": token}


class _Talk(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def _say(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        house, parts = self.server, urlsplit(self.path)
        if parts.path == "/.well-known/openid-configuration":
            self._say(200, {
                "issuer": house.lies.issuer or house.url, "authorization_endpoint": f"{house.url}/authorize",
                "token_endpoint": f"{house.url}/token", "jwks_uri": f"{house.url}/keys",
                "userinfo_endpoint": f"{house.url}/userinfo",
            })  # fmt: skip
        elif parts.path == "/keys":
            self._say(200, {"keys": [house.key.as_dict(private=False)]})
        elif parts.path == "/userinfo" and self.headers["Authorization"] == "Bearer at-1":
            self._say(200, {"sub": house.lies.userinfo_sub or "u-1", "staff": house.staff_no})
        elif parts.path == "/authorize":
            asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
            self.send_response(302)
            self.send_header("Location", house.authorize(asked))
            self.end_headers()
        else:
            self._say(404, {})

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"] or 0)
        form = {key: values[0] for key, values in parse_qs(self.rfile.read(length).decode()).items()}
        self._say(*self.server.token(form, self.headers.get("Authorization", "")))
