# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What pages call the parts of an agreement, in English texts of the catalogues."""

from collections.abc import Mapping

from hanze.errors import mark as _
from hanze.experiments.agreements.terms import Basis, Publication, Purpose, Sharing

PURPOSE: Mapping[Purpose, str] = {
    "trial": _("to try something out in the city and see whether it works"),
    "research": _("for research of which the results become public"),
    "evaluation": _("to find out what a measure of the city did"),
    "service": _("to do a task for the city"),
    "education": _("for education"),
}

BASIS: Mapping[Basis, str] = {
    "none": _("There are no personal data in it."),
    "consent": _("The people whom it is about agreed to it (GDPR, article 6, 1a)."),
    "contract": _("It takes these data to keep a contract with the people whom it is about (GDPR, article 6, 1b)."),
    "legal obligation": _("A law asks for it (GDPR, article 6, 1c)."),
    "vital interests": _("It protects somebody's life (GDPR, article 6, 1d)."),
    "public task": _("It belongs to the public task of the city (GDPR, article 6, 1e)."),
    "legitimate interests": _("There is a good reason for it that weighs more than the harm (GDPR, article 6, 1f)."),
}

SHARING: Mapping[Sharing, str] = {
    "no": _("Hand the data on to nobody."),
    "consent": _("Ask the city before the data are handed on to somebody else."),
    "same terms": _("Hand the data on only to who keeps to the same terms."),
}

PUBLICATION: Mapping[Publication, str] = {
    "none": _("Nothing has to be published."),
    "results": _("Publish what came of it, also when it did not work."),
}

LEVELS: Mapping[str, str] = {
    "PT15M": _("a quarter of an hour"),
    "PT1H": _("an hour"),
    "P1D": _("a day"),
    "P7D": _("a week"),
}
"""Periods that can be chosen, ISO 8601."""

STATUS: Mapping[str, str] = {
    "draft": _("draft"),
    "offered": _("not signed yet"),
    "waiting": _("signed, begins later"),
    "running": _("it runs now"),
    "over": _("it is over"),
    "suspended": _("stopped for now"),
    "ended": _("ended early"),
    "withdrawn": _("not made"),
}
"""How it stands with an agreement."""

ROLE: Mapping[str, str] = {"data-officer": _("data officer"), "partner": _("partner")}

SIDE: Mapping[str, str] = {"city": _("the city"), "partner": _("the partner")}
