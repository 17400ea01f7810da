# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the site keeps of people and for how long: made from the vaults that the node has, with words for each."""

from collections.abc import Iterable

import msgspec

from hanze.store.vault import Vault
from hanze.web.language import mark as _


class Words(msgspec.Struct, frozen=True):
    """English texts of the catalogues. `whom` is empty where it says nothing about anybody; `until`: how it ends, where the
    days of its vault do not tell."""

    what: str
    whom: str = ""
    why: str = ""
    until: str = ""


_ACCOUNT = _("as long as the account exists")

WORDS = {
    "people": Words(
        _("Name, mail address, language and roles of an account; a password only as a code that cannot be turned back."),
        _("who has an account"), _("To let you sign in, and to know what you may do."), _ACCOUNT,
    ),
    "sessions": Words(
        _("That you are signed in, since when, and the name of your browser."),
        _("who is signed in"), _("So that you need not sign in for each page."),
    ),
    "tickets": Words(
        _("The mail address to which a link for signing in or an invitation was sent."),
        _("who asked for a link or was invited"), _("So that a link works once only."),
    ),
    "passkeys": Words(
        _("The public half of a passkey, the name that you gave it, and when you used it last. What opens stays on your device."),
        _("who has a passkey"), _("To let you sign in without a password."), _("until you remove it, or the account is erased"),
    ),
    "identities": Words(
        _("That you come by your organisation, as a code of the name that it knows you by, and the roles that it gave you."),
        _("who signs in by an organisation"), _("To know you again the next time."),
        _("as long as the account exists; where the city erased it, the code stays, so that it remains closed"),
    ),
    "arrivals": Words(_("That somebody came back from signing in at an organisation, as a code.")),
    "attempts": Words(
        _("That somebody tried to sign in to an account, and how often in vain."),
        _("who tries to sign in"),
        _("So that nobody can guess a password."),
    ),
    "mails": Words(
        _("Your mail address, and what we write to you, until it is sent. Of a mail that cannot be delivered only your address."),
        _("who gets mail from the city"), _("So that a mail arrives also when the mail server does not answer at once."),
    ),
    "follows": Words(
        _("Your mail address, your language, and what you want to be told of."),
        _("who asked to be told by mail"), _("To tell you what is new."), _("until you stop it; two days where you never said yes"),
    ),
    "wishes": Words(
        _("What you answer to the yearly question, and the neighbourhood and goals that you choose with it. Not who you are."),
        _("who answers it"), _("To show it to everyone and to the council, once somebody of the city has looked at it."),
        _("as long as it is shown; at most a year where it is not"),
    ),
    "experiments_organisation": Words(
        _("The name, kind, size, place and mail address of an organisation that works with the city."),
        _("organisations that take part in trials"), _("To know with whom the city works, and to be fair to small ones."),
        _("as long as the city must account for what was done together"),
    ),
    "experiments_member": Words(
        _("For which organisation you speak, and since when."), _("partners"),
        _("So that only they sign and apply for it."), _("until you leave it, or the account is erased"),
    ),
    "experiments_agreement_proposal": Words(_("What the city and a partner want to agree on about data, before both have signed.")),
    "experiments_organisation_invited": Words(_("That an organisation invited somebody, as a code.")),
    "experiments_challenge": Words(
        _("What somebody of the city writes for a call, and by whom, as a code."), _("who opens challenges for the city"),
        _("So that a second person looks at it before everyone can read it."), _("until it is published"),
    ),
    "experiments_submission": Words(
        _("Your application for a call, and by whom it was written, as a code. Nobody else reads it before the call closes."),
        _("who applies"), _("So that a jury can judge it, and you get an answer with reasons."),
    ),
    "experiments_question": Words(_("Questions about a call that wait for an answer. Who asked is not kept.")),
    "experiments_juror": Words(
        _("That you sit in a jury, and with which applications you said that you have an interest."), _("members of a jury"),
        _("So that nobody judges what concerns them."),
    ),
    "experiments_score": Words(
        _("The scores that you gave in a jury, with your reasons."), _("members of a jury"),
        _("So that a decision can be checked."),
    ),
    "experiments_call_count": Words(_("How many applied for a call and won, by kind and size of organisation.")),
    "experiments_call_watcher": Words(
        _("Your mail address, your language, what you make and what you are, to find calls that fit."),
        _("who wants mail about calls"), _("To tell you of a call that fits, once."),
        _("until you stop it; two days where you never said yes"),
    ),
    "experiments_plan": Words(_("What somebody of the city writes for the plan of a trial, until it is fixed.")),
    "experiments_answer": Words(
        _("What you answer to the question of a trial, and the area that you choose with it; a code of your browser."),
        _("who answers it"), _("To count each browser once, and to tell how many answered what."),
    ),
    "experiments_look": Words(_("What looks at running trials worked out, by their days.")),
    "experiments_practice": Words(_("Which practice data there are, how far they are, and until when.")),
    "experiments_table": Words(_("Tables that are loaded for a trial: where, when, and a number.")),
    "attachments": Words(
        _("A picture that you added, the words to it, and by whom, as a code. Where and with what it was taken is left out."),
        _("who adds pictures"), _("To show it where it belongs."),
        _("until you remove it, or the account is erased; one day where you never sent its form"),
    ),
    "attachment_bodies": Words(_("The points of such a picture.")),
    "access_key": Words(
        _("The name and the rights of a key for programs; the key itself only as a code that cannot be turned back."),
        _("who got a key"), _("To let programs read or write data."), _("as long as the city needs the key"),
    ),
    "access_log": Words(
        _("Which data were read with which account or key, and how often. Of visitors without an account it keeps no trace."),
        _("who uses an account or a key"), _("To show afterwards who used data that are not public."),
    ),
    "access_audit": Words(
        _("Who of the city did what: gave a role, made a key, erased something. The name of an account is a code."),
        _("who works for the city"), _("To be able to account for what was done."), _("as long as the city must account for it"),
    ),
    "subscriptions": Words(
        _("The address of a computer that wants to be told of changes, and what it asked for."),
        _("who runs that computer"), _("To send the changes."), _("until the subscription is ended"),
    ),
    "access_agreement": Words(_("What an agreement about data opens, from when until when, and how often.")),
    "access_identity": Words(_("The public half of the keys by which the city signs.")),
    "access_declared": Words(_("Which kinds of data the city has declared.")),
    "subscription_contexts": Words(_("The meaning of words in messages between computers.")),
    "load": Words(_("How far the loading of a file has come.")),
    "drops": Words(
        _("The name of a file that somebody of the city wants to load, and by whom, as a code."),
        _("who loads files for the city"), _("So that the file can be looked at and corrected before it is loaded."),
    ),
    "drop_bodies": Words(_("What stands in such a file.")),
    "drop_refused": Words(_("Which rows of such a file could not be loaded, and why.")),
    "candidates": Words(
        _("An address of data that somebody of the city looks at, and what stood there."),
        _("who connects sources for the city"), _("So that a source can be looked at and corrected before it is added."),
    ),
    "settings_drafts": Words(
        _("A change of the settings of the site that was not written yet, and by whom, as a code."),
        _("who sets up the city"), _("So that a change can be looked at before it is written."),
    ),
    "settings_files": Words(_("The files that come with such a change.")),
    "sources": Words(_("How it went with each source of data.")),
    "brought": Words(_("Which source brought which data.")),
}  # fmt: skip
"""Name of a vault to what is said of it; a vault without words fails a test, for it may hold something about people."""


class Kept(msgspec.Struct, frozen=True):
    """`days`: after which it is gone at the latest, counted from its end; None where `words.until` tells."""

    words: Words
    days: int | None


class Cookie(msgspec.Struct, frozen=True):
    why: str
    until: str


COOKIES = (
    Cookie(_("That you are half-way in, until the second step."), _("at most 10 minutes")),
    Cookie(_("That you went to your organisation to sign in, until you are back."), _("at most 10 minutes")),
    Cookie(_("That you are signed in."), _("until you sign out, at most 30 days")),
    Cookie(
        _("That a form you send was on our own page; only where a page has a form."), _("until you close the browser")
    ),
)


def kept(vaults: Iterable[Vault]) -> list[Kept]:
    """What is kept of people, in the order of WORDS."""
    days = {one.name: None if one.retention is None else one.retention[1] for one in vaults}
    return [
        Kept(words, None if words.until else days[name]) for name, words in WORDS.items() if name in days and words.whom
    ]
