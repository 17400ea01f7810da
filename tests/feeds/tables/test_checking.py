# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a mapping: each mistake names file, key, value and fix."""

from pathlib import Path

import pytest

from hanze.errors import ConfigurationError
from hanze.feeds.tables.checking import check_columns
from tests.feeds.tables.making import BASE, TIMED, mapping, mistake

ATTRIBUTE = '[[attribute]]\nname = "no2"\ncolumn = "value"\n'

MISTAKES = {
    "no id": ('type = "T"\n' + ATTRIBUTE, ": id is missing; give a form such as"),
    "no type": ('id = "urn:x:{a}"\n' + ATTRIBUTE, ": type is missing; give an entity type such as"),
    "unknown key": (BASE + 'tipe = "x"\n' + ATTRIBUTE, ": there is no key tipe; did you mean type?"),
    "unknown key inside": (TIMED + "[csv]\ndelimeter = ';'\n", "no key csv.delimeter; did you mean csv.delimiter?"),
    "unknown key in a list": (BASE + ATTRIBUTE + 'units = {}\nshade = "red"\n', "no key attribute[0].shade; the keys"),
    "id of a wrong type": ("type = 'T'\nid = 5\n" + ATTRIBUTE, ": id is 5; give a form such as"),
    "empty id": ("type = 'T'\nid = ''\n" + ATTRIBUTE, ': id is ""; give a form such as'),
    "id without a column": ("type = 'T'\nid = 'urn:x:1'\n" + ATTRIBUTE, ': id is "urn:x:1", the same for all rows; name'),
    "id that is no URI": ("type = 'T'\nid = 'station {a}'\n" + ATTRIBUTE, "not the form of a URI; give one such as"),
    "brace left open": ("type = 'T'\nid = 'urn:x:{a'\n" + ATTRIBUTE, 'id is "urn:x:{a", with a brace too many'),
    "empty braces": ("type = 'T'\nid = 'urn:x:{}'\n" + ATTRIBUTE, "with a brace too many or none inside"),
    "brace in a name": (BASE + "[[attribute]]\nname = 'a}'\ncolumn = 'v'\n", 'attribute[0].name is "a}", with a brace'),
    "type with spaces": ("type = 'Air quality'\nid = 'urn:x:{a}'\n" + ATTRIBUTE, "type is 'Air quality'; give a name"),
    "nothing to make": (BASE, ": the mapping makes no attribute; add [[attribute]]"),
    "attribute without column": (BASE + "[[attribute]]\nname = 'a'\n", ": attribute[0].column is missing"),
    "attribute called id": (BASE + "[[attribute]]\nname = 'id'\ncolumn = 'v'\n", "attribute[0].name is 'id'; give a name"),
    "attribute called scope": (
        BASE + "[[attribute]]\nname = 'scope'\ncolumn = 'v'\n", "'scope', which no attribute can be called"
    ),
    "attribute twice": (BASE + ATTRIBUTE + ATTRIBUTE, 'attribute[1].name is "no2", a name that stands here twice'),
    "location twice": (
        BASE + "[location]\nlon = 'x'\nlat = 'y'\n[[attribute]]\nname = 'location'\ncolumn = 'v'\n",
        'attribute[0].name is "location", a name that stands here twice',
    ),
    "unknown kind": (
        BASE + ATTRIBUTE + "kind = 'date'\n", 'attribute[0].kind is "date"; give number, text, boolean or relationship'
    ),
    "rename of a wrong type": (BASE + ATTRIBUTE + "rename = ['a']\n", "attribute[0].rename is ['a']; give a table such"),
    "half a location": (BASE + "[location]\nlon = 'x'\n", ": location.lat is missing"),
    "long delimiter": (TIMED + "[csv]\ndelimiter = ';;'\n", 'csv.delimiter is ";;"; give one character such as'),
    "quote as delimiter": (TIMED + "[csv]\ndelimiter = '\"'\n", "no delimiter; give one character"),
    "unknown decimal sign": (TIMED + "[csv]\ndecimal = ';'\n", 'csv.decimal is ";"; give "." or ","'),
    "unknown encoding": (TIMED + "[csv]\nencoding = 'latin'\n".replace("latin", "latin-99"), 'csv.encoding is "latin-99"'),
    "negative skip": (TIMED + "[csv]\nskip = -1\n", "csv.skip is -1; give how many lines"),
    "missing is no list": (TIMED + "[csv]\nmissing = '-'\n", 'csv.missing is "-"; give a list such as'),
    "unknown zone": (
        TIMED.replace('"start"', '"start"\nzone = "Europe/Amstrdam"'), 'time.zone is "Europe/Amstrdam", not known'
    ),
    "zone of too many hours": (TIMED.replace('"start"', '"start"\nzone = "+25:00"'), 'time.zone is "+25:00", not known'),
    "no form of a time": (
        TIMED.replace('"start"', '"start"\nformat = "%Q"'), 'time.format is "%Q", no form of a time'
    ),
    "factor of nothing": (TIMED + "factor = 0\n", 'attribute[0].factor is "0.0", which makes no value; give one such as 0.1'),
    "factor without end": (TIMED + "factor = inf\n", 'attribute[0].factor is "inf", which makes no value'),
    "factor of a text": (TIMED + "factor = 0.1\nkind = 'text'\n", 'factor is "0.1", but only numbers have a factor'),
    "header and columns": (
        TIMED + "[csv]\nheader = '# STN'\ncolumns = ['a']\n", 'csv.header is "# STN", but csv.columns is for a file without'
    ),
    "wide without columns": (TIMED + "[wide]\nname = 'station'\n", ": wide.columns is missing; give a pattern"),
    "broken TOML": ("type = \n", " is not TOML: "),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_with_file_key_value_and_fix(tmp_path: Path, text: str, told: str) -> None:
    found = mistake(tmp_path, text)
    assert told in found
    assert found.endswith((".", "?"))


def test_broken_toml_is_told_with_its_line(tmp_path: Path) -> None:
    assert "line 3" in mistake(tmp_path, 'type = "T"\nid = "urn:x:{a}"\n[[attribute]\n')


def test_every_key_has_its_place(tmp_path: Path) -> None:
    found = mapping(
        tmp_path,
        """
        type = "Observed"
        id = "urn:x:{a}:{b}"
        tenant = "north"
        context = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld"
        [time]
        column = "when"
        zone = "+01:00"
        format = "%d.%m.%Y %H:%M"
        [location]
        lon = "x"
        lat = "y"
        [csv]
        delimiter = ";"
        decimal = ","
        encoding = "latin-1"
        skip = 2
        missing = ["-"]
        [[attribute]]
        name = "{component}"
        column = "value"
        unit = "GQ"
        units = { pm = "GP" }
        rename = { "PM 10" = "pm" }
        kind = "number"
        factor = 0.1
        values = { "-1" = "0" }
        """,
    )
    assert found.columns() == ["a", "b", "value", "component", "when", "x", "y"]
    assert (found.csv.delimiter, found.csv.decimal, found.csv.skip, found.csv.missing) == (";", ",", 2, ("-",))
    assert found.time is not None and found.time.zone == "+01:00"
    assert found.tenant == "north"


def test_a_table_without_the_column_is_told_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as found:
        check_columns(mapping(tmp_path, TIMED), ["station", "begin", "value"], "air.csv")
    assert found.value.detail == (
        "air.csv has no column 'start' that the mapping names; its columns are station, begin, value."
    )


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="the column 'value' more than once"):
        check_columns(mapping(tmp_path, TIMED), ["station", "start", "value", "value"], "air.csv")
    check_columns(mapping(tmp_path, TIMED), ["station", "start", "value", "note", "note"], "air.csv")
