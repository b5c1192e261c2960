"""What an installation may set for the pages of people without an account (ADR 27)."""

from __future__ import annotations

from typing import Any

import environ


def doors(env: environ.Env) -> dict[str, Any]:
    """TELL_MOST times one address may send or ask within TELL_WINDOW_S seconds, all together TELL_EACH_SECOND times each
    second, in each web process; a file may have TELL_FILE_MB. ADDRESS_HEADER is where the proxy in front says who asks
    (X-Real-IP), as META names it; empty: nobody stands in front. The address is counted, never kept."""
    header = env.str("BIHUAN_ADDRESS_HEADER", default="").upper().replace("-", "_")
    return {
        "TELL_MOST": env.int("BIHUAN_TELL_MOST", default=30),
        "TELL_WINDOW_S": env.int("BIHUAN_TELL_WINDOW_SECONDS", default=600),
        "TELL_EACH_SECOND": env.int("BIHUAN_TELL_EACH_SECOND", default=300),
        "TELL_FILE_MB": env.int("BIHUAN_TELL_FILE_MB", default=8),
        "ADDRESS_HEADER": f"HTTP_{header}" if header else "",
    }
