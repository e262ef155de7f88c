"""A corpus on one machine: what goes in comes out, once, whatever kills the run in between."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="newslint[corpus] is not installed")
pytest.importorskip("duckdb", reason="newslint[corpus] is not installed")

from pyarrow import parquet  # noqa: E402

from newslint import Config, lint_paths  # noqa: E402
from newslint.cli import main  # noqa: E402
from newslint.corpus import plan as planning  # noqa: E402
from newslint.corpus.batches import tools_of  # noqa: E402
from newslint.corpus.big import SUFFIX, Busy, Workshop  # noqa: E402
from newslint.corpus.plan import Lost, checked, planned  # noqa: E402
from newslint.files import Selection  # noqa: E402

WORDS = (
    "bridge timetable mill reservoir harbour budget library barracks market school ferry".split()
)


def story(number: int) -> dict[str, str]:
    rng = random.Random(number)
    text = "\n\n".join(
        f"The {rng.choice(WORDS)} of {number} and the {rng.choice(WORDS)} were {rng.choice(WORDS)}, she said on {n}."
        for n in range(6)
    )
    if number % 3 == 0:
        text += "\n\nAlso read: Five things to know about rain"
    return {"id": f"a{number}", "title": f"{rng.choice(WORDS)} {number}".capitalize(), "text": text}


def write_jsonl(path: Path, numbers: range, *more: str) -> Path:
    lines = [json.dumps(story(number), ensure_ascii=False) for number in numbers]
    path.write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
    return path


def write_table(path: Path, numbers: range, group: int = 10) -> Path:
    table = pa.Table.from_pylist([story(number) for number in numbers])
    parquet.write_table(table, path, row_group_size=group)
    return path


def corpus(*arguments: str, cwd: Path, status: int | None = 1) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "newslint", "corpus", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert status is None or done.returncode == status, done.stderr + done.stdout
    return done


def rows(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return found


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "SMALLEST_UNIT", 2_000)
    monkeypatch.setattr(planning, "BLOCK", 700)


def test_every_article_of_every_format_is_in_all_files(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    write_jsonl(folder / "a.jsonl", range(20), "", "{broken", "[1]")
    write_table(folder / "b.parquet", range(20, 45))
    with gzip.open(folder / "c.jsonl.gz", "wt", encoding="utf-8") as handle:
        handle.write("\n".join(json.dumps(story(number)) for number in range(45, 50)))
    (folder / "d.txt").write_text("Rain\n\nIt rains, he said.\n\nShare this article\n", "utf-8")
    (folder / "e.md").write_bytes(b"\x00\x01\x02" * 40)
    done = corpus(
        "articles", "articles/a.jsonl", "-o", "f.parquet", "--no-duplicates", cwd=tmp_path, status=2
    )
    scores = rows(tmp_path / "f.articles.parquet")
    assert Counter(row["kind"] for row in scores) == {"article": 51, "fault": 3}
    assert [row["id"] for row in scores if row["kind"] == "article"][:50] == [
        f"a{n}" for n in range(50)
    ]
    assert [(row["path"], row["row"]) for row in scores[20:22]] == [
        ("articles/a.jsonl", 22),
        ("articles/a.jsonl", 23),
    ]
    assert [row["row"] for row in scores[22:47]] == [*range(1, 26)]
    found = rows(tmp_path / "f.parquet")
    assert Counter(row["code"] for row in found)["RES102"] == 17
    assert sum(row["code"] == "LNT001" for row in found) == 3
    assert len(found) == sum(row["errors"] + row["warnings"] + row["infos"] for row in scores)
    policy = rows(tmp_path / "f.policy.parquet")
    assert [row["id"] for row in policy] == [row["id"] for row in scores]
    assert Counter(row["action"] for row in policy) == {"keep": 33, "cut": 18, "drop": 3}
    assert "54 read: 51 articles, 3 that could not be read" in done.stdout
    assert not (tmp_path / f"f.parquet{SUFFIX}").exists()


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("ends", ["\n", ""])
def test_parts_of_lines_cover_a_file_exactly(tmp_path: Path, ends: str) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", range(40), "", "  ", "x" * 5000, "{}")
    path.write_text(path.read_text("utf-8").rstrip("\n") + ends, encoding="utf-8")
    selection = Selection()
    plan = planned(selection.targets([str(path)]))
    assert len(plan.parts) > 5
    assert plan.parts[0].start == 0
    assert plan.parts[-1].stop == path.stat().st_size
    for one, two in zip(plan.parts, plan.parts[1:], strict=False):
        assert (one.stop, one.before + one.length) == (two.start, two.before)
    tools = tools_of(plan.linters[0].config)
    made = [
        row
        for part in plan.parts
        for batch in checked(part, tools, with_facts=False)
        for row in batch.to_pylist()
    ]
    assert [row["row"] for row in made] == [*range(1, 41), 43, 44]
    assert [row["kind"] for row in made[-3:]] == ["article", "fault", "fault"]


def test_a_file_that_changes_meanwhile_stops_the_run(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", range(5))
    plan = planned(Selection().targets([str(path)]))
    with open(path, "a", encoding="utf-8") as handle:
        handle.write("{}\n")
    (part,) = plan.parts
    tools = tools_of(plan.linters[0].config)
    more = part._replace(stop=path.stat().st_size)
    with pytest.raises(Lost, match="changed since the run began"):
        list(checked(more, tools, with_facts=False))


def test_a_damaged_table_loses_no_row_count(tmp_path: Path) -> None:
    path = write_table(tmp_path / "a.parquet", range(30))
    with parquet.ParquetFile(path) as file:
        place = file.metadata.row_group(1).column(2).data_page_offset
    data = bytearray(path.read_bytes())
    data[place : place + 60] = bytes(60)
    path.write_bytes(data)
    corpus("a.parquet", "-o", "f.parquet", cwd=tmp_path, status=2)
    kinds = [row["kind"] for row in rows(tmp_path / "f.articles.parquet")]
    assert kinds == ["article"] * 10 + ["fault"] * 10 + ["article"] * 10


def wait_for(path: Path, count: int, process: subprocess.Popen[bytes]) -> None:
    """Until so many parts are done, or the run is."""
    while process.poll() is None:
        if path.is_dir() and sum(name.endswith(".parquet") for name in os.listdir(path)) >= count:
            return


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(8):
        write_jsonl(folder / f"{number}.jsonl", range(number * 30, number * 30 + 30))
    corpus("articles", "-o", "whole.parquet", "--jobs", "2", cwd=tmp_path)
    unfinished = tmp_path / f"f.parquet{SUFFIX}"
    command = [
        sys.executable,
        "-m",
        "newslint",
        "corpus",
        "articles",
        "-o",
        "f.parquet",
        "--jobs",
        "2",
    ]
    kept: list[dict[str, int]] = []
    for count in (1, 3, 6):
        process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
        wait_for(unfinished, count, process)
        process.kill()
        assert process.wait() in (-signal.SIGKILL, 1)
        kept.append(
            {
                name: (unfinished / name).stat().st_mtime_ns
                for name in (os.listdir(unfinished) if unfinished.is_dir() else ())
                if name.endswith(".parquet")
            }
        )
    assert len(kept[0]) >= 1
    for before, after in pairwise(kept):
        assert after.items() >= before.items() or not after
    corpus("articles", "-o", "f.parquet", "--jobs", "2", cwd=tmp_path)
    for name in ("", ".articles", ".policy", ".duplicates"):
        assert rows(tmp_path / f"f{name}.parquet") == rows(tmp_path / f"whole{name}.parquet")
    assert not unfinished.exists()


def test_other_settings_or_sources_begin_anew(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", range(3))
    selection = Selection()

    def parts_done(select: tuple[str, ...]) -> bool:
        chosen = Selection(select=select) if select else selection
        plan = planned(chosen.targets([str(path)]))
        with Workshop(str(tmp_path / "f.parquet"), plan, "") as workshop:
            found = workshop.done(0) >= 0
            parquet.write_table(pa.table({"a": [1]}), workshop.path(0))
        return found

    assert [parts_done(each) for each in ((), (), ("QUO",), ("QUO",))] == [False, True, False, True]
    write_jsonl(path, range(4))
    assert not parts_done(("QUO",))


def test_what_a_run_writes_is_none_of_its_sources(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", range(6))
    first = corpus(".", "-o", "f.parquet", "--jobs", "1", cwd=tmp_path)
    unfinished = tmp_path / f"f.parquet{SUFFIX}"
    unfinished.mkdir()
    write_table(unfinished / "0000000.parquet", range(3))
    assert corpus(".", "-o", "f.parquet", "--jobs", "1", cwd=tmp_path).stdout == first.stdout
    done = corpus("f.parquet", "-o", "f.parquet", cwd=tmp_path, status=2)
    assert "is to be read and written" in done.stderr


def test_a_source_that_is_not_there_leaves_earlier_results(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", range(6))
    corpus("a.jsonl", "-o", "f.parquet", "--jobs", "1", cwd=tmp_path)
    before = (tmp_path / "f.parquet").read_bytes()
    done = corpus("b.jsonl", "a.jsonl", "-o", "f.parquet", "--jobs", "1", cwd=tmp_path, status=2)
    assert "b.jsonl: No such file" in done.stderr
    assert (tmp_path / "f.parquet").read_bytes() == before


def test_two_runs_do_not_write_the_same_output(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", range(3))
    plan = planned(Selection().targets([str(path)]))
    output = str(tmp_path / "f.parquet")
    with Workshop(output, plan, ""), pytest.raises(Busy, match="another run"):
        Workshop(output, plan, "").__enter__()
    with Workshop(output, plan, "") as workshop:
        done = corpus("a.jsonl", "-o", "f.parquet", cwd=tmp_path, status=2)
        assert "another run is writing it" in done.stderr
        workshop.remove()


KILLER = """
import os, signal
from newslint import hookimpl, rule

@rule("ZZZ101", "deadly-word", severity="error", bad=["⟦deadly⟧"], good=["alive", "dead"])
def deadly_word(article):
    \"\"\"Ends the process.

    For a test.
    \"\"\"
    if "deadly" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return iter(())

@hookimpl
def newslint_rules():
    return [deadly_word]
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_an_article_that_kills_its_worker_is_a_finding_and_no_other_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "killer.py").write_text(KILLER, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    write_jsonl(
        tmp_path / "a.jsonl", range(5), '{"id": "x", "text": "A deadly day."}', json.dumps(story(6))
    )
    write_jsonl(tmp_path / "b.jsonl", range(10, 15))
    done = corpus(
        "a.jsonl", "b.jsonl", "-o", "f.parquet", "--jobs", "2", "--plugin", "killer",
        "--extend-select", "ZZZ", cwd=tmp_path, status=2,
    )  # fmt: skip
    scores = rows(tmp_path / "f.articles.parquet")
    assert [row["kind"] for row in scores] == ["article"] * 5 + ["fault"] + ["article"] * 6
    assert scores[5]["row"] == 6
    (fault,) = [row for row in rows(tmp_path / "f.parquet") if row["code"] == "LNT001"]
    assert "ended its worker process" in fault["message"]
    assert "1 that could not be read" in done.stdout


def test_what_is_missing_is_named_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for package in ("duckdb", "pyarrow"):
        monkeypatch.setitem(sys.modules, package, None)
    assert main(["corpus", "a.jsonl", "-o", "f.parquet"]) == 2
    told = capsys.readouterr().err
    assert "needs pyarrow and duckdb; pip install 'newslint[corpus]'" in told


def test_a_terminal_sees_rate_and_time_left_and_nothing_else_does(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals on Windows")
    write_jsonl(tmp_path / "a.jsonl", range(5))
    write_jsonl(tmp_path / "b.jsonl", range(5, 10))
    above, below = pty.openpty()
    command = [sys.executable, "-m", "newslint", "corpus", ".", "-o", "f.parquet", "--jobs", "1"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=below,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(below)
    shown = os.read(above, 1 << 16).decode("utf-8", "replace")
    os.close(above)
    assert "5 articles" in shown
    assert "/s" in shown
    assert "left" in shown
    assert b"\x1b" not in done.stdout
    assert corpus(".", "-o", "f.parquet", cwd=tmp_path).stderr == ""


def test_copies_are_found_across_files_and_one_stays(tmp_path: Path) -> None:
    stories = [*STORIES, {**STORIES[0], "id": "copy"}, {**STORIES[1], "id": "short"}]
    stories[-1]["text"] = stories[-1]["text"].rsplit("\n\n", 2)[0]
    for number in (0, 1):
        lines = [json.dumps(each) for each in stories[number::2]]
        (tmp_path / f"{number}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    corpus(".", "-o", "f.parquet", "--jobs", "1", cwd=tmp_path, status=0)
    found = rows(tmp_path / "f.duplicates.parquet")
    assert {row["id"]: row["of_id"] for row in found} == {
        "0": None, "1": None, "copy": "0", "short": "1"
    }  # fmt: skip
    assert {row["id"]: row["kind"] for row in found if not row["stays"]} == {
        "copy": "copy",
        "short": "trimmed copy",
    }
    dropped = [row for row in rows(tmp_path / "f.policy.parquet") if row["action"] == "drop"]
    assert {row["id"] for row in dropped} == {"copy", "short"}
    warned = {
        (row["id"], row["code"], tuple(each["id"] for each in row["related"]), row["message"])
        for row in rows(tmp_path / "f.parquet")
    }
    paths = [str(tmp_path / "0.jsonl"), str(tmp_path / "1.jsonl")]
    assert warned == {
        (each.part, each.code, tuple(other.part for other in each.related), each.message)
        for each in lint_paths(paths, config=Config(extend_select=("near-duplicate-article",)))
    }
    assert {row[1] for row in warned} == {"DUP201", "DUP202"}


def _text(number: int) -> str:
    rng = random.Random(number)
    return "\n\n".join(
        " ".join(rng.choices(WORDS, k=30)).capitalize() + f", said {name}."
        for name in ("Edda Moe", "Ivo Sand", "Ada Brook", "Ulf Pell")
    )


STORIES = [
    {"id": str(number), "title": f"{word.capitalize()} closed, council says", "text": _text(number)}
    for number, word in enumerate(WORDS[:6])
]


def test_bad_command_lines_say_what_to_do(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", range(2))
    for arguments, message in (
        (("a.jsonl", "-o", "f.txt"), "must end in .parquet"),
        (("a.jsonl", "-o", "f.parquet", "--drop", "nosuch"), "nosuch"),
        (("a.jsonl", "-o", "f.parquet", "--min-quality", "2"), "from 0 to 1"),
        (("a.jsonl", "-o", "f.parquet", "--memory", "much"), "--memory"),
    ):
        done = corpus(*arguments, cwd=tmp_path, status=2)
        assert message in done.stderr
        assert "Traceback" not in done.stderr
