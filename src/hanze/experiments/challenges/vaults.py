# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of calls outside of what is public: what is being written, applications, questions, the jury, and who wants mail.

Moments in microseconds. `ends`: since when the days of a row are counted, empty while they are not.
"""

from hanze.store.vault import Column, Vault

DAYS = 183
"""Half a year after the decision applications and scores are gone."""

DRAFTS = Vault(
    name="experiments_challenge",
    columns=(
        Column("code", required=True),
        Column("content", "json", required=True),
        Column("person", required=True),
        Column("state", required=True),
        Column("note", required=True),
        Column("what", required=True),
        Column("at", "integer", required=True),
    ),
    unique=(("code",),),
)
"""A challenge before it is published, or what is to be changed of one. `person`: who wrote last, and so does not publish.
`state`: writing, asked (a second person has to look), returned. `note`: what that person wants changed. `what`: what a change of a
published one changes, in words."""

SUBMISSIONS = Vault(
    name="experiments_submission",
    columns=(
        Column("id", required=True),
        Column("challenge", required=True),
        Column("organisation", required=True),
        Column("person", required=True),
        Column("content", "json", required=True),
        Column("sent", "json"),
        Column("language", required=True),
        Column("at", "integer", required=True),
        Column("sent_at", "integer"),
        Column("outcome", required=True),
        Column("why", required=True),
        Column("simulated", "integer", required=True),
        Column("ends", "integer"),
    ),
    unique=(("id",), ("challenge", "organisation")),
    index=(("person",), ("ends",)),
    retention=("ends", DAYS),
    person="person",
)
"""An application. `content`: as it is being written; `sent`: as it was sent, which alone is judged. `outcome`: chosen, not chosen,
or empty; `why`: what the applicant is told."""

QUESTIONS = Vault(
    name="experiments_question",
    columns=(
        Column("id", required=True),
        Column("challenge", required=True),
        Column("text", required=True),
        Column("language", required=True),
        Column("at", "integer", required=True),
    ),
    unique=(("id",),),
    index=(("challenge",), ("at",)),
    retention=("at", 60),
)
"""Questions that wait for an answer; who asked is not kept. One that is answered is public, and no longer here."""

JURORS = Vault(
    name="experiments_juror",
    columns=(
        Column("challenge", required=True),
        Column("person", required=True),
        Column("at", "integer", required=True),
        Column("declared", "integer"),
        Column("conflicts", "json", required=True),
        Column("tells", required=True),
        Column("ends", "integer"),
    ),
    unique=(("challenge", "person"),),
    index=(("person",), ("ends",)),
    retention=("ends", DAYS),
    person="person",
)
"""`declared`: when the juror said with which applications there is an interest (`conflicts`), and what (`tells`)."""

SCORES = Vault(
    name="experiments_score",
    columns=(
        Column("challenge", required=True),
        Column("submission", required=True),
        Column("person", required=True),
        Column("scores", "json", required=True),
        Column("at", "integer", required=True),
        Column("ends", "integer"),
    ),
    unique=(("submission", "person"),),
    index=(("challenge",), ("person",), ("ends",)),
    retention=("ends", DAYS),
    person="person",
)
"""`person`: the juror; `scores`: hanze.experiments.challenges.judging.Score by criterion."""

COUNTS = Vault(
    name="experiments_call_count",
    columns=(Column("challenge", required=True), Column("year", "integer", required=True), Column("raw", "json", required=True)),
    unique=(("challenge",),),
)  # fmt: skip
"""How many applied and won, by kind of organisation: for the figures of years, which need what is hidden by itself."""

WATCHERS = Vault(
    name="experiments_call_watcher",
    columns=(
        Column("token", required=True),
        Column("mail", required=True),
        Column("wanted", "json", required=True),
        Column("language", required=True),
        Column("asked", "integer", required=True),
        Column("confirmed", "integer"),
        Column("told", "json", required=True),
        Column("ends", "integer"),
    ),
    unique=(("token",),),
    index=(("mail",), ("ends",)),
    retention=("ends", 2),
)
"""Who wants a mail about calls that fit. `confirmed`: since when the address is known to be theirs; `told`: codes of calls."""

VAULTS = (DRAFTS, SUBMISSIONS, QUESTIONS, JURORS, SCORES, COUNTS, WATCHERS)
