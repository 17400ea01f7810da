# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze.toml: every key, its default, its reference page, and what is said of a wrong one."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from hanze.errors import ConfigurationError
from hanze.node.config import FILE, Config, PublicPart, Retention, load

ROOT = Path(__file__).parents[2]

WHOLE = """
[city]
code = "havendam"
name = "Havendam"
timezone = "Europe/Brussels"

[server]
host = "0.0.0.0"
port = 8080
base_path = "/city/hanze"
trusted_proxies = ["127.0.0.1", "10.0.0.0/8", "::1"]

[access]
public = ["Vehicle", { type = "Bike", attributes = ["location"], tenant = "north" }]
restricted = ["Complaint"]

[limits]
body_bytes = 2048
page = 10
default_page = 5
batch = 7
parameters = 100
instances = 50
context_bytes = 4096
context_seconds = 1.5
request_context_seconds = 3.5
streams = 9
streams_of_address = 3

[[retention]]
days = 365

[[retention]]
days = 30
type = "Vehicle"
attribute = "location"

[outgoing]
allow = ["192.168.1.0/24"]

[site]
background = "town.geojson"
languages = ["en"]
address = "https://data.havendam.example"
style = "city.css"
mark = "mark.svg"
contact = "site@havendam.example"

[mail]
host = "mail.example.org"
port = 465
security = "tls"
sender = "city@example.org"
user = "city"
password = "secret"

[oidc]
issuer = "https://login.havendam.example"
client = "hanze"
name = "Havendam"
scopes = ["openid"]
mail = "upn"
proven = ""
groups = "teams"
roles = { data = ["data-officer"] }
new = "resident"
require_acr = ["loa3"]

[demo]
clock = true
"""


def written(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, "utf-8")
    return folder


def mistake(folder: Path, text: str) -> str:
    """The sentence about the file, without the file's name at its beginning."""
    with pytest.raises(ConfigurationError) as found:
        load(written(folder, text))
    assert found.value.detail.startswith(str(folder / FILE))
    return found.value.detail.removeprefix(str(folder / FILE))


def test_an_empty_file_is_all_defaults(tmp_path: Path) -> None:
    found = load(written(tmp_path, ""))
    assert found == Config()
    assert (found.server.host, found.server.port) == ("127.0.0.1", 9090)
    assert found.access.public == ()


def test_every_key_has_its_place(tmp_path: Path) -> None:
    found = load(written(tmp_path, WHOLE))
    assert found.city.timezone == "Europe/Brussels"
    assert found.server.trusted_proxies == ("127.0.0.1", "10.0.0.0/8", "::1")
    assert found.access.public == ("Vehicle", PublicPart("Bike", ("location",), "north"))
    assert found.retention == (Retention(365), Retention(30, "Vehicle", "location"))
    assert found.outgoing.allow == ("192.168.1.0/24",)
    # Each value above differs from its default: none was passed over.
    for section in ("city", "server", "access", "limits", "outgoing", "site", "mail", "oidc", "demo"):
        given, default = getattr(found, section), getattr(Config(), section)
        for field in fields(type(given)):
            if (section, field.name) == ("demo", "mails"):
                continue  # it excludes [mail]
            assert getattr(given, field.name) != getattr(default, field.name), f"{section}.{field.name}"


MISTAKES = [
    ("[citty]", ": there is no key citty; did you mean city?"),
    (
        "[colours]",
        ": there is no key colours; the keys here are city, server, access, limits, retention, outgoing, site, mail, oidc, "
        "compute, demo.",
    ),
    ("[server]\nprot = 1", ": there is no key server.prot; did you mean server.port?"),
    ("[[retention]]\ndays = 1\ntipe = 'x'", ": there is no key retention[0].tipe; did you mean retention[0].type?"),
    (
        "[access]\npublic = [{ type = 'A', atributes = [] }]",
        "access.public[0].atributes; did you mean access.public[0].attr",
    ),
    ("[server]\nport = '9090'", ': server.port is "9090"; give a whole number from 0 to 65535, such as 9090.'),
    ("[server]\nport = 65536", ": server.port is 65536; give a whole number from 0 to 65535, such as 9090."),
    ("[server]\nport = 90.5", ": server.port is 90.5; give a whole number"),
    ("[server]\nport = true", ": server.port is True; give a whole number"),
    ("[server]\nhost = ''", ': server.host is ""; give an address of this machine'),
    ("[server]\nbase_path = 'hanze'", ': server.base_path is "hanze"; give empty, or a path such as "/hanze"'),
    ("[server]\nbase_path = '/hanze/'", ': server.base_path is "/hanze/"; give empty, or a path'),
    ("[server]\ntrusted_proxies = '127.0.0.1'", ': server.trusted_proxies is "127.0.0.1"; give a list of addresses'),
    (
        "[server]\ntrusted_proxies = ['proxy']",
        ': server.trusted_proxies has "proxy", which is no address or network; give',
    ),
    (
        "[outgoing]\nallow = ['10.0.0.1/8']",
        ': outgoing.allow has "10.0.0.1/8", which is no address or network; give one',
    ),
    ("[city]\ncode = 'my city'", ': city.code is "my city"; give letters, digits and hyphens, such as "havendam".'),
    ("[city]\nname = ''", ': city.name is ""; give the name of the city'),
    (
        "[city]\ntimezone = 'Amsterdam'",
        ': city.timezone is "Amsterdam", which this machine does not know; give one such',
    ),
    ("city = 'Havendam'", ': city is "Havendam"; give a table.'),
    ("retention = { days = 3 }", ": retention is {'days': 3}; give a list of"),
    ("[[retention]]\ntype = 'A'", ": retention[0].days is missing; give a whole number of days, at least 1."),
    ("[[retention]]\ndays = 0", ": retention[0].days is 0; give a whole number of days, at least 1."),
    ("[access]\npublic = 'A'", ': access.public is "A"; give a list such as'),
    ("[access]\npublic = [5]", ": access.public[0] is 5; give a list such as"),
    ("[access]\npublic = [{ attributes = ['a'] }]", ": access.public[0].type is missing; give a type or attribute"),
    (
        "[access]\npublic = ['A']\nrestricted = ['A']",
        ': access.restricted names "A", and access.public too; take it out',
    ),
    ("[access]\npublic = [{ type = 'A' }]\nrestricted = ['A']", ': access.restricted names "A", and access.public too'),
    ("[limits]\npage = 0", ": limits.page is 0; give a number of entities, at least 1."),
    ("[limits]\nbody_bytes = 5", ": limits.body_bytes is 5; give a number of bytes, at least 1024."),
    ("[compute]\nmemory = '100 MB'", ': compute.memory is "100 MB"; give at least "200 MB".'),
    ("[compute]\nmemory = '2 TB'", ': compute.memory is "2 TB"; give such as "1 GB" or "500 MB"'),
    ("[compute]\nworkers = 8", ": compute.workers is 8; give 1 or 2."),
    ("[limits]\ncontext_seconds = '5s'", ': limits.context_seconds is "5s"; give a number of seconds.'),
]


@pytest.mark.parametrize(("text", "told"), MISTAKES, ids=[text.replace("\n", " ") for text, _ in MISTAKES])
def test_a_mistake_is_told_with_file_key_value_and_fix(tmp_path: Path, text: str, told: str) -> None:
    found = mistake(tmp_path, text)
    assert told in found
    assert found.endswith((".", "?"))
    assert "\n" not in found


@pytest.mark.parametrize(
    ("text", "line"), [("[city]\nname =\n\n", 2), ("[city]\n\n[[x]\n", 3), ("[city]\n[city]\n", 2)]
)
def test_what_is_not_toml_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    found = mistake(tmp_path, text)
    assert found.startswith(" is not TOML: ")
    assert f"line {line}" in found


def test_what_is_not_text_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b'[city]\nname = "caf\xe9"\n')
    with pytest.raises(ConfigurationError, match="is not UTF-8 text; save it as UTF-8"):
        load(tmp_path)


@given(st.text())
def test_no_text_whatever_is_more_than_a_sentence(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("config")
    (folder / FILE).write_text(text, "utf-8", errors="surrogatepass", newline="")
    try:
        load(folder)
    except ConfigurationError as error:
        assert error.detail.startswith(str(folder))


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)


@given(
    st.sampled_from([("city", "code"), ("server", "port"), ("access", "public"), ("limits", "page"), ("outgoing", "allow")]),
    st.recursive(SCALARS.filter(lambda value: value is not None), lambda inner: st.lists(inner, max_size=3), max_leaves=4),
)  # fmt: skip
def test_a_value_of_any_type_is_taken_or_told(
    tmp_path_factory: pytest.TempPathFactory, key: tuple[str, str], value: object
) -> None:
    folder = tmp_path_factory.mktemp("config")
    (folder / FILE).write_text(f"[{key[0]}]\n{key[1]} = {_toml(value)}\n", "utf-8", newline="")
    try:
        load(folder)
    except ConfigurationError as error:
        assert ".".join(key) in error.detail or "is not TOML" in error.detail


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(sign):08x}" for sign in value if not 0xD800 <= ord(sign) < 0xE000) + '"'
    return repr(value)


def test_the_reference_pages_are_in_step() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_reference_page_names_every_key() -> None:
    page = (ROOT / "docs" / "reference" / "configuration.md").read_text("utf-8")
    for section in fields(Config):
        _, found, rest = page.partition(
            f"## [[{section.name}]]" if section.name == "retention" else f"## [{section.name}]"
        )
        assert found
        table = rest.partition("\n## ")[0]
        kind = Retention if section.name == "retention" else section.type
        for field in fields(kind):
            assert f"| {field.name} | " in table
            assert f"| {field.name} | a value |" not in table
