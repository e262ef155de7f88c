"""The baseline: old findings are known wherever they move to, new ones fail, and none vanishes unseen."""

from __future__ import annotations

import gc
import io
import os
import pickle
import subprocess
import sys
import weakref
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import newslint
from newslint import ConfigError
from newslint.baseline import Baseline, dumped, load
from newslint.cli import main
from newslint.config import Config
from newslint.config import load as load_config
from newslint.engine import Linter
from newslint.finding import fingerprint
from newslint.source import Source
from steps import steps

BAD = 'The envoy spoke of a ‘malign" alliance, her office said on Monday.'
WORSE = 'The mayor called it a ‘small" matter, a clerk said.'
GOOD = "The council met on Friday, a clerk said."
Run = Callable[..., tuple[int, str]]


def write(name: str, *paragraphs: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(("A day in Tarn", *paragraphs)) + "\n", "utf-8")


def adopt(run: Run, *, more: str = "", compares: bool = False) -> None:
    # All of them have the same title.
    ignored = "" if compares else 'ignore = ["duplicate-title"]\n'
    settings = f'baseline = "newslint-baseline.json"\n{ignored}{more}'
    Path("newslint.toml").write_text(settings, "utf-8")
    assert run("baseline", "--update", ".")[0] == 0


def known() -> dict[str, int]:
    return {path: sum(each.values()) for path, each in load("newslint-baseline.json").files.items()}


# ---------------------------------------------------------------------- what is known


def test_known_findings_are_counted_and_do_not_fail(run: Run) -> None:
    write("a.txt", BAD, WORSE)
    write("b.txt", GOOD)
    adopt(run)
    assert run(".") == (0, "Nothing new in 2 files.\n2 known from the baseline.\n")
    assert "QUO101" in run("--no-baseline", ".")[1]
    status, output = run("--statistics", ".")
    assert (status, "2 known from the baseline." in output) == (0, True)


def test_what_comparing_articles_finds_is_known_and_gone_like_all_else(run: Run) -> None:
    write("a.txt", GOOD)
    write("b.txt", GOOD)
    adopt(run, compares=True)
    assert known() == {"b.txt": 1}
    assert run(".") == (0, "Nothing new in 2 files.\n1 known from the baseline.\n")
    assert run("baseline", "--check", "b.txt")[0] == 0  # alone, it cannot tell
    write("c.txt", GOOD)
    assert "c.txt:1:1: DUP201" in run("baseline", "--check", ".")[1]
    Path("c.txt").unlink()
    Path("a.txt").write_text(f"Rain in Merrow\n\n{GOOD}\n", "utf-8")
    assert "b.txt: DUP201 is gone" in run("baseline", "--check", ".")[1]
    assert run("baseline", "--prune", ".")[0] == 0
    assert known() == {}


def test_a_finding_is_known_wherever_its_lines_move(run: Run) -> None:
    write("a.md", BAD)
    adopt(run)
    first, second = BAD.split(" her office ")
    write("a.md", GOOD, f"{first}\nher office {second}", "It rained on Monday, she said.")
    assert run(".") == (0, "Nothing new in 1 file.\n1 known from the baseline.\n")


def test_a_changed_sentence_is_new_and_the_old_one_gone(run: Run) -> None:
    write("a.txt", BAD)
    adopt(run)
    write("a.txt", BAD.replace("Monday", "Tuesday"))
    status, output = run("--output-format", "concise", ".")
    assert status == 1
    assert "a.txt:3:22: QUO101" in output
    assert "1 finding of the baseline is gone" in output


def test_equal_findings_are_counted(run: Run) -> None:
    write("a.txt", BAD, GOOD, BAD)
    Path("newslint.toml").write_text(
        'baseline = "newslint-baseline.json"\nignore = ["DUP"]\n', "utf-8"
    )
    assert run("baseline", "--update")[0] == 0
    assert list(load("newslint-baseline.json").files["a.txt"].values()) == [2]
    write("a.txt", BAD, GOOD, BAD, GOOD + " It rained.", BAD)
    status, output = run("--output-format", "concise", "--quiet")
    assert (status, output.count("QUO101")) == (1, 1)


def test_the_sentence_counts_and_not_its_neighbours(run: Run) -> None:
    write("a.md", f"It rained. {BAD}")
    adopt(run)
    write("a.md", f"It snowed in the night. {BAD} The roads were closed, police said.")
    assert run(".")[0] == 0


def test_a_renamed_file_stays_known_and_a_copy_does_not(run: Run) -> None:
    write("a.txt", BAD)
    write("b.txt", WORSE)
    adopt(run)
    os.rename("a.txt", "c.txt")
    write("d.txt", WORSE)
    status, output = run("--output-format", "concise", ".")
    assert status == 1
    assert "d.txt:3" in output
    assert "c.txt:3" not in output
    run("baseline", "--prune", ".")
    assert known() == {"b.txt": 1, "c.txt": 1}


def test_what_cannot_be_read_is_never_known(run: Run) -> None:
    Path("a.jsonl").write_text('{"id": "a", "text":\n', "utf-8")
    Path("newslint.toml").write_text('baseline = "newslint-baseline.json"\n', "utf-8")
    status, output = run("baseline", "--update", ".")
    assert (status, "LNT001" in output) == (2, True)
    assert run(".")[0] == 2
    assert known() == {}


def test_rules_that_are_off_lose_no_entries(run: Run) -> None:
    write("a.txt", BAD, "Also read: Five things to know")
    adopt(run)
    assert known() == {"a.txt": 2}
    assert run("--select", "QUO", ".") == (
        0,
        "Nothing new in 1 file.\n1 known from the baseline.\n",
    )
    assert run("baseline", "--prune", "--config", "ignore=['RES']", ".")[0] == 0
    assert known() == {"a.txt": 2}


def test_members_of_archives(run: Run) -> None:
    write("a.txt", BAD)
    write("b.txt", WORSE)
    with zipfile.ZipFile("old.zip", "w") as archive:
        archive.write("a.txt")
        archive.write("b.txt")
    os.remove("a.txt")
    os.remove("b.txt")
    adopt(run)
    assert known() == {"old.zip/a.txt": 1, "old.zip/b.txt": 1}
    assert run(".")[0] == 0
    os.remove("old.zip")
    write("a.txt", BAD)
    with zipfile.ZipFile("old.zip", "w") as archive:
        archive.write("a.txt")
    os.remove("a.txt")
    assert "1 finding of the baseline is gone" in run(".")[1]
    run("baseline", "--prune", ".")
    assert known() == {"old.zip/a.txt": 1}


def test_records_of_one_file(run: Run) -> None:
    record = '{{"id": "{}", "text": "A ‘malign\\" alliance, an aide said."}}\n'
    Path("a.jsonl").write_text(record.format("x") + record.format("y"), "utf-8")
    adopt(run)
    Path("a.jsonl").write_text("".join(map(record.format, "zyx")), "utf-8")
    status, output = run("--quiet", "--output-format", "concise", ".")
    assert (status, output.count("QUO101"), "in x" in output) == (1, 1, True)


def test_more_findings_in_one_file_than_are_held_at_once(run: Run) -> None:
    record = '{{"id": "{}", "text": "A ‘malign\\" alliance, aide {} said."}}\n'
    lines = [record.format(number, number) for number in range(5200)]
    Path("a.jsonl").write_text("".join(lines), "utf-8")
    adopt(run)
    Path("a.jsonl").write_text("".join([*lines[1:], record.format("n", "n")]), "utf-8")
    status, output = run("--output-format", "concise", ".")
    assert (status, output.count("QUO101")) == (1, 1)
    assert "5,199 known from the baseline.\n1 finding of the baseline is gone" in output


# ---------------------------------------------------------------------- update, prune, check


def test_files_that_are_not_part_of_the_run_keep_their_entries(run: Run) -> None:
    write("old/a.txt", BAD)
    write("new/b.txt", BAD)
    write("new/c.txt", BAD)
    adopt(run)
    write("new/b.txt", GOOD)
    os.remove("new/c.txt")
    write("old/a.txt", GOOD)
    status, output = run("baseline", "--update", "new")
    assert status == 0
    assert "new/b.txt: QUO101 is gone\nnew/c.txt: QUO101 is gone\n" in output
    assert known() == {"old/a.txt": 1}


def test_prune_adds_nothing(run: Run) -> None:
    write("a.txt", BAD)
    adopt(run)
    write("a.txt", WORSE)
    assert run("baseline", "--prune", ".")[0] == 0
    assert known() == {}


def test_check_fails_on_what_is_new_and_on_what_is_gone(run: Run) -> None:
    write("a.txt", BAD)
    write("b.txt", BAD)
    adopt(run)
    before = Path("newslint-baseline.json").read_bytes()
    assert run("baseline", "--check", ".") == (0, "newslint-baseline.json: 2 findings in 2 files\n")
    write("a.txt", BAD, WORSE)
    status, output = run("baseline", "--check", ".")
    assert (status, "a.txt:5:23: QUO101" in output) == (1, True)
    write("a.txt", GOOD)
    status, output = run("baseline", "--check", ".")
    assert (status, "a.txt: QUO101 is gone" in output) == (1, True)
    assert Path("newslint-baseline.json").read_bytes() == before


def test_a_ratchet_may_only_shrink(run: Run) -> None:
    write("a.txt", BAD)
    write("b.txt", BAD)
    adopt(run, more="baseline-ratchet = true\n")
    assert known() == {"a.txt": 1, "b.txt": 1}
    write("b.txt", GOOD)
    write("c.txt", WORSE)
    status, output = run("baseline", "--update", ".")
    assert (status, "1 new, not in it" in output) == (1, True)
    assert known() == {"a.txt": 1}
    os.remove("c.txt")
    write("a.txt", GOOD)
    status, output = run(".")
    assert status == 1
    assert "newslint-baseline.json: 1 finding is gone, and it may only shrink" in output
    assert run("baseline", "--prune", ".")[0] == 0
    assert run(".")[0] == 0


def test_each_configuration_has_its_own(run: Run) -> None:
    write("a.txt", BAD)
    write("desk/b.txt", BAD)
    Path("desk/newslint.toml").write_text('baseline = "known.json"\n', "utf-8")
    adopt(run)
    assert known() == {"a.txt": 1}
    assert load("desk/known.json").files.keys() == {"b.txt"}
    assert run(".")[0] == 0
    os.chdir("desk")
    assert run("../a.txt", "b.txt")[0] == 0


def test_without_a_setting_the_command_says_what_to_do(run: Run) -> None:
    write("a.txt", BAD)
    status, output = run("baseline", "--update", ".")
    assert (status, 'set baseline = "newslint-baseline.json"' in output) == (0, True)
    assert run("--quiet", ".")[0] == 1
    assert run("--baseline", "newslint-baseline.json", ".")[0] == 0


# ---------------------------------------------------------------------- the file


def test_the_file_is_sorted_one_finding_a_line_and_stable(run: Run) -> None:
    write("b.txt", BAD)
    write("a.txt", BAD, WORSE)
    adopt(run)
    data = Path("newslint-baseline.json").read_bytes()
    keys = sorted(f"QUO101 {fingerprint(text)}" for text in (BAD, WORSE))
    assert data.decode() == (
        '{\n"version": 1,\n"files": {\n"a.txt": {\n'
        f'"{keys[0]}": 1,\n"{keys[1]}": 1\n}},\n'
        f'"b.txt": {{\n"QUO101 {fingerprint(BAD)}": 1\n}}\n}}\n}}\n'
    )
    stamp = os.stat("newslint-baseline.json").st_mtime_ns
    run("baseline", "--update", ".")
    assert os.stat("newslint-baseline.json").st_mtime_ns == stamp  # not written for nothing


@pytest.mark.parametrize("path", ["a.txt", "a.md"])
def test_what_a_finding_is_known_by_is_that_of_its_sentence(path: str) -> None:
    """Whether it is asked for at once, or when the article is gone; and of a line where there is no sentence."""
    text = f"The mayor spoke first. {BAD} Nobody answered.\n\n  {BAD}\n\nIt ended. \u201d It did.\n"
    findings = newslint.lint_text(text, path=path, select=["QUO"], language="en")
    assert [finding.fingerprint for finding in findings] == [
        fingerprint(BAD),
        fingerprint(BAD),
        fingerprint("” It did."),
    ]
    again = pickle.loads(pickle.dumps(findings))
    assert again == findings == newslint.lint_text(text, path=path, select=["QUO"], language="en")
    assert all(isinstance(finding.sentence, str) for finding in again)
    assert len({*again, *findings}) == len(findings)


def test_an_article_is_gone_when_its_findings_are_there() -> None:
    """Of a file; a text that the caller holds stays until its findings have been asked for what it is needed for."""
    linter = Linter(Config(select=("QUO",)))
    text = f"{BAD}\n\n“It was late,” she said. “It was dark.\n\n“I left,” she said.\n"
    gc.collect()
    gc.disable()
    try:
        source = Source(text)
        gone = weakref.ref(source)
        findings = linter.check_source(source, "en").findings
        del source
        assert gone() is not None
        assert [each.start_position.line for each in findings] == [1]
        assert gone() is None
        known = {id(each) for each in gc.get_objects() if isinstance(each, Source)}
        same = linter.check_bytes(text.encode(), "article.txt").findings
        assert {id(each) for each in gc.get_objects() if isinstance(each, Source)} <= known
    finally:
        gc.enable()
    assert [each.fingerprint for each in findings] == [fingerprint(BAD)]
    assert same == findings


def test_many_findings_on_a_long_line_keep_it_once_and_split_it_once() -> None:
    counted = []
    for count in (100, 200):
        findings = newslint.lint_text(f"{BAD} " * count, select=["QUO101"], language="en")
        assert len(findings) == count
        counted.append(steps(lambda found=findings: [each.fingerprint for each in found]))
        kept = [part for each in findings for part in gc.get_referents(each.sentence)]
        # One line for all, beside the class and the places.
        assert len({id(part) for part in kept if not isinstance(part, (int, type))}) == 1
    assert counted[1] < 3 * counted[0]


def test_a_fingerprint_is_the_same_everywhere() -> None:
    assert fingerprint('A ‘small"\n matter.') == fingerprint(' A ‘small" matter. ')
    assert fingerprint("A small matter.") == "5abf06c2283b1fba"


def test_any_path_can_be_noted(tmp_path: Path) -> None:
    paths = ["a\nb.txt", 'quo"te.txt', "\udcff.txt", "\x1b[31m.txt", "rain ☂.txt", "##[x.txt"]
    counts = {("QUO101", "0" * 16): 2}
    path = tmp_path / "b.json"
    made = Baseline(str(path), str(tmp_path), dict.fromkeys(paths, counts))
    data = dumped(made)
    assert not set(data) & {0x1B, 0x0D}
    path.write_bytes(data)
    assert load(str(path)).files == made.files


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "not JSON"),
        ("[]", 1, "it has no version"),
        ("[" * 100_000, 1, "nested too deeply"),
        ('{"version": 2}', 1, "version 2 of the format, not 1"),
        ('{\n"version": 1,\n"files": []}', 3, "must be an object"),
        ('{\n"version": 1,\n"fils": {}}', 3, "unknown key “fils”"),
        ('{\n"version": 1,\n"files": {\n"a.txt": []}}', 4, "“a.txt” must hold an object"),
        ('{\n"version": 1,\n"files": {\n"a.txt": {\n"QUO101": 1}}}', 5, "“QUO101” is no finding"),
        ('{\n"version": 1,\n"files": {\n"a": {"QUO101 0123456789abcdef": 0}}}', 4, "once or more"),
        ('{\n"version": 1,\n"files": {\n"a.txt": {},\n"a.txt": {}}}', 5, "stands there twice"),
        ('{\n"version": 1,\n<<<<<<< HEAD\n"files": {}}', 3, "a merge that is not settled"),
        ('{\n"version": 1,\n"files": {},}', 3, "not JSON"),
    ],
)
def test_a_broken_file_stops_the_run(run: Run, text: str, line: int, message: str) -> None:
    write("a.txt", BAD)
    Path("newslint.toml").write_text('baseline = "newslint-baseline.json"\n', "utf-8")
    Path("newslint-baseline.json").write_text(text, "utf-8")
    for command in ((".",), ("baseline", "--update", "."), ("baseline", "--check", ".")):
        status, output = run(*command)
        assert status == 2
        assert output.startswith(f"newslint: error: newslint-baseline.json:{line}: ")
        assert message in output
    assert Path("newslint-baseline.json").read_text("utf-8") == text


def test_a_baseline_that_is_not_there_stops_the_run(run: Run) -> None:
    write("a.txt", BAD)
    Path("newslint.toml").write_text('# none yet\nbaseline = "known.json"\n', "utf-8")
    status, output = run(".")
    assert status == 2
    assert output == (
        "newslint: error: newslint.toml:2: there is no baseline “known.json”;"
        " newslint baseline --update makes one\n"
    )
    assert run("baseline", "--prune", ".")[0] == 2
    assert run("--no-baseline", "--baseline", "x.json", ".")[0] == 2


def test_two_writers_lose_nothing(run: Run, tmp_path: Path) -> None:
    names = [f"desk{number}" for number in range(6)]
    for name in names:
        write(f"{name}/a.txt", BAD)
    Path("newslint.toml").write_text('baseline = "newslint-baseline.json"\n', "utf-8")
    command = [sys.executable, "-m", "newslint", "baseline", "--update"]
    running = [subprocess.Popen([*command, name], stdout=subprocess.DEVNULL) for name in names]
    assert [process.wait() for process in running] == [0] * len(names)
    assert known() == {f"{name}/a.txt": 1 for name in names}


# ---------------------------------------------------------------------- the other ways in


def test_the_api(run: Run, tmp_path: Path) -> None:
    write("a.txt", BAD)
    adopt(run)
    write("a.txt", BAD, WORSE)
    config = load_config(str(tmp_path / "newslint.toml"))
    assert [each.start_position.line for each in newslint.lint_paths(["."], config=config)] == [5]
    assert len(list(newslint.lint_paths(["."]))) == 2
    Path("newslint-baseline.json").write_text("x", "utf-8")
    with pytest.raises(ConfigError, match=r"newslint-baseline\.json:1: not JSON"):
        list(newslint.lint_paths(["."], config=config))


def test_the_pytest_plugin(pytester: pytest.Pytester) -> None:
    os.chdir(pytester.path)
    write("a.txt", BAD)
    Path("newslint.toml").write_text('baseline = "newslint-baseline.json"\n', "utf-8")
    assert main(["baseline", "--update", "."]) == 0
    result = pytester.runpytest("--newslint")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["1 known from the baseline"])
    write("a.txt", BAD, WORSE)
    result = pytester.runpytest("--newslint")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["a.txt:5:23: QUO101*"])


def test_the_pytest_plugin_counts_what_is_suppressed(pytester: pytest.Pytester) -> None:
    os.chdir(pytester.path)
    write("a.md", f"<!-- newslint: disable=QUO101 -- as sent -->\n\n{BAD}")
    result = pytester.runpytest("--newslint")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["1 suppressed"])


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.txt", BAD)
    adopt(run)
    text = Path("a.txt").read_bytes()
    for name, status in (("a.txt", 0), ("b.txt", 1)):
        stdin = io.TextIOWrapper(io.BytesIO(text), "utf-8")
        monkeypatch.setattr("sys.stdin", stdin)
        assert run("--stdin-filename", name, "--quiet", "-")[0] == status


def test_worker_processes(run: Run) -> None:
    filler = "The council met on Friday, a clerk said. " * 4000
    for number in range(12):
        write(f"{number}.txt", BAD, f"{filler}{number}")
    adopt(run, more='select = ["QUO"]\n')
    assert run("--jobs", "2", "--no-cache", ".") == (
        0,
        "Nothing new in 12 files.\n12 known from the baseline.\n",
    )


def test_results_of_earlier_runs_know_nothing_of_the_baseline(run: Run) -> None:
    write("a.txt", BAD)
    os.utime("a.txt", (1_600_000_000, 1_600_000_000))
    assert run("--quiet", ".")[0] == 1
    adopt(run)
    assert run(".")[0] == 0
    assert run("--no-baseline", "--quiet", ".")[0] == 1


# ---------------------------------------------------------------------- an archive


def git(*arguments: str) -> str:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    author = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    done = subprocess.run(
        ["git", *author, *arguments], check=True, capture_output=True, env={**os.environ, **own}
    )
    return done.stdout.decode()


def story(number: int) -> list[str]:
    """Paragraphs with one to three old faults."""
    paragraphs = [
        f"The harbour of pier {number} opened on Friday, the port authority said.",
        f'Captain {number} spoke of a ‘long" winter, her office said. It was over, she said.',
        f"Boats will leave from berth {number} every morning, the company said.",
    ]
    if number % 3 == 0:
        paragraphs.append(f"Also read: Ten boats of berth {number}")
    if number % 5 == 0:
        paragraphs.append(f"The crew of boat {number} sang “all night‘ long, a guest said.")
    return paragraphs


def test_an_archive_of_2000_articles_is_adopted(run: Run) -> None:
    names = [f"archive/{number % 20:02}/story-{number:04}.md" for number in range(2000)]
    for number, name in enumerate(names):
        write(name, *story(number))
    git("init", "-q", "-b", "main")
    adopt(run)
    total = sum(known().values())
    assert total >= 2000 + 2000 // 3 + 2000 // 5
    git("add", "-A")
    git("commit", "-q", "-m", "Adopt newslint")
    assert run(".") == (
        0,
        f"Nothing new in 2,000 files.\n{total:,} known from the baseline.\n",
    )

    for number in range(0, 500, 10):  # 50 articles: lines moved, paragraphs added
        first, *others = story(number)
        added = f"Nobody was hurt on pier {number}, the police said."
        moved = [others[-1], first.replace(" on Friday", "\non Friday"), added, *others[:-1]]
        if number == 120:
            moved.append(f'The mayor spoke of a ‘new" fault of pier {number}, a clerk said.')
        if number == 340:
            moved = [each for each in moved if "winter" not in each]
        write(names[number], *moved)
    changed = git("diff", "--name-only", "-z").split("\0")[:-1]
    assert len(changed) == 50

    for paths in (["."], changed):  # as in CI, and as from pre-commit
        status, output = run("--output-format", "concise", *paths)
        findings = [line for line in output.splitlines() if ".md:" in line]
        assert status == 1
        assert len(findings) == 1, output
        assert findings[0].startswith(f"{names[120]}:")
        assert "QUO101" in findings[0]
        assert "\n1 finding of the baseline is gone;" in output

    status, output = run("baseline", "--check", ".")
    assert (status, f"{names[340]}: QUO101 is gone\n" in output) == (1, True)
    assert run("baseline", "--prune", *changed)[0] == 0
    assert sum(known().values()) == total - 1
    diff = git("diff", "-U0", "newslint-baseline.json").splitlines()
    lines = {sign: {x[1:].rstrip(",") for x in diff if x.startswith(f'{sign}"')} for sign in "+-"}
    assert len(lines["-"] - lines["+"]) == 1
    assert lines["+"] <= lines["-"]

    git("mv", names[7], "archive/renamed.md")
    assert run("archive/renamed.md")[0] == 0


def test_the_recipe_for_a_build_server(run: Run, root: Path, tmp_path: Path) -> None:
    text = (root / "docs" / "suppressing.md").read_text("utf-8")
    recipe = text.split("```sh\n", 1)[1].split("```", 1)[0]
    assert len(recipe.splitlines()) == 3
    write("articles/a.txt", BAD)
    write("articles/b.txt", BAD)
    adopt(run, more="baseline-ratchet = true\n")
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "Adopt newslint")
    git("update-ref", "refs/remotes/origin/main", "main")
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"]))

    def statuses() -> list[int]:
        return [
            subprocess.run(line, shell=True, env={**os.environ, "PATH": path}).returncode
            for line in recipe.splitlines()
        ]

    assert statuses() == [0, 0, 0]
    write("articles/b.txt", GOOD)
    assert statuses() == [0, 0, 1]  # mended, and not taken out
    assert run("baseline", "--prune", "articles")[0] == 0
    assert statuses() == [0, 0, 0]
    write("articles/c.txt", WORSE)
    os.remove("newslint-baseline.json")
    assert run("baseline", "--update", "articles")[0] == 0
    assert statuses() == [0, 1, 0]  # added by hand
