"""What is sealed opens with the key, for its purpose, and with nothing else."""

from __future__ import annotations

import stat
from base64 import urlsafe_b64encode

import pytest

from bihuan.kernel.refused import Refused
from bihuan.record.strongbox import Lost, add_key, closed_anew, digests, shut_away, take_out


@pytest.fixture(autouse=True)
def house(tmp_path, settings):
    settings.KEYS_ROOT, settings.STRONGBOX_KEYS = tmp_path, []
    return tmp_path


def test_it_opens_for_its_purpose_only(house):
    sealed = shut_away("口令 JBSWY3DP", "totp:1")
    assert "JBSWY3DP" not in sealed and take_out(sealed, "totp:1") == "口令 JBSWY3DP"
    assert shut_away("口令 JBSWY3DP", "totp:1") != sealed
    for spoilt, purpose in (
        (sealed, "totp:2"),
        (sealed[:-2] + ("AA" if sealed[-2:] != "AA" else "BB"), "totp:1"),
        ("", "totp:1"),
        ("v1.x", "totp:1"),
        (sealed.replace("v1", "v2"), "totp:1"),
    ):
        with pytest.raises(Lost):
            take_out(spoilt, purpose)
    assert stat.S_IMODE((house / "strongbox.keys").stat().st_mode) == 0o600


def test_a_new_key_closes_and_the_old_ones_still_open(house):
    sealed, known = shut_away("x", "a"), digests("ABC", "r")
    assert add_key() == 2
    assert take_out(sealed, "a") == "x"
    assert known[0] in digests("ABC", "r") and len(digests("ABC", "r")) == 2
    anew = closed_anew(sealed, "a")
    assert anew.split(".")[1] != sealed.split(".")[1] and take_out(anew, "a") == "x"
    assert closed_anew(anew, "a") == anew
    newest = (house / "strongbox.keys").read_text().split()[0]
    (house / "strongbox.keys").write_text(newest)
    assert take_out(anew, "a") == "x"
    with pytest.raises(Lost, match="打不开"):
        take_out(sealed, "a")


def test_keys_from_outside_and_a_spoilt_file(house, settings):
    settings.STRONGBOX_KEYS = [urlsafe_b64encode(b"k" * 32).decode()]
    assert take_out(shut_away("x", "a"), "a") == "x" and not (house / "strongbox.keys").exists()
    with pytest.raises(Refused, match="BIHUAN_STRONGBOX_KEYS"):
        add_key()
    settings.STRONGBOX_KEYS = []
    for content in ("nonsense", "", "****"):
        (house / "strongbox.keys").write_text(content)
        with pytest.raises(Refused, match="坏了"):
            shut_away("x", "a")


def test_made_once_although_many_start_together(race, house):
    sealed = [outcome.value for outcome in race(lambda: shut_away("x", "a"), times=6)]
    assert {take_out(one, "a") for one in sealed} == {"x"}
    assert len((house / "strongbox.keys").read_text().split()) == 1
