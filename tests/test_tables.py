"""Tables: every form says the same, nothing leaks, nothing is half-written."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.errors import AskError, OutputError
from winset.tables import Column, Schema, quartiles, wilson

SCHEMA = Schema(
    "things",
    "What is there?",
    (
        Column("name", "text", "", "Name."),
        Column("count", "int", "worlds", "Count."),
        Column("share", "float", "share", "Share."),
        Column("open", "bool", "", "Open."),
    ),
)
ROWS = [("D1.3", 7, 0.1 + 0.2, True), ('a<b>"&,\nx', -2, float("nan"), False)]
TABLE = SCHEMA.from_rows(ROWS)


def test_csv_reads_back_exactly():
    rows = [*csv.DictReader(io.StringIO(TABLE.csv()))]
    assert [row["name"] for row in rows] == ["D1.3", 'a<b>"&,\nx']
    assert float(rows[0]["share"]) == 0.1 + 0.2
    assert rows[1]["share"] == ""
    assert [row["open"] for row in rows] == ["true", "false"]
    assert "\r" not in TABLE.csv()


def test_json_carries_schema_and_null():
    document = json.loads(TABLE.json())
    assert document["rows"][1] == ['a<b>"&,\nx', -2, None, False]
    assert document["columns"][2] == {
        "name": "share",
        "type": "float",
        "unit": "share",
        "meaning": "Share.",
    }
    assert TABLE.json() == SCHEMA.from_rows(ROWS).json()


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text.append(data)


def test_html_is_escaped_and_semantic():
    parser = _Cells()
    parser.feed(TABLE.html())
    assert parser.tags.count("caption") == 1
    assert parser.tags.count("tr") == 3
    assert "b" not in parser.tags
    assert 'a<b>"&, x' in parser.text
    assert TABLE.html().count('scope="row"') == 2
    assert TABLE.html().count('scope="col"') == 4


def test_html_says_when_rows_are_left_out():
    assert "First 1 rows." in TABLE.html(rows=1)
    assert "First" not in TABLE.html()


def test_text_aligns_numbers_right():
    assert TABLE.text().splitlines()[:2] == [
        "name       count  share  open",
        "D1.3           7   0.30  true",
    ]
    assert TABLE.text(rows=1).endswith("... 1 more rows")
    assert "\x1b" not in SCHEMA.from_rows([("\x1b[31m", 1, 0.5, True)]).text()


@given(st.integers(20, 120), st.lists(st.text("abc de", max_size=60), min_size=1, max_size=4))
def test_text_fits_any_width_and_repeats_the_key(width, names):
    schema = Schema(
        "wide",
        "",
        (
            Column("key", "text", "", ""),
            Column("long", "text", "", ""),
            *(Column(f"c{i}", "float", "", "") for i in range(6)),
        ),
    )
    table = schema.from_rows([(f"k{i}", name, *range(6)) for i, name in enumerate(names)])
    shown = table.text(width=width)
    assert all(len(line) <= width for line in shown.splitlines())
    for block in shown.split("\n\n"):
        assert block.startswith("key")
    assert all(f"{i}.000" in shown for i in range(6))


def test_frames_agree_and_missing_is_null(tmp_path):
    polars = pytest.importorskip("polars")
    frame = TABLE.to_polars()
    assert frame["share"].null_count() == 1
    assert frame.schema["count"] == polars.Int64
    path = TABLE.to_parquet(tmp_path / "things.parquet")
    assert polars.read_parquet(path).equals(frame)
    pandas = TABLE.to_pandas()
    assert pandas["name"].tolist() == [row[0] for row in ROWS]
    assert pandas["share"].isna().tolist() == [False, True]


def test_parquet_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "things.parquet"
    TABLE.to_parquet(target)
    before = target.read_bytes()

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("polars.DataFrame.write_parquet", full)
    with pytest.raises(OutputError, match="No space left"):
        TABLE.to_parquet(target)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["things.parquet"]
    with pytest.raises(OutputError):
        TABLE.to_parquet(tmp_path / "missing" / "x.parquet")


def test_columns_are_read_only_and_copied():
    given_counts = np.array([1, 2])
    table = SCHEMA.table(
        {"name": ["a", "b"], "count": given_counts, "share": [0, 1], "open": [True, False]}
    )
    given_counts[0] = 9
    assert table["count"].tolist() == [1, 2]
    with pytest.raises(ValueError, match="read-only"):
        table["count"][0] = 3


def test_wrong_columns_and_lengths_are_refused():
    with pytest.raises(ValueError, match="share"):
        SCHEMA.table({"name": ["a"], "count": [1], "open": [True]})
    with pytest.raises(ValueError, match="length"):
        SCHEMA.table({"name": ["a"], "count": [1, 2], "share": [0.0], "open": [True]})
    with pytest.raises(AskError, match="nosuch"):
        TABLE["nosuch"]


def test_where_keeps_matching_rows():
    assert TABLE.where(open=False)["count"].tolist() == [-2]
    assert len(TABLE.where(name="none")) == 0
    assert TABLE.where(name="none").csv() == "name,count,share,open\n"


def test_wilson_by_hand():
    low, high = wilson(8, 10)
    assert (round(float(low), 4), round(float(high), 4)) == (0.4902, 0.9433)  # Wilson (1927)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0
    assert np.isnan(wilson(0, 0)[0])


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_is_symmetric(counted):
    count, n = counted
    low, high = wilson(count, n)
    mirror_low, mirror_high = wilson(n - count, n)
    assert 0 <= low <= count / n <= high <= 1
    assert abs(low - (1 - mirror_high)) < 1e-12
    assert abs(high - (1 - mirror_low)) < 1e-12


def test_documented_tables_are_complete():
    from winset.ask import schemas

    for question, tables in schemas().items():
        assert tables, question
        for name, schema in tables.items():
            assert schema.name == name
            assert schema.meaning
            names = [column.name for column in schema.columns]
            assert len(set(names)) == len(names)
            assert all(column.meaning.endswith(".") for column in schema.columns), name


def test_quartiles_leave_out_what_is_missing():
    missing = [float("nan"), float("inf")]
    assert quartiles([4.0, 1.0, 3.0, 2.0, *missing]) == (1.75, 2.5, 3.25)
    assert np.isnan(quartiles(missing)).all()
    assert np.isnan(quartiles([])).all()
