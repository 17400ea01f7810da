# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze load: each kind of file, alone and beside a node; what cannot be loaded is one sentence."""

import re
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet
import pytest

from hanze.cli.loading import Loading
from hanze.errors import TooLarge
from hanze.feeds.tables import csv as tables
from hanze.ngsild.context import CORE
from hanze.node import frames
from hanze.node.verb import Progress
from tests.cli.conftest import said, sentence
from tests.running import Ran, bound_by_rights, hanze, room, running

MAPPING = """
type = "AirQualityObserved"
id = "urn:ngsi-ld:AirQualityObserved:{station}"
[time]
column = "start"
[[attribute]]
name = "no2"
column = "value"
unit = "GQ"
"""
ROWS = "station,start,value\na,2026-01-01T00:00,1\na,2026-01-01T01:00,2\nb,2026-01-01T00:00,3\n"


@pytest.fixture
def air(tmp_path: Path) -> Path:
    """A table, its mapping beside it."""
    (tmp_path / "air.toml").write_text(MAPPING, "utf-8")
    file = tmp_path / "air.csv"
    file.write_text(ROWS, "utf-8")
    return file


@pytest.fixture(params=["alone", "beside a node"])
def place(folder: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder with and without its node."""
    if request.param == "alone":
        yield folder
    else:
        with running(folder):
            yield folder


def load(file: Path, folder: Path, *more: str | Path) -> Ran:
    mapping = () if file.suffix in (".json", ".jsonld", ".ndjson") else ("--mapping", file.with_suffix(".toml"))
    return said("load", file, *mapping, "--folder", folder, *more)


def shown(id: str, folder: Path) -> dict[str, Any]:
    found = said("get", id, "--simplified", "--folder", folder)
    assert found.code == 0, found.err
    value: dict[str, Any] = msgspec.json.decode(found.out)
    return value


def history(folder: Path) -> dict[str, Any]:
    """Every value of no2 by station, over the API."""
    with running(folder) as node:
        found = node.ok(
            "GET",
            "/temporal/entities?type=AirQualityObserved&timerel=after&timeAt=2020-01-01T00:00:00Z&options=temporalValues",
        )
    return {one["id"][-1]: one["no2"]["values"] for one in found}


def test_a_table_is_loaded_once_however_often_it_is_given(place: Path, air: Path) -> None:
    first = load(air, place)
    assert first.out == f"{air}: 3 rows, 3 new, 0 rejected.\n"
    assert first.err == ""
    second = load(air, place)
    assert second.code == 0
    assert second.out == f"{air}: 3 rows, 0 new, 0 rejected.\n"
    assert second.err == "3 rows are loaded already; going on behind them (--again begins anew).\n"
    again = load(air, place, "--again")
    assert again.out == f"{air}: 3 rows, 0 new, 0 rejected.\n"
    assert again.err == ""
    assert shown("urn:ngsi-ld:AirQualityObserved:a", place)["no2"] == 2


def test_the_history_has_each_observation_once(folder: Path, air: Path) -> None:
    for more in ((), (), ("--again",)):
        assert load(air, folder, *more).code == 0
    assert history(folder) == {
        "a": [[1, "2026-01-01T00:00:00Z"], [2, "2026-01-01T01:00:00Z"]], "b": [[3, "2026-01-01T00:00:00Z"]]
    }  # fmt: skip


def test_rows_that_come_later_are_loaded_beside_those_that_are_there(folder: Path, air: Path) -> None:
    assert load(air, folder).code == 0
    air.write_text(ROWS + "b,2026-01-02T00:00,4\n", "utf-8")
    assert load(air, folder).out == f"{air}: 4 rows, 1 new, 0 rejected.\n"


def test_rejected_rows_stand_in_a_file_with_number_and_reason(place: Path, air: Path) -> None:
    air.write_text(ROWS + "a,never,4\nb,2026-01-05,\n", "utf-8")
    done = load(air, place)
    assert done.code == 0
    assert done.out == f"{air}: 5 rows, 3 new, 2 rejected.\n"
    rejected = air.with_name("air.csv.rejected.csv")
    assert done.err == f"The rejected rows and their reasons are in {rejected}.\n"
    lines = rejected.read_text("utf-8").splitlines()
    assert lines[0] == "row,reason"
    assert re.match(r'4,"start is \'never\': write it as', lines[1])
    assert lines[2:] == ["5,no column of the mapping has a value in this row"]
    # The second time the rows are still known, and the file stays.
    assert load(air, place).out == f"{air}: 5 rows, 0 new, 2 rejected.\n"
    assert rejected.read_text("utf-8").splitlines() == lines
    assert load(air, place, "--again").out == f"{air}: 5 rows, 0 new, 2 rejected.\n"
    assert rejected.read_text("utf-8").splitlines() == lines


def test_a_mended_table_leaves_no_rejected_rows_behind(folder: Path, air: Path) -> None:
    air.write_text(ROWS + "a,never,4\n", "utf-8")
    load(air, folder)
    air.write_text(ROWS + "a,2026-01-04,4\n", "utf-8")
    assert load(air, folder).out == f"{air}: 4 rows, 1 new, 0 rejected.\n"
    assert not air.with_name("air.csv.rejected.csv").exists()


def test_rejected_rows_of_a_folder_that_is_closed_go_to_the_folder_of_work(folder: Path, tmp_path: Path) -> None:
    data, work = tmp_path / "data", tmp_path / "work"
    for one in (data, work):
        one.mkdir()
    (data / "air.toml").write_text(MAPPING, "utf-8")
    (data / "air.csv").write_text(ROWS + "a,never,4\n", "utf-8")
    data.chmod(0o500)
    words: list[str | Path] = ["load", data / "air.csv", "--mapping", data / "air.toml", "--folder", folder]
    done = hanze(*words, cwd=work, preexec_fn=bound_by_rights)
    assert done.err == f"The rejected rows and their reasons are in {work / 'air.csv.rejected.csv'}.\n"
    again = hanze(*words, cwd=work, preexec_fn=bound_by_rights)
    assert "1 rejected" in again.out
    # Where neither can be written it stops before the rows are loaded, and says what to do.
    assert said("init", tmp_path / "other").code == 0
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    text = sentence(hanze(*words[:-1], tmp_path / "other", cwd=closed, preexec_fn=bound_by_rights))
    assert text.startswith(f"{data / 'air.csv.rejected.csv'} cannot be written (Permission denied), nor can {closed}/")
    assert text.endswith("go to a folder where you may write and give the same command again, it goes on where it was.")
    assert history(tmp_path / "other") == {}


@pytest.mark.parametrize("ending", [".json", ".jsonld", ".ndjson"])
def test_entities_are_loaded_from_files_of_ngsi_ld(place: Path, tmp_path: Path, ending: str) -> None:
    entities = [room(number, temperature=20 + number) for number in range(3)] + [{"id": "no uri", "type": "Room"}]
    file = tmp_path / f"rooms{ending}"
    lines = b"\n".join(map(msgspec.json.encode, entities))
    file.write_bytes(lines if ending == ".ndjson" else msgspec.json.encode(entities))
    done = load(file, place)
    assert re.match(rf"{re.escape(str(file))}: [34] rows, 3 new, 1 rejected\.\n", done.out), done
    assert shown("urn:ngsi-ld:Room:2", place) == {"id": "urn:ngsi-ld:Room:2", "type": "Room", "temperature": 22}
    assert load(file, place, "--again").out.endswith(" 0 new, 1 rejected.\n")


def test_a_changed_entity_is_changed(place: Path, tmp_path: Path) -> None:
    file = tmp_path / "room.json"
    for temperature, name in ((20, "old"), (21, "new")):
        file.write_bytes(msgspec.json.encode(room(1, temperature=temperature, name=name)))
        assert load(file, place).out == f"{file}: 1 rows, 1 new, 0 rejected.\n"
    assert shown("urn:ngsi-ld:Room:1", place)["temperature"] == 21


def test_terms_of_an_inline_context_are_expanded(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "room.jsonld"
    context = {"Room": "https://example.org/Room", "temperature": "https://example.org/temperature"}
    file.write_bytes(msgspec.json.encode({**room(1, temperature=21), "@context": context}))
    assert load(file, folder).code == 0
    assert shown("urn:ngsi-ld:Room:1", folder)["https://example.org/temperature"] == 21


def test_a_parquet_file_is_loaded_as_its_csv_is(place: Path, tmp_path: Path) -> None:
    (tmp_path / "air.toml").write_text(MAPPING + '[[attribute]]\nname = "o3"\ncolumn = "ozone"\n', "utf-8")
    file = tmp_path / "air.parquet"
    columns = {
        "station": ["a", "a", "b"], "start": [datetime(2026, 1, 1, hour) for hour in range(3)], "value": [1.5, 2, None],
        "ozone": [4.0, None, None],
    }  # fmt: skip
    pa.parquet.write_table(pa.table(columns), file)
    assert load(file, place).out == f"{file}: 3 rows, 3 new, 1 rejected.\n"
    found = shown("urn:ngsi-ld:AirQualityObserved:a", place)
    assert (found["no2"], found["o3"]) == (2, 4)
    assert load(file, place).out == f"{file}: 3 rows, 0 new, 1 rejected.\n"


def test_facts_and_places_from_a_table(place: Path, tmp_path: Path) -> None:
    told = 'type = "Station"\nid = "urn:ngsi-ld:Station:{code}"\n[[attribute]]\nname = "name"\ncolumn = "name"\nkind = "text"\n'
    (tmp_path / "stations.toml").write_text(told + '[location]\nlon = "x"\nlat = "y"\n', "utf-8")
    file = tmp_path / "stations.csv"
    file.write_text("code,name,x,y\n1,Harbour,4.48,51.9\n", "utf-8")
    assert load(file, place).out == f"{file}: 1 rows, 1 new, 0 rejected.\n"
    found = shown("urn:ngsi-ld:Station:1", place)
    assert found["name"] == "Harbour"
    assert found["location"] == {"type": "Point", "coordinates": [4.48, 51.9]}
    assert load(file, place, "--again").out == f"{file}: 1 rows, 0 new, 0 rejected.\n"


def test_the_tenant_is_that_of_the_command_or_of_the_mapping(place: Path, air: Path) -> None:
    id = "urn:ngsi-ld:AirQualityObserved:a"
    assert load(air, place, "--tenant", "north").code == 0
    assert said("get", id, "--tenant", "north", "--folder", place).code == 0
    assert said("get", id, "--folder", place).code == 2
    mapping = air.with_suffix(".toml")
    mapping.write_text('tenant = "south"\n' + MAPPING, "utf-8")
    assert load(air, place).code == 0
    assert said("get", id, "--tenant", "south", "--folder", place).code == 0
    assert sentence(load(air, place, "--tenant", "a b")).startswith("the tenant is 'a b'; give letters, digits")


def test_what_is_too_much_for_one_frame_goes_in_parts(
    folder: Path, air: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entities = [room(number, text="x" * 1000) for number in range(40)]
    file = tmp_path / "rooms.json"
    file.write_bytes(msgspec.json.encode(entities))
    with running(folder) as node:
        monkeypatch.setattr(frames, "MOST_BYTES", 5000)
        assert load(file, folder).out == f"{file}: 40 rows, 40 new, 0 rejected.\n"
        found = node.api("GET", "/entities?type=Room&limit=0&count=true")
        assert found.headers["ngsild-results-count"] == "40"
        file.write_bytes(msgspec.json.encode(room(1, text="y" * 6000)))
        assert "passes the limit of 5000" in sentence(load(file, folder))


class Narrow:
    """A node that takes three entities at once, and what it was told."""

    def __init__(self) -> None:
        self.given: list[tuple[int, list[str]]] = []

    def run(self, verb: str, arguments: dict[str, Any], progress: Progress = lambda value: None) -> Any:
        if verb == "load.begin":
            return 0
        entities = arguments["entities"]
        if len(entities) > 3:
            raise TooLarge("Too much at once.")
        self.given.append((arguments["done"], [one["id"][-1] for one in entities]))
        return len(entities)


def test_halves_count_as_loaded_with_the_last_one_only(tmp_path: Path) -> None:
    """Else a load that is interrupted between them would go on behind what was never sent."""
    file = tmp_path / "rooms.json"
    file.write_bytes(msgspec.json.encode([room(number) for number in range(8)]))
    narrow = Narrow()
    Loading(file, None, "", lambda user: CORE).run(narrow, again=False)
    assert [done for done, _ in narrow.given] == [0, 0, 0, 8]
    assert [name for _, names in narrow.given for name in names] == list("01234567")


TABLES = 'type = "T"\nid = "urn:x:{a}"\n[[attribute]]\nname = "b"\ncolumn = "b"\n'


@pytest.mark.parametrize(
    ("name", "content", "mapping", "told"),
    [
        ("none.csv", None, TABLES, "{file} is not there; name a file to load."),
        ("", None, TABLES, "is a directory"),
        ("a.xlsx", b"PK", TABLES, "{file} ends in .xlsx, so it is not clear what it holds; .json, .jsonld, .ndjson,"),
        ("data", b"a,b\n", TABLES, "{file} ends in nothing, so it is not clear what it holds"),
        ("a.csv", b"a,b\n1,2\n", None, "{file} is a table; say with --mapping which column is what."),
        ("a.parquet", b"PAR1", None, "{file} is a table; say with --mapping which column is what."),
        ("a.csv", b"a,c\n1,2\n", TABLES, "{file} has no column 'b' that the mapping names; its columns are a, c."),
        ("a.csv", b"", TABLES, "{file} has no header"),
        ("a.csv", b"a,b\n\xff,2\n", TABLES, "is not utf-8"),
        ("a.csv", b"a,b\n1,2\n", "tipe = 'x'\n", "m.toml: there is no key tipe; did you mean type?"),
        ("a.csv", b"a,b\n1,2\n", "[[", "m.toml is not TOML: "),
        ("a.csv", b"a,b\n1,2\n", "context = 'https://x.test/c.jsonld'\n" + TABLES,
         "m.toml: context cannot be used: @context https://x.test/c.jsonld cannot be retrieved: "),
        ("a.csv", b"a,b\n1,2\n", "tenant = 'a b'\n" + TABLES, "the tenant is 'a b'"),
        ("a.parquet", b"PAR1", TABLES, "{file} cannot be read as Parquet"),
        ("a.json", b"{", None, "{file} is not JSON"),
    ],
)  # fmt: skip
def test_what_cannot_be_loaded_is_told_and_nothing_is_begun(
    folder: Path, tmp_path: Path, name: str, content: bytes | None, mapping: str | None, told: str
) -> None:
    file = tmp_path / "data" / name if name else folder
    if content is not None:
        file.parent.mkdir()
        file.write_bytes(content)
    words: list[str | Path] = []
    if mapping is not None:
        (tmp_path / "m.toml").write_text(mapping, "utf-8")
        words = ["--mapping", tmp_path / "m.toml"]
    text = sentence(said("load", file, *words, "--folder", folder))
    assert told.format(file=file) in text


def test_a_mapping_that_is_missing(folder: Path, air: Path) -> None:
    air.with_suffix(".toml").unlink()
    assert f"{air.with_suffix('.toml')} cannot be read (No such file or directory)" in sentence(load(air, folder))


@pytest.fixture
def contexts() -> Iterator[str]:
    """The address of a server that has a context at every path but /away."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b'{"@context": {"Room": "https://example.org/Room"}}'
            self.send_response(404 if self.path == "/away" else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_remote_context_is_fetched_where_the_node_may_call(folder: Path, tmp_path: Path, contexts: str) -> None:
    file = tmp_path / "rooms.jsonld"
    file.write_bytes(
        msgspec.json.encode([{**room(n), "@context": contexts + way} for n, way in enumerate(("/c", "/c", "/away"))])
    )
    refused = file.with_name("rooms.jsonld.rejected.csv")
    assert load(file, folder).out == f"{file}: 3 rows, 0 new, 3 rejected.\n"
    assert refused.read_text("utf-8").count("add its network to [outgoing] allow") == 3, (
        "this machine itself is no place to call by default"
    )
    settings = folder / "hanze.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[outgoing]\nallow = ["127.0.0.1"]\n', "utf-8")
    assert load(file, folder, "--again").out == f"{file}: 3 rows, 2 new, 1 rejected.\n"
    assert f"3,@context {contexts}/away cannot be retrieved: {contexts}/away answers with status 404." in (
        refused.read_text("utf-8")
    )
    assert shown("urn:ngsi-ld:Room:1", folder)["type"] == "https://example.org/Room"


def test_a_file_that_breaks_off_half_way_keeps_what_was_loaded(folder: Path, air: Path) -> None:
    lines = [f"a,2026-01-01T00:00:00.{number:06d},{number}" for number in range(tables.BATCH + 5)]
    air.write_text("station,start,value\n" + "\n".join(lines) + '\n"', "utf-8")
    assert "mend the line" in sentence(load(air, folder))
    air.write_text("station,start,value\n" + "\n".join(lines) + "\n", "utf-8")
    assert load(air, folder).out == f"{air}: {tables.BATCH + 5:,} rows, 0 new, 0 rejected.\n"
