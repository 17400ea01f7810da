# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""No address that is not public is called, however it is written, unless the configuration allows it."""

from ipaddress import ip_address

import pytest

from hanze.errors import AddressRefused, CallFailed
from hanze.outgoing.guard import Guard

REFUSED = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1", "203.0.113.5", "224.0.0.1", "239.1.1.1",
    "255.255.255.255", "168.63.129.16", "::1", "::", "fe80::1", "fe80::1%1", "fc00::1", "fd00:ec2::254", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::",
    "2001:0:1::1", "2001:db8::1", "100::1", "5f00::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "172.15.255.255", "172.32.0.1", "145.97.1.1", "2a01:238::1", "2606:4700::1111", "100.128.0.1"]


@pytest.mark.parametrize("address", REFUSED)
def test_refused(address: str) -> None:
    assert not Guard().may(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert Guard().may(ip_address(address))


def test_allowed_by_configuration() -> None:
    guard = Guard(["127.0.0.1", "10.1.0.0/16", "fd00::/8"])
    assert guard.may(ip_address("127.0.0.1"))
    assert not guard.may(ip_address("127.0.0.2"))
    assert guard.may(ip_address("10.1.200.3"))
    assert not guard.may(ip_address("10.2.0.1"))
    assert guard.may(ip_address("fd00:ec2::254"))
    assert not guard.may(ip_address("::ffff:127.0.0.1"))


def test_literal() -> None:
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1 is no public address"):
        Guard().check_literal("10.0.0.1")
    Guard().check_literal("intranet.example")
    Guard(["10.0.0.0/8"]).check_literal("10.0.0.1")


@pytest.mark.anyio
@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "::1", "127.0.0.1"])
async def test_every_way_to_write_loopback(host: str) -> None:
    with pytest.raises(AddressRefused, match="is no public address"):
        await Guard().addresses(host, 80)


@pytest.mark.anyio
async def test_only_what_is_allowed_of_a_name() -> None:
    assert await Guard(["127.0.0.1"]).addresses("localhost", 80) == ["127.0.0.1"]


@pytest.mark.anyio
async def test_unknown_name() -> None:
    with pytest.raises(CallFailed, match="cannot be resolved"):
        await Guard().addresses("nowhere.invalid", 80)
