# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""[oidc] in hanze.toml: what may stand there, and what is said of a mistake."""

from pathlib import Path

import pytest

from hanze.errors import ConfigurationError
from hanze.node.config import FILE, load
from hanze.web.people.oidc.settings import Oidc, safe

SITE = '[site]\naddress = "https://data.havendam.example"\n'
LEAST = 'issuer = "https://login.havendam.example"\nclient = "hanze"\nname = "Havendam"\n'


def read(folder: Path, text: str) -> Oidc:
    (folder / FILE).write_text(text, "utf-8")
    return load(folder).oidc


def test_the_least_that_is_needed(tmp_path: Path) -> None:
    found = read(tmp_path, f"{SITE}[oidc]\n{LEAST}")
    assert (found.new, found.mail, found.proven, found.groups) == ("refuse", "email", "email_verified", "groups")
    assert read(tmp_path, "") == Oidc() and not Oidc().issuer


def test_groups_give_roles(tmp_path: Path) -> None:
    text = f'{SITE}[oidc]\n{LEAST}[oidc.roles]\n"hanze data" = ["data-officer", "editor"]\nall = ["administrator"]\n'
    found = read(tmp_path, text)
    assert found.roles == {"hanze data": ("data-officer", "editor"), "all": ("administrator",)}
    assert found.given == {"data-officer", "editor", "administrator"}


MISTAKES = [
    ('[oidc]\nclient = "hanze"', "oidc.issuer is missing; give the address of the provider, or take [oidc] out."),
    ('[oidc]\nissuer = "login.example"', 'oidc.issuer is "login.example"; give the address of the provider'),
    ('[oidc]\nissuer = "https://a.example/?x=1"', "oidc.issuer is"),
    (f"{SITE}[oidc]\nissuer = 'https://a.example'\nname = 'A'", "oidc.client is missing; give the name (client_id)"),
    (f"{SITE}[oidc]\nissuer = 'https://a.example'\nclient = 'a'", "oidc.name is missing; give what people call it"),
    (f"[oidc]\n{LEAST}", "site.address is missing, to which the provider sends people back"),
    (
        f"{SITE}[oidc]\n{LEAST.replace('https', 'http')}",
        'oidc.issuer is "http://login.havendam.example", so others could',
    ),
    (
        f"{SITE.replace('https', 'http')}[oidc]\n{LEAST}",
        'site.address is "http://data.havendam.example", so others could',
    ),
    (f"{SITE}[oidc]\n{LEAST}scopes = ['email']", 'oidc.scopes has no "openid", which the provider needs; add it.'),
    (f"{SITE}[oidc]\n{LEAST}new = 'editor'", 'oidc.new is "editor"; give "refuse" or "resident".'),
    (f"{SITE}[oidc]\n{LEAST}secret = 'x'", "there is no key oidc.secret"),
    (
        f"{SITE}[oidc]\n{LEAST}roles = ['editor']",
        "oidc.roles is ['editor']; give a table from a group to a list of roles",
    ),
    (
        f"{SITE}[oidc]\n{LEAST}[oidc.roles]\na = ['chief']",
        'oidc.roles gives "a" the role "chief", which is none; give some of resident, partner, juror, editor,',
    ),
    (f"{SITE}[oidc]\n{LEAST}[oidc.roles]\na = 'editor'", "oidc.roles is"),
]


@pytest.mark.parametrize(("text", "told"), MISTAKES, ids=[told[:40] for _, told in MISTAKES])
def test_a_mistake_is_told_with_file_key_value_and_fix(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigurationError) as found:
        read(tmp_path, text)
    assert found.value.detail.startswith(str(tmp_path / FILE)) and told in found.value.detail


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://a.example", True), ("http://127.0.0.1:4593/api", True), ("http://[::1]:80", True), ("http://localhost", True),
        ("http://a.example", False), ("http://localhost.evil.example", False), ("http://127.0.0.1.evil.example", False),
        ("ftp://127.0.0.1", False), ("javascript:alert(1)", False), ("//a.example", False), ("", False),
    ],
)  # fmt: skip
def test_nobody_can_listen_in(url: str, good: bool) -> None:
    assert safe(url) is good
