# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes the reference pages that come from the code; `--check` only compares."""

import sys
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import click
from msgspec import NODEFAULT, Meta
from msgspec.structs import FieldInfo, fields

from hanze.cli import VERBS, group
from hanze.goals.catalogue.reading import shipped
from hanze.goals.indicators.definition import Definition, Dimension, Part, Texts
from hanze.ngsild.units import from_ucum
from hanze.node.config import Config
from hanze.node.metrics import METRICS
from hanze.node.pages import ROOMS
from hanze.node.policy import TYPES
from hanze.node.resources import OPERATIONS, ROOT
from hanze.web.people.roles import ROLES

HERE = Path(__file__).parent / "reference"


def command() -> str:
    """The help of every verb."""
    lines = ["# The command", "", "Made by `make docs` from the command itself.", ""]
    context = click.Context(group, info_name="hanze")
    for name in VERBS:
        verb = group.get_command(context, name)
        assert verb is not None
        lines += _help(verb, f"hanze {name}", context)
    return "\n".join(lines)


def _help(verb: click.Command, path: str, above: click.Context) -> list[str]:
    context = click.Context(
        verb, info_name=path.rpartition(" ")[2], parent=above, terminal_width=100, max_content_width=100
    )
    lines = [f"## {path}", "", *("    " + line if line else "" for line in verb.get_help(context).splitlines()), ""]
    if isinstance(verb, click.Group):
        for name, inner in verb.commands.items():
            lines += _help(inner, f"{path} {name}", context)
    return lines


def configuration() -> str:
    """Every key of hanze.toml."""
    lines = ["# Configuration: hanze.toml", "", "Made by `make docs` from `hanze.node.config`.", ""]
    for section in fields(Config):
        kind = section.type
        repeated = get_origin(kind) is tuple
        struct = get_args(kind)[0] if repeated else kind
        lines += [f"## [{'[' if repeated else ''}{section.name}]{']' if repeated else ''}", "", _summary(struct), ""]
        lines += ["| key | what to give | default |", "|---|---|---|"]
        lines += [f"| {field.name} | {_words(field.type)} | {_default(field)} |" for field in fields(struct)] + [""]
    return "\n".join(lines)


def metrics() -> str:
    """Every metric of a node."""
    lines = ["# Metrics", "", "Made by `make docs` from `hanze.node.metrics`.", ""]
    lines += [
        "`/metrics` has them in the text format of Prometheus (0.0.4): for the node's own machine, and for keys with the",
        "role officer or admin.", "",
        "| name | kind | meaning |", "|---|---|---|",
    ]  # fmt: skip
    lines += [f"| {name} | {kind} | {told} |" for name, (kind, told) in METRICS.items()] + [""]
    return "\n".join(lines)


def types() -> str:
    """Every type of entity that Hanze makes, and what /v1 offers."""
    lines = ["# Types and resources", "", "Made by `make docs` from the Structs that describe them.", ""]
    lines += [
        "Only its room writes an entity of such a type; everyone whom it is shown to reads it over NGSI-LD like any other. JSON",
        f"Schema of its simplified representation: `{ROOT}/types/NAME/schema`.", "",
    ]  # fmt: skip
    for one in TYPES:
        lines += [f"## {one.name}", "", f"{one.about} `{one.iri}`, written by the room *{one.room}*.", ""]
        lines += ["| attribute | what it says | term |", "|---|---|---|"]
        lines += [f"| {field.name} | {_words(field.type)} | `{one.attribute(field)}` |" for field in fields(one.facts)]
        lines += [""]
    lines += [f"## Resources of {ROOT}", "", f"All of them are described by `{ROOT}/openapi.json`.", ""]
    lines += ["| address | what it gives |", "|---|---|"]
    lines += [f"| `{ROOT}{one.path}` | {one.summary} |" for one in OPERATIONS] + [""]
    return "\n".join(lines)


def roles() -> str:
    """Who may do what, and who gives it."""
    lines = [
        "# Roles and rights",
        "",
        "Made by `make docs` from `hanze.web.people.roles` and the pages of the site.",
        "",
    ]
    lines += [
        "Everyone may read what the city made public. A person may have several roles and then may do all that they allow.",
        "An administrator gives roles, on a page or with `hanze person roles`; the first one is invited by `hanze person invite`.",
        "Who has a role that works for the city signs in with two factors: a link or a password, and a code of the own telephone.",
        "A passkey counts as both, for a device opens it only after a finger, a face or a PIN. The site shows the same table at",
        "`/en/roles`.", "",
        "| role | what it does | works for the city | rights to data | pages of the desk |", "|---|---|---|---|---|",
    ]  # fmt: skip
    pages = [page for room in ROOMS for page in room.pages if page.desk]
    for code, role in ROLES.items():
        found = [page.desk for page in pages if code in page.roles or page.right in role.rights]
        rights = ", ".join(sorted(role.rights)) or "what is public"
        lines.append(f"| {code} | {role.does} | {'yes' if role.staff else 'no'} | {rights} | {'; '.join(found)} |")
    return "\n".join([*lines, ""])


def indicators() -> str:
    """Every indicator that Hanze brings along: a table for each dimension, and what stands in each file."""
    found = shipped().values()
    lines = ["# Indicators", "", "Made by `make docs` from the files in `src/hanze/goals/catalogue`.", ""]
    lines += [
        f"Hanze brings {len(found)} indicators along, named and explained in English, Dutch and German.",
        f"{sum(one.waits is None for one in found)} of them come from data; the others wait for what a city enters or connects.",
        "",
    ]  # fmt: skip
    for dimension in get_args(Dimension):
        chosen = [one for one in found if one.dimension == dimension]
        lines += [f"## {dimension.capitalize()}", "", "| code | indicator | unit | better | goals | comes from |"]
        lines += ["|---|---|---|---|---|---|", *map(_row, chosen), ""]
        for one in chosen:
            lines += [f"### {one.code}", "", f"**{one.name.en}.** {one.says.en} {one.how.en}", "", *_facts(one), ""]
    return "\n".join(lines)


def _row(one: Definition) -> str:
    unit = one.words.en if one.words else from_ucum(one.unit).symbol
    goals = ", ".join(map(str, one.goals))
    comes = "what it waits for" if one.waits else "data"
    return f"| [{one.code}](#{one.code}) | {one.name.en} | {unit} | {one.better} | {goals} | {comes} |"


def _facts(one: Definition) -> list[str]:
    scale, reference = one.scale, one.reference
    names = {"U4SSC": reference.u4ssc, "ISO 37120": reference.iso37120, "JRC": reference.jrc, "CBS": reference.cbs}
    elsewhere = "; ".join(f"{list} {name}" for list, name in names.items() if name)
    marks = f"best {scale.best:g}, green {scale.green:g}, red {scale.red:g}, worst {scale.worst:g}"
    facts = [
        f"Targets {', '.join(one.targets)}. Period `{one.period}`, unit `{one.unit}`, {one.better} is better.",
        *(f"Part `{part.name}`: {_part(part)}." for part in one.part),
        f"Formula: `{one.formula}`." if one.formula else "",
        f"Scale: {marks}. Source: {scale.source}.",
        *(f"Line at {line.value:g}: {line.name.en} ({line.source})." for line in one.limits),
        f"Elsewhere: {elsewhere}." if elsewhere else "",
        f"Waits for: {one.waits.en}" if one.waits else "",
        f"In Dutch: {one.name['nl']}. In German: {one.name['de']}.",
    ]
    return [f"- {fact}" for fact in facts if fact]


def _part(part: Part) -> str:
    """What stands in its file: only what is not so by itself."""
    said = [
        f"{field.name} `{_shown(getattr(part, field.name))}`" for field in fields(Part)
        if not field.required and getattr(part, field.name) != field.default
    ]  # fmt: skip
    return ", ".join([part.what, *said])


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    if isinstance(value, Texts):
        return value.en
    return f"{value:g}" if isinstance(value, float) else str(value)


def _summary(struct: Any) -> str:
    return (struct.__doc__ or "").strip().partition("\n\n")[0].replace("\n", " ")


def _words(kind: Any) -> str:
    for part in (kind, *get_args(kind)):
        if get_origin(part) is Annotated:
            for note in get_args(part)[1:]:
                if isinstance(note, Meta) and note.description:
                    return note.description
    return "a value"


def _default(field: FieldInfo) -> str:
    if field.required:
        return "needed"
    value = field.default_factory() if field.default is NODEFAULT else field.default
    return f"`{value!r}`"


def main() -> None:
    stale = []
    made = {
        "command.md": command(),
        "configuration.md": configuration(),
        "metrics.md": metrics(),
        "types.md": types(),
        "roles.md": roles(),
        "indicators.md": indicators(),
    }
    for name, text in made.items():
        file = HERE / name
        if "--check" in sys.argv:
            stale += [] if file.exists() and file.read_text("utf-8") == text else [str(file)]
        else:
            file.write_text(text, "utf-8")
            print(f"wrote {file}")
    if stale:
        sys.exit(f"{', '.join(stale)}: not up to date; run 'make docs'")


if __name__ == "__main__":
    main()
