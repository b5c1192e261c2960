"""A receiver on a real socket, that can be told how to answer, and that checks signatures as the manual says."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """`got` are the bodies taken in order; `answer` is the status it gives; None closes the connection mid-way."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.heads: list[dict[str, str]] = []
        self.answer: int | None = 204
        self.location = "http://127.0.0.1:1/"
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.heads.append(dict(self.headers))
                outer.raw = body
                if outer.answer is None:
                    self.connection.close()
                    return
                if 200 <= outer.answer < 300:
                    outer.got.append(json.loads(body))
                self.send_response(outer.answer)
                self.send_header("Location", outer.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.listened = [self.server]
        self.up()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def up(self) -> None:
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def down(self) -> None:
        """The port is closed: connections are refused, as when the machine is off."""
        self.server.shutdown()
        self.server.server_close()

    def back(self) -> Receiver:
        """The same address, listening again."""
        fresh = Receiver.__new__(Receiver)
        fresh.__dict__.update(self.__dict__)
        handler = self.server.RequestHandlerClass
        fresh.server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.listened.append(fresh.server)
        fresh.up()
        return fresh

    def end(self) -> None:
        """A socket closed under a thread that still polls it leaves that thread spinning on whatever gets the same
        number next, for as long as the process lives: everything after it took ten times as long."""
        for server in self.listened:
            server.shutdown()
            server.server_close()

    def signed(self, secret: str, within: int = 300, now: float = 0) -> bool:
        """As a receiver would: the last body, its signature, and that it is fresh."""
        parts = dict(part.split("=", 1) for part in self.heads[-1]["Bihuan-Signature"].split(","))
        said = hmac.new(secret.encode(), f"{parts['t']}.".encode() + self.raw, hashlib.sha256).hexdigest()
        return hmac.compare_digest(said, parts["v1"]) and abs(now - int(parts["t"])) <= within
