"""Articles and rules as pytest items.

`pytest --newslint articles/` (or `newslint = true` in the ini file) makes one item of each article
file; `pytest --newslint-rules rules/` one of each case of each rule. Switched off, the plugin
imports nothing of newslint and collects nothing.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

    from _pytest._code.code import ExceptionInfo, TerminalRepr
    from pluggy import HookCaller, HookImpl, HookRelay

    from newslint.config import Table
    from newslint.files import Selection
    from newslint.finding import FileResult, Finding
    from newslint.rules import Rule
    from newslint.testing import RuleCase

    _Node: TypeAlias = pytest.Collector
else:
    _Node = object

_Style: TypeAlias = "Literal['long', 'short', 'auto', 'line', 'no', 'native', 'value']"

MARKER = "newslint: an article checked by newslint, or a case of one of its rules"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("newslint", "news copy")
    group.addoption(
        "--newslint", action="store_true", default=False, help="check article files with newslint"
    )
    group.addoption(
        "--newslint-select",
        metavar="RULES",
        default="",
        help="rules to check, separated by commas (code, name or family)",
    )
    group.addoption(
        "--newslint-corpus",
        action="store_true",
        default=False,
        help="also compare the articles with those of the configured corpus, else of the whole folder",
    )
    group.addoption(
        "--newslint-rules",
        action="store_true",
        default=False,
        help="run the good and bad cases of rule packs (*.toml) and rule modules (*.py)",
    )
    parser.addini("newslint", "check article files with newslint", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARKER)
    if config.getoption("help", False):  # wrong settings must not stand in its way
        return
    wanted = config.getoption("--newslint") or config.getini("newslint")
    if wanted or config.getoption("--newslint-corpus"):
        _read_as_installed(config)
        config.pluginmanager.register(ArticleCollector(config), "newslint-articles")
    if config.getoption("--newslint-rules"):
        config.pluginmanager.register(RuleCollector(), "newslint-rules")


def _read_as_installed(config: pytest.Config) -> None:
    """Import modules of newslint as they are.

    pytest reads those of every plugin in a way of its own, to explain assertions that fail. None in newslint is of a
    test, and to read all its modules so takes longer than to check fifty articles.
    """
    marked = getattr(config.pluginmanager.rewrite_hook, "_must_rewrite", None)
    if isinstance(marked, set):
        marked.discard("newslint")


# ---------------------------------------------------------------------- articles


class ArticleCollector:
    """Collects article files and sums up what was found."""

    def __init__(self, config: pytest.Config) -> None:
        from newslint.baseline import Baselines
        from newslint.config import ConfigError, Resolver
        from newslint.engine import Linter
        from newslint.files import Selection

        self.baselines = Baselines()
        self.ahead: Ahead | None = None
        select = [each for each in config.getoption("--newslint-select").split(",") if each]
        options: Table = {"select": [*select]} if select else {}
        self.comparing: Comparing | None = None
        try:
            compares = config.getoption("--newslint-corpus")
            if compares and not Resolver().for_folder(str(config.rootpath)).corpus:
                options["corpus"] = ["."]
            self.selection = Selection(Resolver(options=options))
            self.selection.when_made(Linter.read_alone)  # a comparison reads for itself
            if compares:
                self.comparing = Comparing(self.selection, str(config.rootpath))
            # Settings are checked, and a baseline is read, now.
            self.baselines.ready(self.selection.linter_for(str(config.rootpath / "article.txt")))
        except ConfigError as error:
            raise pytest.UsageError(f"newslint: {error}") from error

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
        collectors = yield
        from newslint.config import ConfigError

        try:
            if not self.selection.wants(str(file_path)):
                return collectors
        except ConfigError as error:  # in a configuration file further down
            raise pytest.UsageError(f"newslint: {error}") from error
        # pytest's doctest plugin would run what an article shows behind ">>>".
        kept = [each for each in collectors if type(each).__module__ != "_pytest.doctest"]
        file = ArticleFile.from_parent(parent, path=file_path, name=file_path.name)
        file.collector = self
        return [*kept, file]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        articles = [each for each in session.items if isinstance(each, ArticleItem)]
        # A worker of pytest-xdist is told one by one which items it is to run.
        if not hasattr(session.config, "workerinput"):
            cached = session.config.pluginmanager.hasplugin("cacheprovider")
            paths = [each.shown_path for each in articles]
            self.ahead = Ahead(self.selection, paths, cached=cached)
        has_plugins = any(linter.plugins.loaded for linter in self.selection.linters)
        if 0 < len(articles) == len(session.items) and not has_plugins and _are_alone(session):
            manager = session.config.pluginmanager
            manager.register(ArticleProtocol(session), "newslint-protocol")

    def pytest_sessionfinish(self) -> None:
        if self.ahead is not None:
            self.ahead.close()

    def check(self, path: str) -> tuple[FileResult, list[Finding]]:
        """The result for one file without what the baseline knows, and those of its findings that fail."""
        from newslint.files import fails

        linter = self.selection.linter_for(path)
        result = self.ahead.result(path) if self.ahead is not None else None
        if result is None:
            result = linter.check_path(path)
        if self.comparing is not None:
            found = self.comparing.findings(path)
            result = result._replace(findings=(*result.findings, *found))
        result = self.baselines.left(result, linter)
        return result, [each for each in result.findings if fails(each, linter.config)]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if call.when == "call" and isinstance(item, ArticleItem):
            item.note_used(report)
        return report

    def _unused(self, reports: Iterable[object]) -> list[str]:
        """What is to be said of the files of suppressions, once all is checked."""
        from newslint.finding import FileResult
        from newslint.reports._summary import heading
        from newslint.terminal import Paint
        from newslint.unused import Uses

        uses = Uses()
        for report in reports:
            used = getattr(report, "newslint_used", None)
            if used is not None:
                path, entries, failed = used
                result = FileResult(path, (), 1, 0, failed, entries=tuple(entries))
                uses.note(result, self.selection.linter_for(path))
        results = (self.baselines.left(*each) for each in uses.results())
        return [heading(each, Paint(False)) for result in results for each in result.findings]

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        if hasattr(config, "workerinput"):
            return
        counts: dict[str, int] = {}
        others = {"suppressed": 0, "known": 0, "gone": 0}
        files = 0
        for reports in terminalreporter.stats.values():
            for report in reports:
                for name, value in getattr(report, "user_properties", ()):
                    own = name.removeprefix("newslint.")
                    if own != name and own in others and report.when == "call":
                        others[own] += value
                    if name == "newslint.codes" and report.when == "call":
                        files += 1
                        for code in value.split(","):
                            counts[code] = counts.get(code, 0) + 1
        unused = self._unused(each for some in terminalreporter.stats.values() for each in some)
        if counts or unused or any(others.values()):
            terminalreporter.section("newslint")
            for code in sorted(counts, key=lambda code: (-counts[code], code)):
                terminalreporter.line(f"{counts[code]:5} {code}")
            from newslint.terminal import counted

            found = counted(sum(counts.values()), "finding")
            terminalreporter.line(f"{found} in {counted(files, 'file')}")
            for name, words in _OTHERS.items():
                if others[name]:
                    terminalreporter.line(f"{others[name]} {words}")
            for line in unused:
                terminalreporter.line(line)


_OTHERS = {
    "suppressed": "suppressed",
    "known": "known from the baseline",
    "gone": "of the baseline gone; newslint baseline --prune takes out what is gone",
}


class Ahead:
    """Results in the order in which items run: a few small files are checked together, which costs less than each alone.

    `cached`: replay what earlier runs found in files that have not changed, and keep what this one finds.
    """

    def __init__(self, selection: Selection, paths: Iterable[str], *, cached: bool) -> None:
        self._selection = selection
        self._paths = deque(paths)
        self._cached = cached
        self._results: Generator[FileResult] | None = None

    def result(self, path: str) -> FileResult | None:
        """The result for a file; None for one whose turn is over or never comes."""
        if self._results is None:
            self._results = self._checked()
        while self._paths and (self._paths[0] == path or path in self._paths):
            own = self._paths.popleft()
            result = next(self._results)
            if own == path:
                return result
        return None

    def close(self) -> None:
        """No more items run; what was found is kept."""
        if self._results is not None:
            self._results.close()

    def _checked(self) -> Generator[FileResult]:
        from newslint.config import ConfigError
        from newslint.engine import whole
        from newslint.workers import check_all

        targets, paths = [], []
        for path in self._paths:
            try:
                targets.append((path, self._selection.linter_for(path)))
                paths.append(path)
            except ConfigError:  # which the item of the file will meet again
                continue
        self._paths = deque(paths)
        return whole(check_all(targets, cached=self._cached))


class Comparing:
    """What comparing the collected articles with the corpus finds, worked out when the first of them runs."""

    def __init__(self, selection: Selection, root: str) -> None:
        self._selection = selection
        self._root = root
        self._paths: list[str] = []
        self._found: dict[str, list[Finding]] | None = None

    def add(self, path: str) -> None:
        """An article that has been collected."""
        self._paths.append(path)

    def findings(self, path: str) -> list[Finding]:
        """The findings in one of the files."""
        if self._found is None:
            self._found = self._compared()
        return self._found.get(os.path.abspath(path), [])

    def _compared(self) -> dict[str, list[Finding]]:
        from newslint.across import Comparison
        from newslint.repository import FactsOnly, Repository, corpus_folders

        config = self._selection.resolver.for_folder(self._root)
        reader = FactsOnly(self._selection.resolver)
        read = (reader.linter_for(path).check_path(path) for path in self._paths)
        corpus = Repository(self._selection, corpus_folders(config)).corpus(read)
        found: dict[str, list[Finding]] = {}
        for result in Comparison(self._selection.linter_for, corpus).results():
            found.setdefault(os.path.abspath(result.path), []).extend(result.findings)
        return found


class _InFolder(_Node):
    """What lies in the folder of its parent: pytest looks for the conftest files of it each time."""

    @cached_property
    def ihook(self) -> HookRelay:
        assert self.parent is not None
        return self.parent.ihook


class ArticleFile(_InFolder, pytest.File):
    """One article file. It is opened when its item runs, so that a broken one fails alone."""

    collector: ArticleCollector

    def collect(self) -> Iterable[ArticleItem]:
        item = ArticleItem.from_parent(self, name="newslint")
        item.collector = self.collector
        if self.collector.comparing is not None:
            self.collector.comparing.add(item.shown_path)
        yield item


class ArticleItem(_InFolder, pytest.Item):
    """The check of one article file."""

    collector: ArticleCollector

    def __init__(self, name: str, parent: ArticleFile) -> None:
        super().__init__(name, parent)
        self.add_marker(pytest.mark.newslint)
        self.first_line = 0
        self.used: tuple[str, list[str], bool] | None = None  # of a file of suppressions

    @cached_property
    def shown_path(self) -> str:
        """The path of the file as reports have it."""
        return _relative(self.path, self.config.invocation_params.dir)

    @cached_property
    def location(self) -> tuple[str, int | None, str]:
        """As pytest has it, which compares the parts of both paths."""
        return _relative(self.path, self.config.rootpath), *self.reportinfo()[1:]

    def runtest(self) -> None:
        path = self.shown_path
        result, failing = self.collector.check(path)
        if result.skipped:
            pytest.skip(f"not an article: {result.skipped}")
        if self.collector.selection.linter_for(path).suppressions.entries:
            self.used = (path, [*result.entries], result.failed)
        for name in ("suppressed", "known", "gone"):
            if count := getattr(result, name):
                self.user_properties.append((f"newslint.{name}", count))
        if result.findings:
            codes = ",".join(finding.code for finding in result.findings)
            self.user_properties.append(("newslint.codes", codes))
        if failing:
            self.first_line = failing[0].start_position.line - 1
        others = [finding for finding in result.findings if finding not in failing]
        if others:
            self.add_report_section("call", "newslint", _text(result, others))
        if failing:
            raise ArticleFailed(_text(result, failing))

    def note_used(self, report: pytest.TestReport) -> None:
        """Tell a report which suppressions the file used; it reaches the process that sums up."""
        if self.used is not None:
            vars(report)["newslint_used"] = self.used

    def repr_failure(
        self, excinfo: ExceptionInfo[BaseException], style: _Style | None = None
    ) -> str | TerminalRepr:
        if isinstance(excinfo.value, ArticleFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.first_line, f"newslint: {self.path.name}"


class ArticleProtocol:
    """Runs articles where nothing but pytest itself takes part in the phases of a test.

    Set-up and tear-down of fixtures, marks and captured output are nothing to an article, and cost as much as half of
    its check. What is left is what others see: the reports of three phases.
    """

    def __init__(self, session: pytest.Session) -> None:
        manager = session.config.pluginmanager
        self._terminal: pytest.TerminalReporter | None = manager.getplugin("terminalreporter")
        self._loops = _is_left_alone(session)
        # The terminal keeps a phase that passed and shows nothing of it, unless a plugin has a sign for it.
        self._quietly: HookCaller | None = None
        if not any(_others(session, hook) for hook in ("runtest_logreport", "report_teststatus")):
            silent = [self._terminal] if self._terminal is not None else []
            self._quietly = manager.subset_hook_caller("pytest_runtest_logreport", silent)
        # What there is by now lives as long as the run: Python need not look through it for garbage again and again.
        gc.freeze()
        self._threshold = gc.get_threshold()
        gc.set_threshold(SWEEPS)

    def pytest_sessionfinish(self) -> None:
        gc.freeze()  # pytest now looks for what tests have left behind; articles leave nothing
        gc.set_threshold(*self._threshold)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run all articles, where nobody takes part in what pytest has happen around each."""
        if not self._loops or session.testsfailed or session.config.option.collectonly:
            return None  # pytest says what comes of it
        for item in session.items:
            assert isinstance(item, ArticleItem)
            self.pytest_runtest_protocol(item)
            if session.shouldfail:
                raise session.Failed(session.shouldfail)
            if session.shouldstop:
                raise session.Interrupted(session.shouldstop)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: ArticleItem) -> bool:
        hook, nodeid, location = item.ihook, item.nodeid, item.location
        quietly = self._quietly or hook.pytest_runtest_logreport
        hook.pytest_runtest_logstart(nodeid=nodeid, location=location)
        os.environ["PYTEST_CURRENT_TEST"] = f"{nodeid} (call)".replace("\0", "(null)")
        interrupts = (pytest.exit.Exception, KeyboardInterrupt)
        call = pytest.CallInfo.from_call(item.runtest, "call", reraise=interrupts)
        report = pytest.TestReport.from_item_and_call(item, call)
        item.note_used(report)

        def passed(when: Literal["setup", "teardown"], at: float, **found: Any) -> None:
            names = report.keywords
            phase = pytest.TestReport(
                nodeid, location, names, "passed", None, when, start=at, stop=at, **found
            )
            quietly(report=phase)

        passed("setup", call.start)
        hook.pytest_runtest_logreport(report=report)
        if report.failed:
            hook.pytest_exception_interact(node=item, call=call, report=report)
        user, sections = report.user_properties, report.sections
        passed("teardown", call.stop, sections=sections, user_properties=user)
        del os.environ["PYTEST_CURRENT_TEST"]
        hook.pytest_runtest_logfinish(nodeid=nodeid, location=location)
        # pytest looks through all phases that passed for each test that failed, which grows by their square.
        if self._terminal is not None:
            self._terminal.stats.pop("", None)
        return True


SWEEPS = 50_000  # objects made, less those gone, after which Python looks for garbage among them

# Options that show or stop in phases; and those who take part in phases, and do nothing in those of an article.
_OF_PHASES = ("usepdb", "setuponly", "setupshow", "setupplan")
_SILENT = ("_pytest", "_hypothesis_pytestplugin", "newslint")


def _are_alone(session: pytest.Session) -> bool:
    """Whether no mark, option or plugin asks for the phases of the items, which are all articles."""
    if any(session.config.getoption(option, False) for option in _OF_PHASES):
        return False
    if any(mark.name != "newslint" for item in session.items for mark in item.iter_markers()):
        return False
    phases = ("setup", "call", "teardown", "makereport", "protocol")
    return not any(
        phase != "protocol" or not (part.wrapper or part.hookwrapper)
        for phase in phases
        for part in _others(session, f"runtest_{phase}")
    )


def _is_left_alone(session: pytest.Session) -> bool:
    """Whether no plugin or setting has to do with what happens around the items and between them."""
    config = session.config
    if config.pluginmanager.hasplugin("faulthandler") and config.getini("faulthandler_timeout"):
        return False
    return not any(_others(session, hook) for hook in ("runtest_protocol", "runtestloop"))


def _others(session: pytest.Session, hook: str) -> list[HookImpl]:
    """Who implements a hook and is not known to do nothing for an article in it."""
    parts = getattr(session.config.hook, f"pytest_{hook}").get_hookimpls()
    return [part for part in parts if part.function.__module__.partition(".")[0] not in _SILENT]


class ArticleFailed(Exception):
    """An article has findings that fail the run; the text is the report."""


def _relative(path: Path, folder: Path) -> str:
    there, here = str(path), os.path.join(folder, "")
    return there.removeprefix(here) if there.startswith(here) else os.path.relpath(there, here)


def _text(result: FileResult, findings: Iterable[Finding]) -> str:
    from newslint.reports.full import report

    return "".join(report([result._replace(findings=tuple(findings))], footer=False)).rstrip("\n")


# ---------------------------------------------------------------------- rules


class RuleCollector:
    """Collects the cases of rule packs and rule modules."""

    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        if file_path.name.startswith("test_") or file_path.name == "conftest.py":
            return None
        marks = {".toml": b"[[rule]]", ".py": b"newslint"}
        if file_path.suffix not in marks or marks[file_path.suffix] not in file_path.read_bytes():
            return None
        return RuleFile.from_parent(parent, path=file_path)


class RuleFile(pytest.File):
    """A pack or a module of rules."""

    def collect(self) -> Iterator[pytest.Item]:
        from newslint.testing import rule_advice, rule_cases, rule_faults

        for rule in self._rules():
            name = f"{rule.code}-{rule.name}"
            item = RuleItem.from_parent(self, name=name)
            item.faults = rule_faults(rule)
            item.advice = rule_advice(rule)
            line = rule.origin.rpartition(":")[2]
            item.first_line = int(line) if line.isdecimal() else 1
            yield item
            for case in rule_cases([rule]):
                case_item = CaseItem.from_parent(self, name=case.label)
                case_item.case = case
                yield case_item

    def _rules(self) -> list[Rule]:
        from newslint.packs import PackError, load

        if self.path.suffix == ".toml":
            try:
                return load(str(self.path))
            except PackError as error:
                raise self.CollectError(str(error)) from error
        return _rules_of_module(self.path)


def _rules_of_module(path: Path) -> list[Rule]:
    import sys
    from importlib import import_module

    from newslint.rules import rules_in

    folder, name = path.parent, path.stem
    while (folder / "__init__.py").exists():
        folder, name = folder.parent, f"{folder.name}.{name}"
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return rules_in(vars(import_module(name.removesuffix(".__init__"))).values())


class RuleWarning(pytest.PytestWarning):
    """A rule works, and costs more than it need."""


class RuleItem(pytest.Item):
    """The rule as such: its code, name, reason and number of cases."""

    faults: list[str]
    advice: list[str]
    first_line: int

    def __init__(self, name: str, parent: RuleFile) -> None:
        super().__init__(name, parent)
        self.add_marker(pytest.mark.newslint)

    def runtest(self) -> None:
        from warnings import warn_explicit

        for advice in self.advice:
            warn_explicit(advice, RuleWarning, str(self.path), self.first_line)
        if self.faults:
            raise ArticleFailed("\n".join(self.faults))

    def repr_failure(
        self, excinfo: ExceptionInfo[BaseException], style: _Style | None = None
    ) -> str | TerminalRepr:
        if isinstance(excinfo.value, (ArticleFailed, AssertionError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, f"newslint: {self.name}"


class CaseItem(RuleItem):
    """One case of a rule."""

    case: RuleCase
    faults = []

    def runtest(self) -> None:
        from newslint.testing import check_case

        check_case(self.case.rule, self.case.case, bad=self.case.bad)
