# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures of pages of the site: in each language, for a phone and a desk, light and dark."""

import base64
import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from tests.browser import Browser, Page

from hanze.web import cookies

LANGUAGES = ("nl", "en")

SIZES = ((390, 844), (1280, 800))

HIGHEST = 6000
"""Pixels; what stands below is on no picture."""

KEPT_HIGHEST = 2000
"""The same of pictures in the docs."""

QUALITY = 60


class Sight(msgspec.Struct, frozen=True):
    """A page: its address after the language, in which {drop} and {loaded} are the numbers of files that were dropped, and
    {challenge}, {trial} and {agreement} what somebody began (docs.deeds). `person`: somebody is signed in. `later`: after the
    night in which a trial stops that does harm. `kept`: its pictures stand in the docs. `empty`: in a city that was just made.
    `plain`: without what `make assets` builds. `paper`: as it is printed."""

    path: str
    person: bool = False
    later: bool = False
    kept: bool = False
    empty: bool = False
    plain: bool = False
    paper: bool = False


STATION = "urn:ngsi-ld:AirQualityObserved:havendam:01"

SIGHTS = {
    "front": Sight("", kept=True),
    "find": Sight("find?q=Oude+Rede", kept=True),
    "find-nothing": Sight("find?q=Atlantis"),
    "goals": Sight("goals", kept=True),
    "goal": Sight("goals/goal?number=11"),
    "goal-unknown": Sight("goals/goal?number=5"),
    "indicator": Sight("goals/indicator?code=waste-full", kept=True),
    "indicator-area": Sight("goals/indicator?code=noise-lden&area=HVD0101"),
    "indicator-year": Sight("goals/indicator?code=air-no2-year"),
    "indicator-waits": Sight("goals/indicator?code=women-council"),
    "check": Sight("goals/check?code=noise-lden&area=HVD"),
    "journeys": Sight("goals/journey"),
    "journey": Sight("goals/journey?number=11"),
    "target": Sight("goals/journey/target?subject=waste-full&year=2030", person=True),
    "question": Sight("goals/question"),
    "question-plan": Sight("goals/question/plan", person=True),
    "question-answers": Sight("goals/question/answers", person=True),
    "land": Sight("goals/land"),
    "plans": Sight("goals/plans"),
    "plan": Sight("goals/plan?id=molenakker-oost"),
    "plan-draw": Sight("goals/plan/draw", person=True),
    "review": Sight("goals/review"),
    "review-whole": Sight("goals/review/whole"),
    "review-write": Sight("goals/review/write?part=method", person=True),
    "help-journey": Sight("help/goals-journey"),
    "help-plan-draw": Sight("help/goals-plan-draw"),
    "areas": Sight("goals/areas"),
    "area": Sight("goals/area?code=HVD0101"),
    "area-city": Sight("goals/area?code=HVD"),
    "area-few": Sight("goals/area?code=HVD0201"),
    "compare": Sight("goals/compare?one=HVD01&other=HVD08"),
    "help-area": Sight("help/goals-area"),
    "challenges": Sight("challenges"),
    "challenge": Sight("challenge?id=bruggestraat"),
    "challenge-open": Sight("challenge?id=stille-vuurtorenlaan"),
    "challenge-new": Sight("challenges/new", person=True),
    "challenge-edit": Sight("challenges/edit?id={challenge}&step=judging", person=True),
    "challenge-draft": Sight("challenges/draft?id={challenge}", person=True),
    "challenge-desk": Sight("challenges/desk", person=True),
    "challenge-withdraw": Sight("challenge/withdraw?id=stille-vuurtorenlaan", person=True),
    "challenge-figures": Sight("challenges/figures"),
    "calls-tell": Sight("challenges/tell"),
    "call-fits": Sight("call/fits?id=stille-vuurtorenlaan"),
    "call-apply": Sight("call/apply?id=stille-vuurtorenlaan", person=True),
    "call-apply-stranger": Sight("call/apply?id=stille-vuurtorenlaan"),
    "call-mine": Sight("call/mine", person=True),
    "call-questions": Sight("call/questions?id=stille-vuurtorenlaan", person=True),
    "juries": Sight("jury", person=True),
    "jury": Sight("jury/call?id=koel-plein", person=True),
    "jury-members": Sight("jury/members?id=koel-plein", person=True),
    "jury-desk": Sight("jury/desk?id=koel-plein", person=True),
    "jury-desk-erased": Sight("jury/desk?id=bruggestraat", person=True),
    "jury-decide": Sight("jury/decide?id=koel-plein", person=True),
    "help-find-call": Sight("help/challenges"),
    "help-after": Sight("help/challenge"),
    "help-challenge": Sight("help/challenges-new"),
    "help-apply": Sight("help/call-apply"),
    "help-jury": Sight("help/jury-score"),
    "trials": Sight("trials"),
    "trial": Sight("trial?id=buurtpoort", kept=True),
    "trial-running": Sight("trial?id=avondkar"),
    "trial-prepared": Sight("trial?id={trial}"),
    "trial-stopped": Sight("trial?id=avondkar", later=True),
    "trial-survey": Sight("trial?id=buurtbus"),
    "trial-answer": Sight("trial/answer?id=buurtbus"),
    "trial-check": Sight("trial/check?id=buurtpoort"),
    "trial-cannot-tell": Sight("trial?id=aanhaakpunt"),
    "trial-evidence": Sight("trial/evidence?id=buurtpoort"),
    "trial-judge": Sight("trial/judge?id=buurtpoort", person=True),
    "learned": Sight("learned", kept=True),
    "learned-found": Sight("learned?q=verkeer"),
    "learned-stopped": Sight("learned", later=True),
    "dossier": Sight("dossier?id=bruggestraat"),
    "trial-new": Sight("trials/new", person=True),
    "trial-plan": Sight("trial/plan?id=avondkar&step=places", person=True),
    "trial-fix": Sight("trial/fix?id=avondkar", person=True),
    "trial-room": Sight("trial/room?id=buurtbus", person=True),
    "trial-start": Sight("trial/start?id=buurtbus", person=True),
    "trial-extend": Sight("trial/extend?id=avondkar", person=True),
    "trial-stop": Sight("trial/stop?id=avondkar", person=True),
    "trial-follow-up": Sight("trial/follow-up?id=buurtpoort", person=True),
    "trial-table": Sight("trial/table?id={trial}", person=True),
    "help-trial": Sight("help/trials-new"),
    "now": Sight("now", kept=True),
    "data": Sight("data", kept=True),
    "data-type": Sight("data/type?type=AirQualityObserved"),
    "data-map": Sight("data/type?type=AirQualityObserved&view=map&column=no2"),
    "thing": Sight(f"data/thing?id={STATION}", kept=True),
    "thing-course": Sight(f"data/thing?id={STATION}&history=no2"),
    "sources": Sight("sources", kept=True),
    "sources-staff": Sight("sources", person=True),
    "rules": Sight("rules"),
    "developers": Sight("developers"),
    "parts": Sight("developers/parts"),
    "help": Sight("help"),
    "help-front": Sight("help/front"),
    "help-now": Sight("help/now"),
    "help-find": Sight("help/find"),
    "help-table": Sight("help/data-type"),
    "help-source": Sight("help/sources-add"),
    "help-drop": Sight("help/data-drop"),
    "help-enter": Sight("help/goals-enter"),
    "help-sign-in": Sight("help/sign-in"),
    "help-passkeys": Sight("help/account-passkeys"),
    "agreements": Sight("agreements"),
    "agreement": Sight("agreement?id=avondkar"),
    "agreement-offered": Sight("agreement?id={agreement}", person=True),
    "agreement-ended": Sight("agreement?id=avondkar", later=True),
    "agreement-types": Sight("agreement/new", person=True),
    "agreement-draft": Sight("agreement/draft?types=NoiseLevelObserved", person=True),
    "agreement-sign": Sight("agreement/sign?id={agreement}", person=True),
    "agreement-stop": Sight("agreement/stop?id=avondkar", person=True),
    "agreement-keys": Sight("agreement/keys?id=avondkar", person=True),
    "organisation": Sight("organisation", person=True),
    "organisation-change": Sight("organisation/change", person=True),
    "organisation-invite": Sight("organisation/invite", person=True),
    "practice": Sight("practice?challenge=stille-vuurtorenlaan", person=True),
    "help-agreements": Sight("help/agreements"),
    "help-practice": Sight("help/practice"),
    "words": Sight("words"),
    "accessibility": Sight("accessibility"),
    "privacy": Sight("privacy"),
    "about": Sight("about"),
    "sorry": Sight("nowhere"),
    "mails": Sight("demo/mails"),
    "follow": Sight(f"follow?thing={STATION}"),
    "sign-in": Sight("sign-in", kept=True),
    "roles": Sight("roles"),
    "account": Sight("account", person=True),
    "where-signed-in": Sight("account/signed-in", person=True),
    "second-factor": Sight("account/second", person=True),
    "passkeys": Sight("account/passkeys", person=True),
    "name": Sight("account/name", person=True),
    "password": Sight("account/password", person=True),
    "erase": Sight("account/erase", person=True),
    "passkey": Sight("account/passkey", person=True),
    "desk": Sight("desk", person=True, kept=True),
    "clock": Sight("demo/clock", person=True),
    "start": Sight("start", person=True),
    "start-city": Sight("start/city", person=True),
    "start-look": Sight("start/look", person=True),
    "start-languages": Sight("start/languages", person=True),
    "start-source": Sight("start/source", person=True),
    "start-public": Sight("start/public", person=True),
    "start-indicator": Sight("start/indicator", person=True),
    "enter": Sight("goals/enter", person=True),
    "enter-one": Sight("goals/enter?indicator=voter-turnout", person=True),
    "enter-again": Sight("goals/enter?indicator=voter-turnout&area=HVD&period=2022", person=True),
    "start-colleagues": Sight("start/colleagues", person=True),
    "source-add": Sight("sources/add", person=True),
    "source-one": Sight("sources/one?name=havendam", person=True),
    "people": Sight("people", person=True),
    "invite": Sight("people/invite", person=True),
    "access-log": Sight("access-log", person=True),
    "drop": Sight("data/drop", person=True),
    "drop-look": Sight("data/drop/look?drop={drop}", person=True),
    "drop-mapping": Sight("data/drop/mapping?drop={drop}", person=True),
    "drop-loaded": Sight("data/drop/progress?drop={loaded}", person=True),
    "picture": Sight(f"data/picture?id={STATION}", person=True),
    "change": Sight(f"data/change?id={STATION}", person=True),
    "empty-front": Sight("", empty=True),
    "empty-now": Sight("now", empty=True),
    "empty-find": Sight("find?q=centrum", empty=True),
    "empty-data": Sight("data", empty=True),
    "empty-sources": Sight("sources", empty=True),
    "empty-rules": Sight("rules", empty=True),
    "plain-front": Sight("", plain=True),
    "plain-now": Sight("now", plain=True),
    "plain-desk": Sight("desk", person=True, plain=True),
    "plain-invite": Sight("people/invite", person=True, plain=True),
    "paper-front": Sight("", paper=True),
    "paper-now": Sight("now", paper=True),
    "paper-thing": Sight(f"data/thing?id={STATION}&history=no2", paper=True),
}
"""Name of the picture to what is on it."""


def take(
    chromium: Browser, address: str, names: Iterable[str], out: Path, session: str, fills: Mapping[str, str]
) -> Iterator[Path]:
    """Writes the pictures of some pages of the city at `address`; `fills`: what stands in addresses for names in braces."""
    for name, code in itertools.product(names, LANGUAGES):
        sight = SIGHTS[name]
        page = chromium.page("about:blank")
        if sight.plain:
            page.call("Network.setBlockedURLs", {"urls": ["*/built/*"]})
        told = {"name": cookies.SESSION, "value": session if sight.person else "", "url": address}
        page.call("Network.setCookie", told)
        for (width, height), dark in itertools.product(SIZES, (False, True)):
            if sight.paper and (dark or width != SIZES[-1][0]):
                continue
            page.size(width, height)
            page.colours(dark=dark)
            if sight.paper:
                page.call("Emulation.setEmulatedMedia", {"media": "print"})
            _settled(page, f"{address}/{code}/{sight.path.format(**fills)}")
            file = out / f"{name}-{code}-{width}-{'dark' if dark else 'light'}.webp"
            file.write_bytes(_picture(page, width, height, KEPT_HIGHEST if sight.kept else HIGHEST))
            yield file
        page.close()


def _settled(page: Page, url: str) -> None:
    """The page is there with its letters and its map. Only what draws by script is loaded anew for another size."""
    if page.run("location.href") != url or page.run("document.querySelector('[data-library]') !== null"):
        page.go(url)
    page.run("document.fonts.ready.then(() => true)")
    page.until("document.querySelector('[data-library]:not([data-moving])') === null")
    # Two frames, so that what was read last is drawn; tiles of a map come in half a second.
    wait = "document.querySelector('[data-moving]') ? 800 : 50"
    page.run(f"new Promise(done => setTimeout(() => requestAnimationFrame(() => done(true)), {wait}))")


def _picture(page: Page, width: int, height: int, highest: int) -> bytes:
    whole = int(page.run("Math.ceil(document.documentElement.getBoundingClientRect().height)"))
    # Parts that scroll are only drawn where the screen is: so the screen becomes as high as the picture.
    page.size(width, min(max(whole, height), highest))
    shot = {"format": "webp", "quality": QUALITY}
    return base64.b64decode(page.call("Page.captureScreenshot", shot)["data"])
