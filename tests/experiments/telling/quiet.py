# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A story as a file of text: a street that was made quieter, from its challenge to what followed."""

from tests.experiments.trials.place import COMPARED, TREATED

MEASURED = 'outcome = { kind = "measured", type = "NoiseLevelObserved", attribute = "LAeq", unit = "2N", step = "day" }'

TEXT = f"""
language = "nl"
simulated = true
decided = "2026-01-20"

[[organisations]]
id = "stil"
name = "Stil BV"
kind = "company"
size = "micro"
locality = "city"
contact = "post@stil.example"

[[organisations]]
id = "zacht"
name = "Zacht en Zonen"
kind = "social enterprise"
size = "small"
locality = "region"
contact = "post@zacht.example"

[challenge]
code = "lawaai"
name = "Minder lawaai"
description = "Het is te hard."
published = "2025-12-01"
opens = "2025-12-02"
closes = "2026-01-05"
area = "N"
targets = ["11.6"]
call.text = "Maak het stiller."
call.decided = "2026-01-21"
call.rights = "Blijven van u."
call.routes = ["tender"]
call.criteria = [{{ name = "Stil", weight = 60 }}, {{ name = "Zuinig", weight = 40, sustainable = true }}]

[[challenge.questions]]
at = "2025-12-10"
question = "Mag het 's nachts?"
answer = "Nee."

[[applications]]
by = "stil"
sent = "2025-12-20"
chosen = true
why = "Het is echt stil."
offer.name = "Stille bus"
offer.what = "Rijdt stil."
offer.helps = "Minder lawaai."
offer.ready = "product"
offer.nature = "Stroom."
offer.cost = 9
offer.who = "Wij."

[[applications]]
by = "zacht"
sent = "2026-01-05T09:30"
chosen = false
why = "Te duur."
offer.name = "Zacht asfalt"
offer.what = "Dempt."
offer.helps = "Wat."
offer.ready = "idea"
offer.nature = "Oude banden."
offer.cost = 90
offer.who = "Wij."

[[jury]]
at = "2026-01-10"
judged.stil = {{ scores = [5, 4], why = "Ja." }}
judged.zacht = {{ scores = [2, 2], why = "Nee." }}

[[jury]]
at = "2026-01-11"
interests = ["zacht"]
tells = "Mijn neef werkt er."
judged.stil = {{ scores = [4, 4], why = "Goed." }}

[[jury]]
at = "2026-01-12"
judged.zacht = {{ scores = [3, 3], why = "Kan." }}

[agreement]
code = "geluid"
offered = "2026-01-22"
city = "2026-01-23"
partner = "2026-01-24"

[agreement.terms]
name = "Geluid delen"
about = "Om te horen of het stiller wordt."
city = "Testdam"
partner = "stil"
partnerName = "Stil BV"
purpose = "trial"
basis = "none"
starts = "2026-01-25"
ends = "2026-04-30"
contact = "data@testdam.example"
data = [{{ type = "NoiseLevelObserved", attributes = [{{ name = "LAeq", level = "PT1H" }}] }}]

[trial]
code = "straat"
name = "Stille straat"
question = "Wordt het stiller?"
description = "De bus rijdt op stroom."
opened = "2026-01-25"
area = "N"
goals = [11]
solution = "stil"
planted = -0.065
fixed = "2026-01-28T10:00"
started = "2026-02-09"
closed = "2026-03-10T14:00"

[trial.plan]
hypothesis = "Het wordt stiller in de straat."
better = "lower"
units = "things"
{MEASURED}
treated = {list(TREATED)}
compared = {list(COMPARED)}
since = "2026-01-10"
starts = "2026-02-09"
ends = "2026-03-05"
design = "did"
bought = 0.05

[trial.plan.exits]
looks = {{ first = 7, every = 7, most = 2 }}
reasons = [{{ kind = "harm", beyond = "above", threshold = 0.05, alpha = 0.05 }}]

[[trial.changes]]
at = "2026-02-01"
why = "De meter in het park doet niet mee."
plan = {{ compared = {list(COMPARED[:-1])} }}

[[trial.extensions]]
at = "2026-03-01"
until = "2026-03-08"
by = "De wethouder"
why = "Nog een week."

[[trial.follow_ups]]
at = "2026-03-10T14:00"
what = "buy"
why = "Het werkte."
owner = "Inkoop"
by = "2026-09-01"
route = "several offers"
budget = 1000
done = "2026-03-10T14:01"
came = "Besteld."
"""
