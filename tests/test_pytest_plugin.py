"""pytest as users run it, by pytester."""

from __future__ import annotations

import gc
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import pytest

from newslint.engine import Linter
from newslint.finding import FileResult

BAD = (
    'Envoys meet in Ostrava\n\nThe envoy spoke of a ‘malign" alliance, her office said on Monday.\n'
)
GOOD = (
    "Envoys meet in Ostrava\n\nThe envoy spoke of a ‘malign’ alliance, her office said on Monday.\n"
)
WARNED = (
    'Envoys meet in Ostrava\n\nThe envoy spoke of a “malign" alliance, her office said on Monday.\n'
)


@pytest.fixture(autouse=True)
def _strict(pytester: pytest.Pytester) -> Iterator[None]:
    pytester.makeini("[pytest]\naddopts = --strict-markers\n")
    yield
    gc.unfreeze()  # many runs in one process


def article(pytester: pytest.Pytester, name: str, text: str) -> None:
    path = pytester.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_one_item_a_file(pytester: pytest.Pytester) -> None:
    article(pytester, "a/bad.txt", BAD)
    article(pytester, "a/good.txt", GOOD)
    result = pytester.runpytest("--newslint", "a", "-v")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "a/bad.txt::newslint FAILED*",
            "a/good.txt::newslint PASSED*",
            "*QUO101*mismatched-quotes*",
        ]
    )


def test_small_articles_are_checked_together(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    def alone(linter: Linter, path: str) -> FileResult:
        raise AssertionError(f"{path} was checked alone")

    monkeypatch.setattr(Linter, "check_path", alone)
    for name, text in (("a.txt", BAD), ("b.txt", GOOD), ("deep/c.txt", BAD), ("deep/d.txt", GOOD)):
        article(pytester, name, text)
    pytester.path.joinpath("e.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    article(pytester, "deep/newslint.toml", 'ignore = ["QUO"]\n')
    result = pytester.runpytest("--newslint", ".", "-v")
    result.assert_outcomes(passed=3, failed=2)
    result.stdout.fnmatch_lines_random(
        [f"{name}::newslint PASSED*" for name in ("b.txt", "deep/c.txt", "deep/d.txt")]
        + [f"{name}::newslint FAILED*" for name in ("a.txt", "e.txt")]
    )


def test_articles_that_are_not_run_or_run_out_of_turn_do_not_shift_the_others(
    pytester: pytest.Pytester,
) -> None:
    for name, text in (("a.txt", BAD), ("b.txt", GOOD), ("c.txt", BAD), ("d.txt", GOOD)):
        article(pytester, name, text)
    pytester.makeconftest(
        """
        import pytest

        def pytest_collection_modifyitems(items):
            items[0].add_marker(pytest.mark.skip)

        @pytest.hookimpl(tryfirst=True)
        def pytest_runtestloop(session):
            session.items[1:] = session.items[:0:-1]
        """
    )
    result = pytester.runpytest("--newslint", ".", "-v")
    result.assert_outcomes(passed=2, failed=1, skipped=1)
    result.stdout.fnmatch_lines(
        [
            "a.txt::newslint SKIPPED*",
            "d.txt::newslint PASSED*",
            "c.txt::newslint FAILED*",
            "b.txt::newslint PASSED*",
        ]
    )


def test_what_is_known_of_an_unchanged_article_is_replayed(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, checked: list[str]
) -> None:
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(pytester.path / "kept"))
    for name, text in (("a.txt", BAD), ("b.txt", GOOD), ("c.txt", GOOD)):
        article(pytester, name, text)

    def run(*arguments: str) -> list[str]:
        checked.clear()
        result = pytester.runpytest("--newslint", ".", *arguments)
        result.assert_outcomes(failed=1, passed=0 if "-x" in arguments else 2)
        result.stdout.fnmatch_lines(["*QUO101*mismatched-quotes*"])
        return sorted(checked)

    run("-x")  # what it saw is kept, though it ended before all were asked for
    assert "a.txt" not in run()
    assert run() == []
    article(pytester, "c.txt", f"{GOOD} ")
    assert run() == ["c.txt"]
    assert run("-p", "no:cacheprovider") == ["a.txt", "b.txt", "c.txt"]


TAKING_PART = {
    "set-up": "def pytest_runtest_setup(item): print('seen')",
    "call": "@pytest.hookimpl(wrapper=True)\ndef pytest_runtest_call(item):\n    print('seen')\n    return (yield)",
    "tear-down": "def pytest_runtest_teardown(item): print('seen')",
    "report": "def pytest_runtest_makereport(item, call): print('seen')",
    "mark": "def pytest_collection_modifyitems(items):\n    print('seen')\n    items[0].add_marker(pytest.mark.xfail)",
    "test": "def pytest_pycollect_makeitem(): print('seen')",
}


@pytest.mark.parametrize("part", TAKING_PART)
def test_who_takes_part_in_the_phases_of_tests_does_in_those_of_articles(
    pytester: pytest.Pytester, part: str
) -> None:
    article(pytester, "a/a.txt", BAD)
    article(pytester, "b/b.txt", GOOD)
    pytester.makeconftest(f"import pytest\n{TAKING_PART[part]}\n")
    if part == "test":
        for folder in ("a", "b"):
            text = "import pytest\n@pytest.fixture(scope='package', autouse=True)\ndef a(): yield\ndef test_a(): pass\n"
            article(pytester, f"{folder}/test_{folder}.py", text)
            article(pytester, f"{folder}/__init__.py", "")
    result = pytester.runpytest("--newslint", ".", "-s")
    counts = {"mark": (1, 0), "test": (3, 1)}
    passed, failed = counts.get(part, (1, 1))
    result.assert_outcomes(passed=passed, failed=failed, xfailed=1 if part == "mark" else 0)
    result.stdout.fnmatch_lines(["*seen*"])


def test_articles_alone_are_reported_as_articles_among_tests(pytester: pytest.Pytester) -> None:
    for name, text in (("a.txt", BAD), ("b.txt", GOOD), ("c.txt", WARNED), ("e.xml", "<a/>")):
        article(pytester, name, text)
    pytester.path.joinpath("d.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)

    def run(*more: str) -> tuple[list[str], str]:
        result = pytester.runpytest("--newslint", ".", "-v", "-rA", "--junit-xml=junit", *more)
        lines = [re.sub(r"\d+\.\d+s", "?s", line) for line in result.outlines]
        xml = pytester.path.joinpath("junit").read_text("utf-8")
        return lines, re.sub(r' (time|timestamp|hostname)="[^"]*"', "", xml)

    def noted() -> tuple[bool, list[object]]:
        is_lean, reports = json.loads(pytester.path.joinpath("noted").read_text("utf-8"))
        return is_lean, reports

    pytester.makepyfile(
        noting="""
        import json, os, pathlib
        noted = []
        def pytest_runtest_logstart(nodeid, location): noted.append([nodeid, location])
        def pytest_runtest_logreport(report):
            known = "nodeid location keywords outcome when longrepr sections user_properties"
            noted.append({name: getattr(report, name) for name in known.split()})
            assert report.start <= report.stop
        def pytest_exception_interact(node, call, report):
            noted.append([node.nodeid, call.when, os.environ.get("PYTEST_CURRENT_TEST")])
        def pytest_runtest_logfinish(nodeid, location): noted.append([nodeid, location])
        def pytest_sessionfinish(session):
            lean = session.config.pluginmanager.hasplugin("newslint-protocol")
            pathlib.Path("noted").write_text(json.dumps([lean, noted], default=str), "utf-8")
        """
    )
    pytester.syspathinsert()
    unseen, alone = run(), run("-p", "noting")
    is_lean, reports = noted()
    assert is_lean
    pytester.makeconftest("def pytest_runtest_setup(): pass")
    among = run("-p", "noting")
    is_lean, known = noted()
    assert not is_lean
    assert reports == known
    assert unseen == alone == among


@pytest.mark.parametrize("option", ["-x", "--maxfail=1", "--stepwise", "--collect-only"])
def test_articles_alone_stop_where_tests_do(pytester: pytest.Pytester, option: str) -> None:
    for name, text in (("a.txt", GOOD), ("b.txt", BAD), ("c.txt", GOOD)):
        article(pytester, name, text)

    def run() -> tuple[int, list[str]]:
        result = pytester.runpytest("--newslint", ".", "--cache-clear", option)
        return result.ret, [re.sub(r"\d+\.\d+s", "?s", line) for line in result.outlines]

    alone = run()
    pytester.makeconftest("def pytest_runtest_setup(): pass")
    assert run() == alone


def test_articles_alone_are_not_run_where_something_could_not_be_collected(
    pytester: pytest.Pytester,
) -> None:
    article(pytester, "bad.txt", BAD)
    article(pytester, "test_a.py", "1 / 0\n")
    pytester.runpytest("--newslint", ".").assert_outcomes(errors=1)
    result = pytester.runpytest("--newslint", ".", "--continue-on-collection-errors")
    result.assert_outcomes(errors=1, failed=1)


def test_modules_of_newslint_are_read_as_others_are(pytester: pytest.Pytester) -> None:
    article(pytester, "a.txt", GOOD)
    pytester.makeconftest(
        """
        import sys

        def pytest_sessionfinish():
            print("read by", type(sys.modules["newslint.engine"].__loader__).__name__)
        """
    )
    result = pytester.runpytest_subprocess("--newslint", "a.txt", "-s")
    result.stdout.fnmatch_lines(["*read by SourceFileLoader*"])


def test_the_summary_counts_codes(pytester: pytest.Pytester) -> None:
    article(pytester, "bad.txt", BAD)
    result = pytester.runpytest("--newslint", ".")
    result.stdout.fnmatch_lines(["*= newslint =*", "*1 QUO101", "1 finding in 1 file"])


@pytest.mark.parametrize("more", [(), ("-n", "2")])
def test_entries_that_suppress_nothing_are_named(
    pytester: pytest.Pytester, more: tuple[str, ...]
) -> None:
    if more:
        pytest.importorskip("xdist")
    article(pytester, "bad.txt", BAD)
    article(pytester, "good.txt", GOOD)
    entries = (
        f'[[suppress]]\npath = "{path}"\ncode = "QUO101"\n' for path in ("bad.txt", "good.txt")
    )
    article(pytester, "newslint-suppressions.toml", "".join(entries))
    result = pytester.runpytest("--newslint", ".", *more)
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        ["*= newslint =*", "newslint-suppressions.toml:4:1: LNT004 [[]unused-suppression]*"]
    )
    result.stdout.no_fnmatch_line("newslint-suppressions.toml:1:1:*")


def test_a_warning_passes_with_a_report_section(pytester: pytest.Pytester) -> None:
    article(pytester, "warned.txt", WARNED)
    result = pytester.runpytest("--newslint", ".", "-rP")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*newslint call*", "*curly-straight-mix*"])


def test_off_it_collects_nothing_and_loads_nothing(pytester: pytest.Pytester) -> None:
    article(pytester, "bad.txt", BAD)
    pytester.makepyfile(
        test_a="""
        import sys

        def test_modules():
            loaded = sorted(name for name in sys.modules if name.startswith("newslint"))
            assert loaded == ["newslint", "newslint.pytest_plugin"]
        """
    )
    result = pytester.runpytest_subprocess("-v")
    result.assert_outcomes(passed=1)


def test_on_by_ini(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nnewslint = true\n")
    article(pytester, "bad.txt", BAD)
    pytester.runpytest().assert_outcomes(failed=1)


def test_selected_rules_only(pytester: pytest.Pytester) -> None:
    article(pytester, "bad.txt", BAD)
    pytester.runpytest("--newslint", "--newslint-select=RES,TTL").assert_outcomes(passed=1)


def test_an_unknown_rule_is_a_usage_error(pytester: pytest.Pytester) -> None:
    article(pytester, "bad.txt", BAD)
    result = pytester.runpytest("--newslint", "--newslint-select=mismatched-quots")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*unknown rule “mismatched-quots”; did you mean*"])


def test_help_is_there_when_settings_are_wrong(pytester: pytest.Pytester) -> None:
    article(pytester, "newslint.toml", 'ignroe = ["QUO101"]\n')
    result = pytester.runpytest("--newslint", "--help")
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*--newslint-corpus*"])


def test_the_configuration_of_the_folder_holds(pytester: pytest.Pytester) -> None:
    article(pytester, "desk/bad.txt", BAD)
    article(pytester, "desk/newslint.toml", 'ignore = ["QUO101"]\n')
    pytester.runpytest("--newslint").assert_outcomes(passed=1)


def test_an_excluded_file_is_not_collected(pytester: pytest.Pytester) -> None:
    article(pytester, "desk/bad.txt", BAD)
    article(pytester, "newslint.toml", 'exclude = ["desk/"]\n')
    result = pytester.runpytest("--newslint")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_article_text_is_never_run_as_a_doctest(pytester: pytest.Pytester) -> None:
    text = "Hackers printed this line\n\n>>> open('ran', 'w').close()\n"
    article(pytester, "test-match.txt", text)
    pytester.runpytest("--newslint", ".", "test-match.txt")
    assert not (pytester.path / "ran").exists()
    pytester.runpytest("test-match.txt")  # without the plugin pytest does run it
    assert (pytester.path / "ran").exists()


def test_an_unreadable_file_fails_alone(pytester: pytest.Pytester) -> None:
    article(pytester, "good.txt", GOOD)
    (pytester.path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    result = pytester.runpytest("--newslint")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*LNT001*not a text file*"])


def test_markers_select_the_items(pytester: pytest.Pytester) -> None:
    article(pytester, "bad.txt", BAD)
    pytester.makepyfile(test_a="def test_a():\n    pass\n")
    pytester.runpytest("--newslint", "-m", "newslint").assert_outcomes(failed=1, deselected=1)
    pytester.runpytest("--newslint", "-m", "not newslint").assert_outcomes(passed=1, deselected=1)


def test_last_failed_runs_the_same_item(pytester: pytest.Pytester) -> None:
    article(pytester, "bad.txt", BAD)
    article(pytester, "good.txt", GOOD)
    pytester.runpytest("--newslint")
    pytester.runpytest("--newslint", "--lf").assert_outcomes(failed=1)


def test_junit_properties(pytester: pytest.Pytester) -> None:
    article(pytester, "bad.txt", BAD)
    pytester.runpytest("--newslint", "--junit-xml=out.xml")
    tree = ElementTree.parse(pytester.path / "out.xml")
    properties = {each.get("name"): each.get("value") for each in tree.iter("property")}
    assert properties == {"newslint.codes": "QUO101"}


def test_under_xdist(pytester: pytest.Pytester) -> None:
    for number in range(6):
        article(pytester, f"a/{number}.txt", BAD if number % 2 else GOOD)
    result = pytester.runpytest_subprocess("--newslint", "-n2", "a")
    result.assert_outcomes(passed=3, failed=3)
    result.stdout.fnmatch_lines(["*3 QUO101", "3 findings in 3 files"])


def test_nothing_heavy_is_loaded_for_articles(pytester: pytest.Pytester) -> None:
    article(pytester, "good.txt", GOOD)
    pytester.makeconftest(
        """
        import json, sys

        def pytest_unconfigure():
            with open("modules.json", "w") as handle:
                json.dump(sorted(sys.modules), handle)
        """
    )
    pytester.runpytest_subprocess("--newslint")
    loaded = set(json.loads((pytester.path / "modules.json").read_text()))
    assert not loaded & {"rich", "yaml", "markdown_it"}


# ---------------------------------------------------------------------- rules

PACK = """
[[rule]]
code = "STY901"
name = "stock-phrase"
kind = "existence"
message = "worn phrase: “{match}”"
why = "It says nothing. Readers skip it."
match = ["at the end of the day"]
bad = ["It is, ⟦at the end of the day⟧, a bridge."]
good = ["It closed at the end of the month.", "The day ended."]
"""


def test_the_cases_of_a_pack(pytester: pytest.Pytester) -> None:
    article(pytester, "rules/style.toml", PACK)
    result = pytester.runpytest("--newslint-rules", "rules", "-v")
    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(["rules/style.toml::STY901-stock-phrase-bad1 PASSED*"])


@pytest.mark.parametrize("pattern", [r"\\d+x", r"\\p{Lu}{9}"])
def test_a_pattern_that_is_tried_on_every_line(pytester: pytest.Pytester, pattern: str) -> None:
    slow = PACK.replace('match = ["at', f'match = ["{pattern}", "at')
    article(pytester, "rules/style.toml", slow)
    result = pytester.runpytest("--newslint-rules", "rules", "-W", "default")
    result.assert_outcomes(passed=4, warnings=1)
    result.stdout.fnmatch_lines(["*style.toml:2: RuleWarning: STY901 stock-phrase: no string is *"])


def test_a_case_that_fails(pytester: pytest.Pytester) -> None:
    article(pytester, "rules/style.toml", PACK.replace("end of the month", "end of the day"))
    result = pytester.runpytest("--newslint-rules", "rules")
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(["*a good case is reported*"])


def test_a_pack_that_cannot_be_read(pytester: pytest.Pytester) -> None:
    article(pytester, "rules/style.toml", PACK.replace('kind = "existence"', 'kind = "exists"'))
    result = pytester.runpytest("--newslint-rules", "rules")
    result.stdout.fnmatch_lines(["*style.toml:5: unknown kind “exists”*"])
    assert result.ret == pytest.ExitCode.INTERRUPTED


def test_the_cases_of_a_module(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        acme_rules='''
        from newslint import rule


        @rule("STY902", "shouted-name", bad=["⟦ACME⟧ rose."], good=["Acme rose.", "It rose."])
        def shouted_name(article):
            """The name is shouted.

            House style has it as Acme.
            """
            at = article.text.find("ACME")
            if at >= 0:
                yield article.finding((at, at + 4), "write Acme")
        '''
    )
    pytester.runpytest("--newslint-rules", ".").assert_outcomes(passed=4)


def test_other_files_are_left_alone(pytester: pytest.Pytester) -> None:
    article(pytester, "settings.toml", "[tool]\nname = 1\n")
    pytester.makepyfile(script="raise SystemExit('imported')")
    result = pytester.runpytest("--newslint-rules")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_the_rules_of_newslint_itself(pytester: pytest.Pytester, root: object) -> None:
    result = pytester.runpytest_subprocess("--newslint-rules", f"{root}/rules", "-q")
    assert result.ret == 0
    assert sys.version_info >= (3, 11)


@pytest.mark.parametrize("more", [(), ("-n2",)])
def test_articles_are_compared_if_asked_for(
    more: tuple[str, ...], pytester: pytest.Pytester
) -> None:
    article(pytester, "a/one.txt", GOOD)
    article(pytester, "a/two.txt", GOOD.replace("Envoys meet", "Envoys Meet"))
    article(pytester, "a/three.txt", GOOD.replace("Ostrava", "Brno"))
    article(pytester, "newslint.toml", '[rules.duplicate-title]\nseverity = "error"\n')
    pytester.runpytest("--newslint", "a").assert_outcomes(passed=3)
    result = pytester.runpytest("--newslint-corpus", "a", *more)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*a/two.txt:1:1: DUP201*same title*"])
