"""A group-chat service on loopback: it takes what robots post, and answers as it is told, also with a 200 that
throws the message away, as the real ones do."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class RobotServer(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.got: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.status, self.answer, self.silent_s = 200, {"errcode": 0, "errmsg": "ok"}, 0.0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def end(self) -> None:
        self.shutdown()
        self.server_close()


class _Talk(BaseHTTPRequestHandler):
    server: RobotServer

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.server.got.append((parts.path, query, body))
        time.sleep(self.server.silent_s)
        said = json.dumps(self.server.answer).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        try:
            self.wfile.write(said)
        except OSError:
            pass  # nobody waits any more
