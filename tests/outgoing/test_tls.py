# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""TLS: the certificate is checked against the name in the URL, although the connection goes to a checked address."""

import ssl
from pathlib import Path

import pytest

from hanze.errors import CallFailed
from hanze.outgoing import Client, Guard
from tests.outgoing.server import OK, always, serving

# A key and certificate for good.test that protect nothing; valid until 2126.
PEM = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4JU5MgJwLb+vEaK3
ufbtbCIFU5eUP1eWdoqYTRYIP6WhRANCAARaylpxgNFbV/W5wGGCZe1fM2mbmnkq
GKSXcSobhaXw4PxdEN7nkQucxbfO0aHASf5Sd6XAbqMRn1moEY1YzNu2
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUCtGwTerSZcBuPxG5O1ocHJbwKbEwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJZ29vZC50ZXN0MCAXDTI2MTEyNDAxMzgyM1oYDzIxMjYxMDMx
MDEzODIzWjAUMRIwEAYDVQQDDAlnb29kLnRlc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARaylpxgNFbV/W5wGGCZe1fM2mbmnkqGKSXcSobhaXw4PxdEN7nkQuc
xbfO0aHASf5Sd6XAbqMRn1moEY1YzNu2o2kwZzAdBgNVHQ4EFgQUubE5e1kcvXIN
SBm7onmNZZnNmpgwHwYDVR0jBBgwFoAUubE5e1kcvXINSBm7onmNZZnNmpgwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglnb29kLnRlc3QwCgYIKoZIzj0EAwID
SAAwRQIhANKJEG4bsQj72s/v1lOqSqyd5ua762VmmVk0sHKl7uCxAiBSQD/okhHK
XXGv4I/58rfFp6PG2zjHnSzmV43AL5Emow==
-----END CERTIFICATE-----
"""


class LocalNames(Guard):
    """Every name is on this machine."""

    async def addresses(self, host: str, port: int) -> list[str]:
        return ["127.0.0.1"]


@pytest.mark.anyio
async def test_certificate_is_for_the_name_in_the_url(tmp_path: Path) -> None:
    file = tmp_path / "good.pem"
    file.write_text(PEM)
    offered = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    offered.load_cert_chain(file)
    calls = Client(LocalNames(), tls=ssl.create_default_context(cadata=PEM[PEM.index("-----BEGIN CERT") :]))
    async with serving(always(OK), tls=offered) as server:
        for _ in range(2):
            assert (await calls.request("GET", f"https://good.test:{server.port}/")).body == b"ok"
        assert server.connections == 1
        assert server.asked[0].headers["host"] == f"good.test:{server.port}"
        with pytest.raises(CallFailed, match="certificate"):
            await calls.request("GET", f"https://other.test:{server.port}/")
        with pytest.raises(CallFailed, match="certificate"):
            await Client(LocalNames()).request("GET", f"https://good.test:{server.port}/")
    calls.close()
