# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What trials keep that is not public: plans that are still being written, answers of residents, tables that were loaded."""

from hanze.store.vault import Column, Vault

DRAFTS = Vault(
    name="experiments_plan",
    columns=(
        Column("trial", required=True),
        Column("answers", "json", required=True),
        Column("at", "integer", required=True),
    ),
    unique=(("trial",),),
    retention=("at", 365),
    real=True,
)
"""`answers`: of the forms of the plan, by field."""

ANSWERS = Vault(
    name="experiments_answer",
    columns=(
        Column("trial", required=True),
        Column("wave", "integer", required=True),
        Column("area", required=True),
        Column("answer", "integer", required=True),
        Column("browser", required=True),
        Column("at", "integer", required=True),
        Column("simulated", "integer", required=True),
    ),
    unique=(("trial", "wave", "browser"),),
    index=(("trial", "wave"),),
    retention=("at", 1826),
    real=True,
)
"""`wave`: counted from 0; `area`: the code of an area; `answer`: its place in the plan. `browser`: the hash of something that this
browser holds with trial and wave, so that it answers once, and two waves cannot be laid beside each other."""

TABLES = Vault(
    name="experiments_table",
    columns=(
        Column("trial", required=True),
        Column("name", required=True),
        Column("hash", required=True),
        Column("rows", "blob", required=True),
        Column("at", "integer", required=True),
    ),
    unique=(("trial",),),
)
"""`rows`: JSON of unit, moment in microseconds and number; `hash`: SHA-256 of the file that they came from."""

LOOKS = Vault(
    name="experiments_look",
    columns=(
        Column("trial", required=True),
        Column("day", required=True),
        Column("at", "integer", required=True),
        Column("planned", "integer", required=True),
        Column("seen", "json", required=True),
    ),
    unique=(("trial", "day"),),
)
"""What looks at running trials estimated, which nobody reads before the end. `day`: up to the end of which the data counted;
`planned`: 1 for a look of the plan, 0 for one of each night, for harm; `seen`: hanze.experiments.trials.looking.looks.Seen."""

VAULTS = (DRAFTS, ANSWERS, TABLES, LOOKS)
