# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An entrepreneur with a telephone is told of a call that fits, applies, is chosen, signs an agreement, and has data with a key."""

import re
from typing import Any

import httpx2

from tests.browser import browser, needs_chromium
from tests.running import until
from tests.walks import calls
from tests.walks.person import Person
from tests.walks.phone import Phone
from tests.walks.quay import METER, NOISE, PASSWORD, Kade, link

MAIL = "fay@parklet.example"

FITS: dict[str, Any] = {"goals": ["11"], "kind": "company", "size": "micro", "place": "city"}

WHY = "Parklets can be there within a month."


@needs_chromium
def test_from_a_mail_about_a_call_to_data_with_a_key(kade: Kade) -> None:
    with (
        kade.somebody("Ida", "innovation-officer") as ida, kade.somebody("Egon", "editor") as egon,
        kade.somebody("Dora", "data-officer") as dora, kade.somebody("Jip", "juror") as jip,
        kade.somebody("Jap", "juror") as jap, browser() as chromium,
    ):  # fmt: skip
        fay = Phone(chromium.page("about:blank", width=390, height=844), kade.node.address)
        asks(fay, kade)
        code = calls.written(kade, ida, "A green quay")
        calls.published(egon, code)
        kade.passes(1)
        reads(fay, kade)
        comes_in(fay, kade)
        practises(fay, kade, code)
        applies(fay, kade, code)
        for juror in ("jip", "jap"):
            calls.seated(ida, code, f"{juror}@kadestad.example")
        kade.passes(10)
        for person in (jip, jap):
            calls.judged(person, code, (4, 5))
        calls.chosen(ida, code, WHY)
        decided(fay, kade)
        agreement = calls.offered(dora, kade, code, "Parklet")
        signs(fay, dora, agreement)
        fetches(fay, kade)
        assert not fay.page.complaints


def asks(fay: Phone, kade: Kade) -> None:
    """To be told of calls that fit: she says yes from a mail, as nobody else may do it for her."""
    fay.open("/en/challenges")
    fay.follow("Tell me of calls that fit")
    fay.send("Tell me by mail", mail=MAIL, **FITS)
    fay.sees(f"Look into the mail of {MAIL}")
    fay.open(link(kade.letter(MAIL)))
    fay.send("Yes, tell me")
    fay.sees("You get a mail for each call that fits.")


def reads(fay: Phone, kade: Kade) -> None:
    """The mail leads to the call, which says what happens after success, and whether she may apply."""
    letter = kade.letter(MAIL, "A call that fits you: A green quay")
    assert "A green quay" in kade.node.client.get("/en/challenges.atom").text
    fay.open(link(letter))
    fay.sees("A green quay", "You can apply until", "What a trial could show", "What happens after success", "€ 20,000")
    fay.follow("May I apply? Five questions")
    answers = {"kind": "yes", "size": "yes", "place": "yes", "own": "no"}
    fay.send("May I apply?", **answers)
    fay.sees("No, not as it is now.", "Yes is needed here.")
    fay.send("May I apply?", **{**answers, "own": "yes"})
    fay.sees("Yes, you may apply.")
    fay.follow("Apply")


def comes_in(fay: Phone, kade: Kade) -> None:
    """With a link to her own mail address she gets an account, and says for which company she speaks."""
    call = fay.at
    fay.sees("It takes less than an hour, also on a phone.")
    fay.send("Send me a link", mail=MAIL)
    fay.open(link(kade.letter(MAIL, "account")))
    fay.send("Make my account", name="Fay", password=PASSWORD)
    fay.open(call)
    fay.follow("My organisation")
    fay.send("Save", **{**calls.REGISTERED, "name": "Parklet", "kind": "company", "contact": "hello@parklet.example"})
    assert fay.at == call, fay.says
    fay.sees("You apply for Parklet.")


def practises(fay: Phone, kade: Kade, code: str) -> None:
    """Made-up data like those of the quay are there within two minutes."""
    fay.open(f"/en/challenge?id={code}")
    fay.follow("Practise with made-up data")
    fay.send("Make practice data")
    fay.wait("Your first call")
    fay.send("Make a key", name="a first try")
    line = str(fay.page.run("document.querySelector('#call-title').parentElement.querySelector('code').textContent"))
    key, tenant, address = re.findall(r'X-API-Key: (\S+)"|NGSILD-Tenant: (\S+)"|"(http\S+)"', line)
    answer = httpx2.get(address[2], headers={"x-api-key": key[0], "ngsild-tenant": tenant[1]}, timeout=30)
    assert answer.status_code == 200 and len(answer.json()) > 0, answer.text


def applies(fay: Phone, kade: Kade, code: str) -> None:
    """In steps; what is half done is kept, and what is missing is said."""
    fay.open(f"/en/challenge?id={code}")
    fay.follow("Apply")
    fay.send("Save, and go on", name="Parklets", what="Parklets take a lane.")
    fay.send("Save, and go on", **calls.TRIAL)
    fay.sees("What is missing", "How does that help with the problem?")
    fay.follow("How does that help with the problem?")
    fay.send("Save, and go on", helps="The road gets narrow.", ready="product", builds="OpenParklet\nOld wood")
    fay.open(f"/en/call/apply?id={code}&step=send")
    fay.sees("€ 18,000", "The call asks: Can you begin in five weeks?")
    fay.send("Send the application", **calls.HONEST)
    fay.sees("Your application is sent. Nobody reads it before the call closes.")
    assert "Parklets" in kade.letter(MAIL, "Your application arrived: A green quay")


def decided(fay: Phone, kade: Kade) -> None:
    """The mail has the reason, as have her own page and that of the call."""
    letter = kade.letter(MAIL, "Your application was chosen: A green quay")
    assert WHY in letter
    fay.open(link(letter))
    fay.sees(WHY, "Parklets", "How the jury judged")
    fay.open("/en/call/mine")
    fay.sees("Parklets", "chosen", WHY)


def signs(fay: Phone, dora: Person, agreement: str) -> None:
    """From her desk to the whole agreement in plain words; the data officer signs too."""
    fay.open("/en/desk")
    fay.follow("Read and sign: Noise of the quay for Parklet")
    fay.sees("to try something out in the city and see whether it works", "over at least a day", "Haven")
    fay.send("Sign", agree="yes")
    fay.sees("Parklet signed on", "Kadestad has not signed yet.")
    dora.open(agreement)
    dora.follow("Read and sign")
    dora.send("Sign", agree="yes")
    dora.sees("It runs now")


def fetches(fay: Phone, kade: Kade) -> None:
    """With a key she gets the mean of each day, and no more; everyone reads that she fetched."""
    fay.open(fay.at)
    fay.follow("Keys for your programs")
    fay.send("Make a key", name="Parklet meter")
    key = str(fay.page.run("document.querySelector('.to-copy code').textContent"))
    course = f"/temporal/entities/{METER}?attrs=LAeq&timerel=after&timeAt={kade.day(-3)}T00:00:00Z"
    means = f"{course}&options=aggregatedValues&aggrMethods=avg&aggrPeriodDuration"
    held = {"x_api_key": key}
    assert kade.node.api("GET", f"{means}=P1D").status_code == 404
    found = kade.node.ok("GET", f"{means}=P1D", **held)
    assert [round(mean) for mean, _since, _until in found["LAeq"]["avg"]] == [60, 60, 60]
    for path in (course, f"{means}=PT1H", f"/entities?type={NOISE}"):
        assert 'LAeq":' not in kade.node.api("GET", path, **held).text, path
    fay.follow("Noise of the quay for Parklet")

    def counted() -> bool:
        fay.open(fay.at)
        return "How often data was fetched" in fay.says

    until(counted, "the page of the agreement says how often data was fetched", 90)
