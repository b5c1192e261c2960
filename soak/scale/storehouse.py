"""OpenStack Swift with its S3 door, whole and in one process: `python -I storehouse.py FOLDER HOST PORT USER=SECRET …`.

Run by the Python that has Swift (scripts/store.py), so nothing of ours is imported. The servers are Swift's own, with
contents, containers and accounts on the disk; only that they share a process is of here. Two users of one account are
kept apart by what the owner grants (`s3_acl`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import eventlet

eventlet.monkey_patch()

from eventlet import listen, wsgi  # noqa: E402
from swift.common import storage_policy, utils  # noqa: E402
from swift.common.http_protocol import SwiftHttpProtocol  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.common.wsgi import loadapp  # noqa: E402

KINDS = ("account", "container", "object")
HASHES = """
[swift-hash]
swift_hash_path_prefix = bihuan
swift_hash_path_suffix = soak
[storage-policy:0]
name = one
default = yes
"""
COMMON = """
[DEFAULT]
swift_dir = {etc}
devices = {disks}
mount_check = false
log_level = CRITICAL
"""
KEEPER = """
[pipeline:main]
pipeline = keeper
[app:keeper]
use = egg:swift#{kind}
"""
DOOR = """
[pipeline:main]
pipeline = catch_errors listing_formats s3api tempauth bulk slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
s3_acl = true
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[filter:tempauth]
use = egg:swift#tempauth
"""


def serve(door: Any, app: Any) -> None:
    wsgi.server(door, app, protocol=SwiftHttpProtocol, log_output=False, debug=False)


def ring(etc: Path, kind: str, port: int) -> None:
    """One disk, one copy of everything."""
    builder = RingBuilder(4, 1, 0)
    place = {"ip": "127.0.0.1", "port": port, "replication_ip": "127.0.0.1", "replication_port": port}
    builder.add_dev({"id": 0, "region": 1, "zone": 1, "weight": 1, "device": "disk", "meta": "", **place})
    builder.rebalance()
    builder.get_ring().save(str(etc / f"{kind}.ring.gz"))


def main(folder: str, host: str, port: str, *users: str) -> None:
    etc, disks = Path(folder, "etc"), Path(folder, "disks")
    for place in (etc, disks / "disk"):
        place.mkdir(parents=True)
    (etc / "swift.conf").write_text(HASHES)
    common = COMMON.format(etc=etc, disks=disks)
    doors = {kind: listen(("127.0.0.1", 0)) for kind in KINDS}
    for kind, door in doors.items():
        ring(etc, kind, door.getsockname()[1])
        (etc / f"{kind}.conf").write_text(common + KEEPER.format(kind=kind))
    known = "\n".join("user_{} = {}".format(*user.split("=", 1)) for user in users)
    (etc / "door.conf").write_text(f"{common}{DOOR}{known}\n")
    utils.set_swift_dir(str(etc))
    storage_policy.reload_storage_policies()
    for kind, door in doors.items():
        eventlet.spawn(serve, door, loadapp(str(etc / f"{kind}.conf")))
    serve(listen((host, int(port))), loadapp(str(etc / "door.conf")))


if __name__ == "__main__":
    main(*sys.argv[1:])
