# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What `hanze.toml` may say: every section, key, meaning and default."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, Struct

from hanze.errors import ConfigurationError
from hanze.http.limits import Limits
from hanze.outgoing.mail_server import Security
from hanze.toml import parsed, text
from hanze.web.people.oidc import settings as oidc
from hanze.web.people.oidc.settings import Oidc

FILE = "hanze.toml"

LEAST_MEMORY = 200 << 20
"""Bytes of addresses that Python and a library take before they do anything."""

Name = Annotated[
    str, Meta(min_length=1, description='a type or attribute: a full IRI, or a plain name such as "Vehicle"')
]


class City(Struct, frozen=True, forbid_unknown_fields=True):
    """The city of this node."""

    code: Annotated[
        str,
        Meta(pattern="^[A-Za-z0-9][A-Za-z0-9-]{0,31}$", description='letters, digits and hyphens, such as "havendam"'),
    ] = "city"
    """Stands in the ids of what this node makes: urn:ngsi-ld:TYPE:CODE:…"""
    name: Annotated[str, Meta(min_length=1, description='the name of the city, such as "Havendam"')] = "City"
    timezone: Annotated[str, Meta(description='a time zone such as "Europe/Amsterdam"')] = "Europe/Amsterdam"
    """Days and months are those of this zone; times are stored in UTC."""


class Server(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the node listens."""

    host: Annotated[
        str, Meta(min_length=1, description='an address of this machine, such as "127.0.0.1" or "0.0.0.0"')
    ] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="a whole number from 0 to 65535, such as 9090")] = 9090
    base_path: Annotated[
        str,
        Meta(pattern="^(/[A-Za-z0-9._~-]+)*$", description='empty, or a path such as "/hanze" without a last slash'),
    ] = ""
    """The path under which a proxy shows the node."""
    trusted_proxies: Annotated[
        tuple[str, ...], Meta(description='a list of addresses or networks, such as ["127.0.0.1", "10.0.0.0/8"]')
    ] = ()
    """Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed."""


class PublicPart(Struct, frozen=True, forbid_unknown_fields=True):
    """A type that everyone may read, perhaps some attributes of it only."""

    type: Name
    attributes: Annotated[tuple[Name, ...], Meta(description='a list of names, such as ["location", "no2"]')] | None = (
        None
    )
    tenant: Annotated[str, Meta(description="the name of a tenant")] = ""


class AccessRules(Struct, frozen=True, forbid_unknown_fields=True):
    """What may be read without a key, and what only with a special one."""

    public: Annotated[
        tuple[Name | PublicPart, ...],
        Meta(description='a list such as ["Vehicle", {type = "Bike", attributes = ["location"]}]'),
    ] = ()
    restricted: Annotated[tuple[Name, ...], Meta(description='a list of types, such as ["Complaint"]')] = ()


class Retention(Struct, frozen=True, forbid_unknown_fields=True):
    """How long history is kept; without type and attribute: of all. The narrowest rule counts."""

    days: Annotated[int, Meta(ge=1, description="a whole number of days, at least 1")]
    type: Name | None = None
    attribute: Name | None = None


class Outgoing(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the node may call: all public addresses, and private ones that stand here."""

    allow: Annotated[
        tuple[str, ...], Meta(description='a list of addresses or networks, such as ["127.0.0.1", "10.1.0.0/16"]')
    ] = ()


class Compute(Struct, frozen=True, forbid_unknown_fields=True):
    """Processes for long calculations, such as making files and pictures smaller; they start when there is something to do."""

    workers: Annotated[int, Meta(ge=1, le=2, description="1 or 2")] = 1
    """How many run at once."""
    memory: Annotated[
        str, Meta(pattern="^[1-9][0-9]{0,3} (MB|GB)$", description='such as "1 GB" or "500 MB", at least "200 MB"')
    ] = "1 GB"
    """What each of them may take."""

    @property
    def memory_bytes(self) -> int:
        number, unit = self.memory.split()
        return int(number) << (30 if unit == "GB" else 20)


class Demo(Struct, frozen=True, forbid_unknown_fields=True):
    """A demonstration with invented data may do what the node of a real city may not."""

    clock: Annotated[bool, Meta(description="true or false")] = False
    """`hanze clock` may let its time run faster."""
    mails: Annotated[bool, Meta(description="true or false")] = False
    """Its mails are not sent but shown to everyone on a page."""


class Pages(Struct, frozen=True, forbid_unknown_fields=True):
    """The site of the city."""

    address: Annotated[
        str,
        Meta(
            pattern=r"^(https?://[^\s?#]*[^\s?#/])?$",
            description='such as "https://data.havendam.example", without a last slash',
        ),
    ] = ""
    """Where people reach the site, with the path of a proxy: stands in links that are sent. Empty: where the node runs."""
    background: Annotated[
        str, Meta(pattern=r"^[^/\\]+\.(geojson|pmtiles)$", description='a file of the folder, such as "map.geojson"')
    ] = ""
    """What lies under its maps: GeoJSON or one .pmtiles file."""
    languages: Annotated[
        tuple[str, ...], Meta(min_length=1, description='a list of codes, such as ["nl", "en"], the usual one first')
    ] = ("nl", "en")
    style: Annotated[str, Meta(pattern=r"^[^/\\]+\.css$", description='a file of the folder, such as "city.css"')] = ""
    """The look of the city: CSS custom properties and nothing else."""
    mark: Annotated[
        str, Meta(pattern=r"^[^/\\]+\.(svg|png|webp)$", description='a file of the folder, such as "mark.svg"')
    ] = ""
    """A picture beside the name of the city."""
    contact: Annotated[
        str, Meta(pattern=r"^([^@\s]+@[^@\s]+)?$", description='a mail address, such as "site@havendam.example"')
    ] = ""
    """Whom people write to about the site and its data."""


class MailServer(Struct, frozen=True, forbid_unknown_fields=True):
    """The server that takes the mails of the node; without it they wait."""

    host: Annotated[str, Meta(description='the name of a mail server, such as "smtp.havendam.example"')] = ""
    port: Annotated[int, Meta(ge=1, le=65535, description="a whole number from 1 to 65535, such as 587")] = 587
    security: Annotated[
        Security, Meta(description='"starttls", "tls" (from the beginning, mostly port 465) or "none"')
    ] = "starttls"
    sender: Annotated[
        str, Meta(pattern=r"^([^@\s]+@[^@\s]+)?$", description='a mail address, such as "city@havendam.example"')
    ] = ""
    """From whom mails come."""
    user: Annotated[str, Meta(description="the name that the server asks for, or nothing")] = ""
    password: Annotated[str, Meta(description="the password that the server asks for, or nothing")] = ""


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    city: City = City()
    server: Server = Server()
    access: AccessRules = AccessRules()
    limits: Limits = Limits()
    retention: tuple[Retention, ...] = ()
    outgoing: Outgoing = Outgoing()
    site: Pages = Pages()
    mail: MailServer = MailServer()
    oidc: Oidc = Oidc()
    compute: Compute = Compute()
    demo: Demo = Demo()

    @property
    def mails(self) -> bool:
        """Mails reach people, or are shown in a demonstration."""
        return bool(self.mail.host) or self.demo.mails

    @property
    def address(self) -> str:
        """Where people reach the site, with its base path, as far as the configuration tells."""
        host = f"[{self.server.host}]" if ":" in self.server.host else self.server.host
        return self.site.address or f"http://{host}:{self.server.port}{self.server.base_path}"


def load(folder: Path) -> Config:
    """The configuration of the node in this folder; ConfigurationError names file, key, value and fix."""
    file = folder / FILE
    if not file.is_file():
        raise ConfigurationError(
            f"{folder} is not a node's folder (it has no {FILE}); make one with 'hanze init {folder}', "
            "or name another folder with --folder."
        )
    return read(file, text(file))


def read(file: Path, content: str) -> Config:
    """What this text of the file configures. Errors: ConfigurationError."""
    config = parsed(file, content, Config)
    _check(file, config)
    return config


def _check(file: Path, config: Config) -> None:
    zone = config.city.timezone
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigurationError(
            f'{file}: city.timezone is "{zone}", which this machine does not know; give one such as "Europe/Amsterdam".'
        ) from None
    for key, values in (
        ("server.trusted_proxies", config.server.trusted_proxies), ("outgoing.allow", config.outgoing.allow)
    ):  # fmt: skip
        for value in values:
            check_network(f"{file}: {key}", value)
    _check_mail(file, config)
    oidc.check(file, config.oidc, config.site.address)
    if config.compute.memory_bytes < LEAST_MEMORY:
        raise ConfigurationError(f'{file}: compute.memory is "{config.compute.memory}"; give at least "200 MB".')
    names = {part if isinstance(part, str) else part.type for part in config.access.public}
    for both in sorted(names & set(config.access.restricted)):
        raise ConfigurationError(
            f'{file}: access.restricted names "{both}", and access.public too; take it out of one.'
        )


def _check_mail(file: Path, config: Config) -> None:
    mail = config.mail
    if mail.host and not mail.sender:
        raise ConfigurationError(f"{file}: mail.sender is missing; give a mail address, such as city@havendam.example.")
    if mail.password and mail.security == "none":
        raise ConfigurationError(
            f'{file}: mail.security is "none", so everyone on the way could read mail.password; give "starttls" or "tls".'
        )
    if mail.host and config.demo.mails:
        raise ConfigurationError(
            f"{file}: demo.mails shows mails instead of sending them; take [mail] or demo.mails out."
        )


def check_network(what: str, value: str) -> None:
    """ConfigurationError where the value is no address and no network."""
    try:
        ip_network(value)
    except ValueError:
        raise ConfigurationError(
            f'{what} has "{value}", which is no address or network; give one such as "127.0.0.1" or "10.0.0.0/8".'
        ) from None
