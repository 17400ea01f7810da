# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze experiments verify"""

from pathlib import Path
from typing import Any

import click
import msgspec

from hanze.access.identity import Signature
from hanze.cli.folder import hand, option
from hanze.errors import BadRequestData, ConfigurationError


@click.command("verify")
@click.argument("what", metavar="TRIAL|EVIDENCE.json")
@option
def command(what: str, folder: Path) -> None:
    """Check that the plan of a trial is as it was fixed, and what was learned of it as it was signed.

    \b
    hanze experiments verify quiet-street
    hanze experiments verify evidence-quiet-street.json

    TRIAL is the last word of the address of its page, or its id: the chain of the versions of its plan is worked out once more,
    and each signature of its evidence is checked. EVIDENCE.json is what the page of a trial offers, of any city; it is checked
    without a node. Ends with 1 where something was changed or is missing.
    """
    wrong = _file(Path(what)) if what.endswith(".json") else _trial(what, folder)
    for sentence in wrong:
        click.echo(sentence, err=True)
    if wrong:
        raise SystemExit(1)


def _trial(trial: str, folder: Path) -> list[str]:
    with hand(folder, "hanze experiments verify") as node:
        found = node.run("experiments.verify", {"id": trial})
    for row in found["versions"]:
        changed = f"; changed: {', '.join(row['fields'])}" if row["fields"] else ""
        click.echo(f"{row['version']}  {row['at']}  {row['when']}{changed}\n   {row['hash']}")
    for row in found["evidence"]:
        click.echo(f"signed  {row['at']}  {row['verdict']}\n   {row['key']}")
    if not found["broken"]:
        signed = ", and each signature is in order" if found["evidence"] else ""
        click.echo(f"{found['name']}: each version is as it was fixed{signed}.")
    return list(found["broken"])


def _file(file: Path) -> list[str]:
    """Errors: ConfigurationError where it is no evidence."""
    from hanze.experiments.evidence import keeping

    try:
        told: dict[str, Any] = msgspec.json.decode(file.read_bytes(), type=dict[str, Any])
        card, signature = told["card"], msgspec.convert(told["signature"], Signature)
        name, verdict, city = card["trial"]["name"], card["verdict"], card["where"]["name"]
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read ({error.strerror}).") from None
    except (msgspec.MsgspecError, KeyError, TypeError):
        raise ConfigurationError(
            f"{file} is no evidence; give a file that the page of a trial offers under Data and origin."
        ) from None
    try:
        wrong = [one.said() for one in keeping.wrong(card, signature, None)]
    except BadRequestData as error:
        wrong = [error.detail]
    click.echo(f"{city}: {name}: {verdict}\n   {signature.key}")
    if not wrong:
        click.echo("It is as it was signed by this key. Whose key that is, the city tells at /v1/identity.")
    return wrong
