"""A real directory on loopback: OpenLDAP's slapd in a folder of its own, ended with the test."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path

BASE, ADMIN, ADMIN_PASSWORD = "dc=jinling,dc=example", "cn=admin,dc=jinling,dc=example", "admin-geheim"
SCHEMA, MODULES = Path("/etc/ldap/schema"), Path("/usr/lib/ldap")
_CONF = """\
include {schema}/core.schema
include {schema}/cosine.schema
include {schema}/inetorgperson.schema
pidfile {folder}/slapd.pid
modulepath {modules}
moduleload back_mdb
disallow bind_anon
database mdb
suffix "{base}"
rootdn "{admin}"
rootpw {password}
directory {folder}/db
access to attrs=userPassword by self auth by anonymous auth by * none
access to * by dn.exact="{admin}" read by * none
"""
_PERSON = """
dn: uid={uid},{base}
objectClass: inetOrgPerson
uid: {uid}
cn: {uid}
sn: {uid}
userPassword: {password}
{more}
"""


def slapd_here() -> str | None:
    found = shutil.which("slapd", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/libexec")
    return found if found and (SCHEMA / "core.schema").exists() else None


class Slapd:
    def __init__(self, folder: Path, people: list[tuple[str, str, str]]) -> None:
        """`people`: uid, password, staff number ("" for none)."""
        (folder / "db").mkdir()
        conf, ldif = folder / "slapd.conf", folder / "people.ldif"
        conf.write_text(
            _CONF.format(
                schema=SCHEMA, modules=MODULES, folder=folder, base=BASE, admin=ADMIN, password=ADMIN_PASSWORD
            )
        )
        head = f"dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\ndc: jinling\no: x\n"
        rows = [
            _PERSON.format(uid=uid, base=BASE, password=password, more=f"employeeNumber: {no}" if no else "")
            for uid, password, no in people
        ]
        ldif.write_text(head + "".join(rows))
        program = str(slapd_here())
        subprocess.run([program, "-T", "add", "-f", conf, "-l", ldif], check=True, capture_output=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"ldap://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [program, "-f", conf, "-h", self.url, "-d", "0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()

    def _wait(self) -> None:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        self.end()
        raise RuntimeError("slapd does not listen")

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(10)
