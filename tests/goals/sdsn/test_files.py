# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files that cannot be scored are told with file, line, column and what to do."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import ConfigurationError
from hanze.goals.sdsn import codebook, raw
from tests.goals.sdsn.making import indicator

HEAD = "code,goal,best,worst,green,red,is_global,oecd\n"
A = "a,1,100,0,80,40,yes,yes\n"


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "file.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty; its first row names the columns"),
        (HEAD, "names no indicator"),
        ("code,goal\na,1\n", "has no column 'best'; its columns are code, goal"),
        ("code;goal;best\na;1;2\n", "parted by semicolons"),
        ("code\tgoal\tbest\na\t1\t2\n", "parted by tabs"),
        (HEAD.replace("red", "green"), "has the column 'green' twice"),
        (HEAD + A + A, "line 3: code 'a' stands there a second time"),
        (HEAD + "a,1,100,0,80,40,yes\n", "has 7 values in line 2 and 8 columns"),
        (HEAD + "a,1,x,0,80,40,yes,yes\n", "line 2: best is 'x'; a number with a decimal point stands there"),
        (HEAD + '"a",1,"1,5",0,80,40,yes,yes\n', "best is '1,5'; a number with a decimal point"),
        (HEAD + "a,1,inf,0,80,40,yes,yes\n", "best is 'inf'; a finite number"),
        (HEAD + "a,1,,0,80,40,yes,yes\n", "best is ''; a number"),
        (HEAD + "a,1,5,5,80,40,yes,yes\n", "best and worst are both 5"),
        (HEAD + "a,1,100,0,40,80,yes,yes\n", "more is better; green stands on the better side"),
        (HEAD + "a,1,0,100,80,40,yes,yes\n", "less is better; green stands on the better side"),
        (HEAD + "a,18,100,0,80,40,yes,yes\n", "goal is '18'; a goal from 1 to 17"),
        (HEAD + "a,1.5,100,0,80,40,yes,yes\n", "goal is '1.5'"),
        (HEAD + "a,1,100,0,80,40,perhaps,yes\n", "is_global is 'perhaps'; yes or no"),
        (HEAD + ",1,100,0,80,40,yes,yes\n", "code is ''; a text"),
        (HEAD + 'a,1,"100,0\n', "cannot be read in line 2"),
        (b"\xff\xfe\x00", "is not UTF-8 text (byte 0)"),
    ],
)  # fmt: skip
def test_a_codebook_that_is_none(text: str | bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        codebook.read(written(tmp_path, text))
    assert told in caught.value.detail and "file.csv" in caught.value.detail


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,a\nX,1\n", "has no column 'id'"),
        ("id,b\nX,1\n", "has no column of the codebook, such as 'a'"),
        ("id,a\n", "has no row of values"),
        ("id,a\nX,1\nX,2\n", "line 3: id 'X' stands there a second time"),
        ("id,a\nX,one\n", "line 2: a is 'one'; a number"),
        ("id,a,oecd\nX,1,2\n", "oecd is '2'; yes or no"),
        ("id,a\n,1\n", "id is ''; a text"),
    ],
)
def test_values_that_are_none(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        raw.read(written(tmp_path, text), [indicator()])
    assert told in caught.value.detail


def test_what_spreadsheets_write_is_read(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbfid , a,country\r\n\r\nX , 1.5e1 ,Xland\r\nY,,\r\n"
    found = raw.read(written(tmp_path, text), [indicator(), indicator("b")])
    assert [(one.id, one.region, one.member, one.values) for one in found.units] == [
        ("X", "", False, {"a": 15.0}),
        ("Y", "", False, {}),
    ]
    assert found.absent == ["b"]


def test_without_a_list_of_the_oecd_all_have_the_global_one(tmp_path: Path) -> None:
    text = "code,goal,best,worst,green,red,is_global\na,1,100,0,80,40,yes\nb,1,100,0,80,40,no\n"
    assert [one.oecd for one in codebook.read(written(tmp_path, text))] == [True, False]


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_rubbish_is_an_error_in_words(tmp_path_factory: pytest.TempPathFactory, text: bytes) -> None:
    file = written(tmp_path_factory.getbasetemp(), HEAD.encode() + text)
    try:
        codebook.read(file)
    except ConfigurationError as error:
        assert error.detail.endswith(".")
