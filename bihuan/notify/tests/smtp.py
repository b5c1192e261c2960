"""A mail server on loopback, small and real: what it takes is kept, what it is told to refuse it refuses."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_bytes
from email.header import decode_header, make_header


class _Talk(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        server = self.server
        self.say("220 loopback")
        recipient = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ", 1)[0].upper()
            if verb == "QUIT":
                self.say("221 bye")
                return
            if verb == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
                self.say(server.refusals.get(recipient, "250 ok"))
            elif verb == "DATA":
                self.say("354 go on")
                body = self._body()
                if server.hangs_up:
                    return
                server.taken.append((recipient, message_from_bytes(body)))
                self.say("250 taken")
            else:
                self.say("250 ok")

    def _body(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)


class LoopbackSmtp(socketserver.ThreadingTCPServer):
    """`taken` holds (recipient, message); `refusals` maps a recipient to the server's answer."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken: list = []
        self.refusals: dict[str, str] = {}
        self.hangs_up = False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def texts(self, recipient: str) -> list[str]:
        return [m.get_payload(decode=True).decode() for to, m in self.taken if to == recipient]

    def subjects(self) -> list[str]:
        return [str(make_header(decode_header(m["Subject"]))) for _, m in self.taken]
