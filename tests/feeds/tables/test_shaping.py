# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What rows become: kinds, units, names, ids and places."""

from pathlib import Path

import pytest

from tests.feeds.tables.making import BASE, observed, reasons, table

LONG = """
type = "Observed"
id = "urn:ngsi-ld:Observed:{station}"
[time]
column = "start"
[[attribute]]
name = "{component}"
column = "value"
"""


def attribute(settings: str) -> str:
    """A mapping without time, with one attribute."""
    return BASE + f'[[attribute]]\nname = "a"\ncolumn = "value"\n{settings}\n'


def test_without_a_time_rows_are_facts_of_their_entities(tmp_path: Path) -> None:
    found = table(tmp_path, "station,value\nx,5\ny,6\n", attribute('unit = "GQ"'))
    assert not found.series
    assert [(one.row, one.id, one.type, one.attributes) for one in found.facts] == [
        (number, f"urn:ngsi-ld:AirQualityObserved:{name}", "AirQualityObserved",
         {"a": {"type": "Property", "value": float(number + 4), "unitCode": "GQ"}})
        for number, name in ((1, "x"), (2, "y"))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "cell", "instance"),
    [
        ("number", "007", {"type": "Property", "value": 7.0}),
        ("text", "007", {"type": "Property", "value": "007"}),
        ("text", " 5 ", {"type": "Property", "value": " 5 "}),
        ("boolean", "true", {"type": "Property", "value": True}),
        ("boolean", "YES", {"type": "Property", "value": True}),
        ("boolean", "1", {"type": "Property", "value": True}),
        ("boolean", "False", {"type": "Property", "value": False}),
        ("boolean", "0", {"type": "Property", "value": False}),
        ("relationship", "urn:ngsi-ld:City:1", {"type": "Relationship", "object": "urn:ngsi-ld:City:1"}),
    ],
)
def test_kinds(tmp_path: Path, kind: str, cell: str, instance: dict[str, object]) -> None:
    found = table(tmp_path, f"station,value\nx,{cell}\n", attribute(f'kind = "{kind}"'))
    assert found.facts[0].attributes == {"a": instance}


@pytest.mark.parametrize(
    ("kind", "cell", "told"),
    [
        ("boolean", "ja", "value is 'ja'; a boolean is true or false"),
        ("boolean", "2", "value is '2'; a boolean is true or false"),
        ("relationship", "City 1", "value is 'City 1'; give an absolute URI such as urn:ngsi-ld:Room:1"),
    ],
)
def test_cells_that_do_not_fit_their_kind(tmp_path: Path, kind: str, cell: str, told: str) -> None:
    assert reasons(table(tmp_path, f"station,value\nx,{cell}\n", attribute(f'kind = "{kind}"'))) == {1: told}
    timed = attribute(f'kind = "{kind}"') + '[time]\ncolumn = "start"\n'
    assert reasons(table(tmp_path, f"station,value,start\nx,{cell},2026-01-01\n", timed)) == {1: told}


def test_texts_and_booleans_have_a_history_too(tmp_path: Path) -> None:
    settings = attribute('kind = "boolean"') + '[time]\ncolumn = "start"\n'
    found = table(tmp_path, "station,value,start\nx,true,2026-01-01\nx,false,2026-01-02\n", settings)
    assert observed(found) == {("x", "a"): [("2026-01-01T00:00:00Z", True), ("2026-01-02T00:00:00Z", False)]}


def test_names_from_a_column_are_renamed_and_have_their_units(tmp_path: Path) -> None:
    settings = LONG + 'unit = "GQ"\nunits = { pm25 = "GP" }\nrename = { "PM2.5" = "pm25", NO2 = "no2" }\n'
    rows = "x,2026-01-01,PM2.5,1\nx,2026-01-01,NO2,2\nx,2026-01-01,o3,3\n"
    found = table(tmp_path, "station,start,component,value\n" + rows, settings)
    assert {one.attribute: (one.template["unitCode"], list(one.values)) for one in found.series} == {
        "pm25": ("GP", [1.0]), "no2": ("GQ", [2.0]), "o3": ("GQ", [3.0])
    }  # fmt: skip


@pytest.mark.parametrize("name", ["PM 10", "id", "type", "scope", "createdAt", "", "@value", "a<b", 'say "x"'])
def test_a_row_that_makes_a_name_no_attribute_can_have_is_rejected(tmp_path: Path, name: str) -> None:
    quoted = name.replace('"', '""')
    text = f'station,start,component,value\nx,2026-01-01,"{quoted}",1\nx,2026-01-01,no2,2\n'
    found = table(tmp_path, text, LONG)
    assert [one.attribute for one in found.series] == ["no2"]
    told = reasons(found)[1]
    assert told.startswith(f"the attribute's name is {name!r}")
    assert told.endswith("or rename it in the mapping")


def test_ids_are_made_of_columns_and_are_always_uris(tmp_path: Path) -> None:
    settings = '\ntype = "T"\nid = "urn:x:{city}:{station}"\n[[attribute]]\nname = "a"\ncolumn = "value"\n'
    rows = "The Hague,Noord/1,1\nDelft,é?#,2\n Delft ,a:b,3\nDelft,,4\n"
    found = table(tmp_path, "city,station,value\n" + rows, settings)
    assert [one.id for one in found.facts] == [
        "urn:x:The%20Hague:Noord%2F1",
        "urn:x:Delft:%C3%A9%3F%23",
        "urn:x:Delft:a:b",
    ]
    assert reasons(found) == {4: "station is empty, so the row has no id"}


def test_a_column_of_whole_ids(tmp_path: Path) -> None:
    settings = '\ntype = "T"\nid = "{id}"\n[[attribute]]\nname = "a"\ncolumn = "value"\n'
    found = table(tmp_path, "id,value\nurn:x:1,1\nNL01,2\n" + "u:" + "x" * 2000 + ",3\n", settings)
    assert [one.id for one in found.facts] == ["urn:x:1"]
    told = reasons(found)
    assert told[2] == "the id is 'NL01'; give an absolute URI such as urn:ngsi-ld:Room:1"
    assert len(told[3]) < 200


PLACE = '[location]\nlon = "x"\nlat = "y"\n'


def test_places(tmp_path: Path) -> None:
    found = table(tmp_path, "station,x,y\na,4.48,51.9\nb,,\nc,181,0\nd,0,-90.5\ne,4.5,north\nf,-180,90\n", BASE + PLACE)
    assert [one.attributes["location"]["value"]["coordinates"] for one in found.facts] == [[4.48, 51.9], [-180, 90]]
    assert reasons(found) == {
        2: "no column of the mapping has a value in this row",
        3: "x, y is 181.0, 0.0: longitude is -180 to 180, latitude -90 to 90",
        4: "x, y is 0.0, -90.5: longitude is -180 to 180, latitude -90 to 90",
        5: "y is 'north', which is no number with '.' as its decimal sign",
    }


def test_places_have_the_files_decimal_sign(tmp_path: Path) -> None:
    settings = BASE + PLACE + '[csv]\ndelimiter = ";"\ndecimal = ","\n'
    found = table(tmp_path, "station;x;y\na;4,48;51,9\n", settings)
    assert found.facts[0].attributes["location"]["value"] == {"type": "Point", "coordinates": [4.48, 51.9]}


def test_with_a_time_an_entity_has_the_last_place_that_its_rows_name(tmp_path: Path) -> None:
    settings = attribute("") + PLACE + '[time]\ncolumn = "start"\n'
    rows = "a,1,2026-01-01,4,51\na,2,2026-01-02,,\na,3,2026-01-03,5,52\nb,4,2026-01-01,6,53\n"
    found = table(tmp_path, "station,value,start,x,y\n" + rows, settings)
    assert sum(len(one.moments) for one in found.series) == 4
    assert {(one.id[-1], one.row): one.attributes["location"]["value"]["coordinates"] for one in found.facts} == {
        ("a", 3): [5.0, 52.0], ("b", 4): [6.0, 53.0]
    }  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "cell", "value"),
    [
        ("factor = 0.1", "61", 6.1), ("factor = 0.1", "-28", -2.8), ("factor = 1000", "0.0123", 12.3),
        ('factor = 0.1\nvalues = { "-1" = "0" }', " -1 ", 0.0), ('values = { "-1" = "0" }', "-10", -10.0),
        ('kind = "text"\nvalues = { frei = "free" }', "frei", "free"),
        ('kind = "boolean"\nvalues = { open = "true", closed = "false" }', "closed", False),
    ],
)  # fmt: skip
def test_words_and_scales_of_the_table_become_values(tmp_path: Path, settings: str, cell: str, value: object) -> None:
    (fact,) = table(tmp_path, f"station,value\nx,{cell}\n", attribute(settings)).facts
    assert fact.attributes["a"]["value"] == value


def test_a_word_that_means_nothing_is_no_value(tmp_path: Path) -> None:
    found = table(tmp_path, "station,value\nx,999\ny,NA\n", attribute('values = { "999" = "", "NA" = "0" }'))
    assert [(one.row, one.attributes["a"]["value"]) for one in found.facts] == [(2, 0.0)]
    assert list(reasons(found)) == [1]
