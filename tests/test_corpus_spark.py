"""A real local Spark finds what one machine finds: the same findings, the same clusters."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

for package in ("pyarrow", "duckdb", "pyspark", "pandas"):
    pytest.importorskip(package, reason="newslint[spark] is not installed")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("there is no Java, which Spark needs", allow_module_level=True)

from pyarrow import parquet  # noqa: E402

from newslint.corpus import spark  # noqa: E402
from newslint.corpus.batches import FINDINGS  # noqa: E402

ARTICLES = int(os.environ.get("NEWSLINT_TEST_SPARK_ARTICLES", "120"))
WORDS = (
    "bridge timetable mill reservoir harbour budget library barracks market school ferry orchard festival "
    "tunnel archive hospital clinic inquiry contract tender survey map forecast museum stadium pipeline"
).split()
# So many that no two articles have a run of them in common by chance.
MANY = [one + other for one in WORDS for other in WORDS]


def stories(count: int) -> Iterator[dict[str, str]]:
    """Articles of a hundred words; of ten, two are copies of an earlier one and one bears its title."""
    rng = random.Random(7)
    made: list[dict[str, str]] = []
    for number in range(count):
        text = "\n\n".join(
            " ".join(rng.choices(MANY, k=30)).capitalize() + f", said Edda Moe, {WORDS[n]} chief."
            for n in range(4)
        )
        title = " ".join(rng.sample(MANY, 6)).capitalize()
        if made and number % 10 == 3:
            title, text = made[-1]["title"] + " | The Torrwick Herald", made[-2]["text"]
        elif made and number % 10 == 6:
            text = rng.choice(made)["text"].rpartition("\n\n")[0]
        elif number % 10 == 8:
            text += "\n\nAlso read: Five things to know about rain\n\nShe left “at once'."
        made.append({"id": f"{number:06}", "title": title, "date": "2025-03-01", "text": text})
        yield made[-1]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    made = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")  # large results are fetched from there
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.adaptive.enabled", "false")
        .getOrCreate()
    )
    made.sparkContext.setLogLevel("ERROR")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def one_machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    lines = [json.dumps(each, ensure_ascii=False) for each in stories(ARTICLES)]
    half = len(lines) // 2
    (folder / "a.jsonl").write_text("\n".join(lines[:half]) + "\n", encoding="utf-8")
    (folder / "b.jsonl").write_text("\n".join([*lines[half:], "{broken"]) + "\n", encoding="utf-8")
    corpus(folder, "-o", "f.parquet")
    return folder


def corpus(folder: Path, *arguments: str) -> None:
    command = [
        sys.executable,
        "-m",
        "newslint",
        "corpus",
        "a.jsonl",
        "b.jsonl",
        "--isolated",
        *arguments,
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 2, done.stdout + done.stderr  # for the broken line


def rows(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return found


def test_data_frames_give_the_same_findings_and_clusters(session: Any, one_machine: Path) -> None:
    frame = session.createDataFrame([*stories(ARTICLES)])
    alone = rows(one_machine / "f.parquet")
    articles = spark.articles(frame).repartition(3).persist()
    assert articles.count() == ARTICLES
    same = ("id", "code", "severity", "message", "text")
    found = spark.lint(frame.repartition(3))
    assert found.columns == FINDINGS.names
    assert sorted(tuple(row[name] for name in same) for row in found.collect()) == sorted(
        tuple(row[name] for name in same)
        for row in alone
        if row["code"] not in ("DUP201", "DUP202", "LNT001")
    )
    judged = spark.duplicates(articles).collect()
    assert sorted(
        (
            row["article"],
            each["code"],
            each["message"],
            tuple(other["id"] for other in each["related"]),
        )
        for row in judged
        for each in row["findings"]
    ) == sorted(
        (row["id"], row["code"], row["message"], tuple(other["id"] for other in row["related"]))
        for row in alone
        if row["code"] in ("DUP201", "DUP202")
    )
    clusters = {
        row["article"]: (row["stays"], row["of"], row["kind"]) for row in judged if row["cluster"]
    }
    assert clusters == {
        row["id"]: (row["stays"], row["of_id"], row["kind"])
        for row in rows(one_machine / "f.duplicates.parquet")
    }
    assert len(clusters) >= ARTICLES // 5
    with pytest.raises(ValueError, match="have the id"):
        spark.duplicates(articles.union(articles.limit(1)))


def test_the_command_writes_the_same_files(one_machine: Path) -> None:
    corpus(one_machine, "-o", "s.parquet", "--engine", "spark", "--master", "local[2]")
    for name in ("", ".articles", ".policy", ".duplicates"):
        assert rows(one_machine / f"s{name}.parquet") == rows(one_machine / f"f{name}.parquet")
