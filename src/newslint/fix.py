"""Fixes: the edits of findings, made so that none touches another, until nothing more can be done.

What an edit may not do: change what the file shows beside it, its bytes elsewhere, or its encoding. A fix that cannot
be made without that is not made, and said.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from newslint.changed import ALWAYS
from newslint.compressed import inner_name
from newslint.engine import failure
from newslint.finding import Edit, FileFix, FileResult, Finding, Position
from newslint.source import NotText, Source
from newslint.terminal import visible
from newslint.typed import TYPE_CHECKING, NamedTuple
from newslint.writing import Form, Unwritable, applied, form_of, read_file, replace_file

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    from newslint.article import Article
    from newslint.changed import Changes, Lines
    from newslint.engine import Linter

ROUNDS = 20  # two or three are enough as a rule; with more, something turns in circles


class EndlessFixing(ValueError):
    """Each round of fixing a file finds something new. The fault is that of a rule."""


# ------------------------------------------------------------------ edits


def apply(text: str, fixes: Iterable[FileFix]) -> str:
    """`text` with every fix made, first come first served: a fix that overlaps an earlier one is left out."""
    return applied(text, [edit for fix in compatible(fixes) for edit in fix.edits])


def compatible(fixes: Iterable[FileFix]) -> list[FileFix]:
    """The fixes without those that overlap an earlier one, in the order of their places."""
    taken: list[tuple[int, int]] = []  # in order; none overlaps another
    kept = []
    for fix in sorted(fixes, key=lambda each: each.edits):
        spans = sorted((edit.start, edit.end) for edit in fix.edits)
        apart = all(_are_apart(*pair) for pair in pairwise(spans))
        if not (apart and all(_is_free(taken, span) for span in spans)):
            continue
        for span in spans:
            taken.insert(bisect_left(taken, span), span)
        kept.append(fix)
    return kept


def _is_free(taken: Sequence[tuple[int, int]], span: tuple[int, int]) -> bool:
    at = bisect_left(taken, span)
    return (at == 0 or _are_apart(taken[at - 1], span)) and (
        at == len(taken) or _are_apart(span, taken[at])
    )


def _are_apart(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two spans in order leave no doubt which comes first."""
    return first[1] <= second[0] and first[0] < second[0]


class Step:
    """The edits of a round, and where things stood before it."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._starts: list[int] = []  # in the new text, of each edit
        self._edits = sorted(edits)
        shift = 0
        for edit in self._edits:
            self._starts.append(edit.start + shift)
            shift += len(edit.new) - (edit.end - edit.start)

    def before(self, offset: int) -> int:
        """Where the character at `offset` of the new text stood in the old one."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset
        edit = self._edits[index]
        behind = offset - self._starts[index] - len(edit.new)
        return edit.start if behind < 0 else edit.end + behind


# ------------------------------------------------------------------ rounds


class Plan(NamedTuple):
    """A change, and the findings that ask for it. `utf8`: the file is to be in UTF-8 from now on."""

    action: Literal["remove", "mend"]
    fix: FileFix
    findings: tuple[Finding, ...]
    utf8: bool = False


class Change(NamedTuple):
    """What is done about a finding. `position` counts in the file as it was; `reason` says why it is left."""

    action: Literal["remove", "mend", "leave"]
    finding: Finding
    position: Position
    reason: str = ""


class Mended(NamedTuple):
    """A file as it is to be.

    `before`, `after`: what it says and is to say. `changes`: what is done, and what is left, in the order of the
    file. `result`: of the last check. `lines`: those of the file as it is to be that count, where not all do. `rounds`:
    the edits of each round, by the places before it.
    """

    source: Source
    before: Form
    after: Form
    text: str
    changes: tuple[Change, ...]
    result: FileResult
    lines: Lines = ()
    rounds: tuple[tuple[Edit, ...], ...] = ()

    @property
    def failed(self) -> bool:
        """Whether a part of it could not be checked, and stays."""
        return self.result.failed

    @property
    def is_changed(self) -> bool:
        """Whether the file as it is to be is another."""
        return self.before != self.after

    @property
    def data(self) -> bytes:
        """The bytes of the file as it is to be."""
        return self.after.data


Planner: TypeAlias = "Callable[[Source, Sequence[Finding]], list[Plan]]"
Shows: TypeAlias = "Callable[[int, int], bool]"


def mend(
    source: Source,
    linter: Linter,
    planner: Planner,
    *,
    data: bytes | None = None,
    shows: Shows | None = None,
) -> Mended:
    """Change a decoded file as `planner` says, until it has nothing more to say; nothing is written.

    Of changes that touch each other the first is made, the others in the next round. `data`: the bytes of the file,
    where it is not UTF-8. `shows`: whether findings on some lines of the file as it was (first and last, from 1)
    count at all.

    Raises Unwritable, and EndlessFixing.
    """
    before = form = form_of(source, data)
    now = source
    steps: list[Step] = []
    rounds: list[tuple[Edit, ...]] = []
    changes: list[Change] = []
    failed = False
    tries = Tries()
    left: tuple[Finding, ...] = ()

    def origin(offset: int) -> Position:
        for step in reversed(steps):
            offset = step.before(offset)
        return source.position(offset)

    def counts(finding: Finding) -> bool:
        if shows is None or finding.code in ALWAYS:
            return True
        last = max(finding.start, finding.end - 1)
        starts = [each.start for each in finding.related if each.path == finding.path]
        return shows(origin(finding.start).line, origin(last).line) or any(
            shows(origin(start).line, origin(start).line) for start in starts
        )

    for _ in range(ROUNDS):
        result = linter.check_source(now)
        failed = failed or result.failed
        left = tuple(filter(counts, result.findings))
        plans, refused = possible(planner(now, left), now, form, linter, tries)
        edits = [edit for plan in plans for edit in plan.fix.edits]
        reads = _in_utf8(form, now) if any(plan.utf8 for plan in plans) else form
        if not edits and reads == form:
            break
        changes += [
            Change(plan.action, finding, origin(finding.start))
            for plan in plans
            for finding in plan.findings
        ]
        text = applied(now.text, edits)
        form = reads.edited(edits)
        now = _read_again(form, source.path)
        if now.text != text:
            raise Unwritable("mended, its bytes would read as another text; save it as UTF-8")
        steps.append(Step(edits))
        rounds.append(tuple(sorted(edits)))
    else:
        codes = ", ".join(sorted({finding.code for plan in plans for finding in plan.findings}))
        raise EndlessFixing(f"still not done after {ROUNDS} rounds of {codes}; nothing was changed")
    changes += [Change("leave", each, origin(each.start), refused.get(each, "")) for each in left]
    changes.sort(key=lambda each: each.position)
    result = result._replace(failed=failed)
    lines = [] if shows is None else list(_lines_that_count(now, origin, shows))
    made = tuple(each for each in rounds if each)
    return Mended(source, before, form, now.text, tuple(changes), result, lines, made)


def _lines_that_count(
    now: Source, origin: Callable[[int], Position], shows: Shows
) -> Iterator[tuple[int, int]]:
    """The lines, from 1, that come from lines of the file as it was which count."""
    for number in range(len(now.line_starts)):
        start, end = now.line_span(number)
        if shows(origin(start).line, origin(max(start, end - 1)).line):
            yield number + 1, number + 1


def _in_utf8(form: Form, now: Source) -> Form:
    return Form(now.text, "utf-8", form.mark if form.encoding == "utf-8" else b"")


def _read_again(form: Form, path: str) -> Source:
    try:
        return Source.from_bytes(form.data, path)
    except NotText as error:
        raise Unwritable(f"mended, it would be {error}") from None


# ------------------------------------------------------------------ what can be done


class Tries:
    """How often a file was read to find out which fixes are sound: there may be thousands, and none of them be."""

    def __init__(self) -> None:
        self._times = self._characters = 0

    def note(self, source: Source) -> None:
        """It was read once more."""
        self._times += 1
        self._characters += len(source.text)

    @property
    def are_over(self) -> bool:
        """Whether it was read often enough."""
        return self._times >= LEAST_TRIES and self._characters >= READ_AGAIN


LEAST_TRIES, READ_AGAIN = 20, 1_000_000


def possible(
    plans: Sequence[Plan], source: Source, form: Form, linter: Linter, tries: Tries
) -> tuple[list[Plan], dict[Finding, str]]:
    """The plans that can be carried out together, and why others cannot be at all, by finding."""
    text = source.text
    refused: dict[Finding, str] = {}
    sayable = []
    to_utf8 = any(plan.utf8 for plan in plans)
    for plan in plans:
        edits = plan.fix.edits
        if edits and all(text[edit.start : edit.end] == edit.new for edit in edits):
            continue
        lacking = "" if to_utf8 else next(filter(None, (_lacking(form, e.new) for e in edits)), "")
        if lacking:
            why = f"{source.encoding.upper()} has no “{lacking}”"
            refused.update(dict.fromkeys(plan.findings, why))
        else:
            sayable.append(plan)
    made = {id(fix) for fix in compatible([each.fix for each in sayable])}
    chosen = [each for each in sayable if id(each.fix) in made]
    kept = {id(fix) for fix in _sound(source, linter, [each.fix for each in chosen], tries)}
    for plan in chosen:
        if id(plan.fix) not in kept:
            why = "what stands around it would be read in another way"
            refused.update(dict.fromkeys(plan.findings, why))
    return [each for each in chosen if id(each.fix) in kept], refused


def _lacking(form: Form, new: str) -> str:
    """The first character that cannot be written; "" where all can."""
    try:
        form.says(new)
    except UnicodeEncodeError as error:
        return new[error.start : error.start + 1]
    return ""


def _sound(source: Source, linter: Linter, fixes: Sequence[FileFix], tries: Tries) -> list[FileFix]:
    """The fixes after which the file shows what they were to make of it, and nothing else."""
    told = [fix for fix in fixes if fix.swaps]
    if not told:
        return [*fixes]
    before = _Shown(source, linter, tries)
    if not before.is_mapped:
        return [*fixes]
    return [*before.sound(told), *(fix for fix in fixes if not fix.swaps)]


class _Shown:
    """What a file shows, article by article."""

    def __init__(self, source: Source, linter: Linter, tries: Tries) -> None:
        from newslint.article import Article

        self._tries = tries
        self._source = source
        self._linter = linter
        self.articles: list[Article] = []
        self.others = 0
        _, items = linter.read(source)
        for item in items or ():
            if isinstance(item, Article):
                self.articles.append(item)
            else:
                self.others += 1
        self._starts = [_start(article) for article in self.articles]

    @property
    def is_mapped(self) -> bool:
        """Whether the text of an article is anything but that of the file."""
        return any(article.text != self._source.text for article in self.articles)

    def sound(self, fixes: Sequence[FileFix]) -> list[FileFix]:
        """Of some fixes those that do what they were to, found by halves as long as there are tries."""
        faulty = self._faulty(fixes)
        if not faulty:
            return [*fixes]
        unfit = {id(fix) for fix in faulty}
        others = [fix for fix in fixes if id(fix) not in unfit]
        if len(faulty) == 1 and not self._tries.are_over:
            return self._some(others)
        half = len(faulty) // 2
        first, second = self._some(faulty[:half]), self._some(faulty[half:])
        for found in ([*others, *first, *second], [*others, *first], others):
            if not found or not self._faulty(found):
                return found
        return []

    def _some(self, fixes: Sequence[FileFix]) -> list[FileFix]:
        return self.sound(fixes) if fixes and not self._tries.are_over else []

    def _faulty(self, fixes: Sequence[FileFix]) -> list[FileFix]:
        """The fixes in articles that would not show what they should; all, where others would be there."""
        self._tries.note(self._source)
        edits = [edit for fix in fixes for edit in fix.edits]
        source = self._source
        made = Source(applied(source.text, edits), source.path, encoding=source.encoding)
        try:
            after = _Shown(made, self._linter, self._tries)
        except ValueError:  # no article any more
            return [*fixes]
        if len(after.articles) != len(self.articles) or after.others != self.others:
            return [*fixes]
        owned: dict[int, list[FileFix]] = {}
        for fix in fixes:
            owned.setdefault(self._owner(fix), []).append(fix)
        faulty = owned.pop(-1, [])
        for index, article in enumerate(self.articles):
            swaps = [swap for fix in owned.get(index, ()) for swap in fix.swaps]
            expected = applied(article.text, [Edit(*swap) for swap in swaps])
            if expected.split() == after.articles[index].text.split():
                continue
            if index not in owned:
                return [*fixes]
            faulty += owned[index]
        return faulty

    def _owner(self, fix: FileFix) -> int:
        """The number of the article that a fix is of; -1 for none."""
        near = bisect_right(self._starts, fix.edits[0].start) - 1
        known = range(len(self.articles))
        likeliest = known[max(0, near) :]
        found = (i for i in (*likeliest, *known) if fix.edits == _edits(self.articles[i], fix))
        return next(found, -1)


def _start(article: Article) -> int:
    """Where the part of a file begins that an article stands in."""
    starts = [article.map.to_file(block.start, block.end)[0] for block in article.blocks]
    return article.source.base + (min(starts) if starts else 0)


def _edits(article: Article, fix: FileFix) -> tuple[Edit, ...]:
    return article.edits_of(fix.swaps) or ()


# ------------------------------------------------------------------ the fixes of a run


def fixes_of(findings: Iterable[Finding], *, unsafe: bool) -> list[Plan]:
    """What findings have as fixes. `unsafe`: also what may change what the copy says."""
    return [
        Plan("mend", each.fix, (each,))
        for each in findings
        if each.fix is not None and (each.fix.safe or unsafe)
    ]


class Fixer:
    """Makes the fixes of files as their results go by, and counts them.

    `unsafe`: also what may change what the copy says. `keeps`: nothing is written. `changes`: only on their lines.
    `tell` hears of every file that is, or would be, another.
    """

    def __init__(
        self,
        linter_for: Callable[[str], Linter],
        tell: Callable[[Mended], None],
        *,
        unsafe: bool = False,
        keeps: bool = False,
        changes: Changes | None = None,
    ) -> None:
        self._linter_for = linter_for
        self._tell = tell
        self._unsafe = unsafe
        self._keeps = keeps
        self._changes = changes
        self.fixed = self.files = self.packed = 0

    def watch(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        """`results`, those of files with fixes in the place of which is what is left to report."""
        held: list[FileResult] = []  # of one file
        for result in results:
            held.append(result)
            if result.more:
                continue
            own = [each for part in held for each in part.findings]
            yield from self._done(held) if fixes_of(own, unsafe=self._unsafe) else held
            held = []

    def _done(self, held: list[FileResult]) -> list[FileResult]:
        path = held[-1].path
        findings = [each for part in held for each in part.findings]
        if inner_name(path) != path or any(each.path != path for each in findings):
            self.packed += len(fixes_of(findings, unsafe=self._unsafe))
            return held
        try:
            if not os.path.isfile(path):  # a pipe has been read, and is empty
                return [*held[:-1], _failed(path, held[-1], NO_FILE)]
            data, known = read_file(path, self._linter_for(path).config.max_megabytes)
            mended = self._mended(data, path)
            if mended.is_changed and not self._keeps:
                replace_file(path, mended.data, known)
        except (OSError, NotText, Unwritable, EndlessFixing) as error:
            reason = error.strerror if isinstance(error, OSError) else ""
            return [*held[:-1], _failed(path, held[-1], reason or str(error))]
        self._count(mended)
        if not mended.is_changed:
            return held
        if self._changes is not None:
            self._changes.moved(path, mended.lines)
        return [mended.result]

    def text(self, data: bytes, path: str, linter: Linter) -> tuple[FileResult, bytes]:
        """What is left to report of a text that is in no file, and its bytes with the fixes made."""
        result = linter.check_bytes(data, path)
        if not fixes_of(result.findings, unsafe=self._unsafe):
            return result, data
        try:
            mended = self._mended(data, path)
        except (NotText, Unwritable, EndlessFixing) as error:
            return _failed(path, result, str(error)), data
        self._count(mended)
        return mended.result, mended.data

    def _mended(self, data: bytes, path: str) -> Mended:
        return mend(
            Source.from_bytes(data, path),
            self._linter_for(path),
            lambda _, findings: fixes_of(findings, unsafe=self._unsafe),
            data=data,
            shows=self._changes.shows(path) if self._changes is not None else None,
        )

    def _count(self, mended: Mended) -> None:
        self.fixed += sum(each.action == "mend" for each in mended.changes)
        self.files += mended.is_changed
        self._tell(mended)


NO_FILE = "it is no regular file; give its text to standard input"


def _failed(path: str, result: FileResult, reason: str) -> FileResult:
    fault = failure(path, f"cannot be fixed: {reason}").findings
    return result._replace(findings=(*fault, *result.findings), failed=True)


# ------------------------------------------------------------------ what is shown of it


def listing(mended: Mended, words: Mapping[str, str]) -> Iterator[str]:
    """A line for each change whose action has a word: place, what is done, why."""
    for action, finding, position, reason in mended.changes:
        word = words.get("refuse", "") if reason else ""
        if word or action in words:
            part = f" ({finding.part})" if finding.part else ""
            yield visible(
                f"{finding.path}:{position.line}:{position.column}{part}: {word or words[action]}"
                f" {finding.code} [{finding.name}] {finding.message}{f' ({reason})' if reason else ''}"
            )


def difference(mended: Mended, *, for_people: bool = False) -> Iterator[bytes]:
    """A unified diff that `patch` and `git apply -p0` take, in the encoding of the file; of wider ones, in UTF-8.

    `for_people`: what a terminal must not carry out is escaped.
    """
    before, after = mended.before, mended.after
    old, new = _lines(before.raw), _lines(after.raw)
    name = _in_patch(mended.source.path)
    wide = before.encoding.startswith(("utf-16", "utf-32"))

    def line(sign: str, text: str, form: Form) -> bytes:
        if for_people:
            shown = visible(
                (text if wide else form.bytes_of(text).decode("utf-8", "replace")).rstrip("\r\n")
            )
            return f"{sign}{shown}\n".encode("utf-8", "backslashreplace")
        end = b"" if text.endswith("\n") else b"\n\\ No newline at end of file\n"
        return sign.encode() + (text.encode() if wide else form.bytes_of(text)) + end

    yield f"--- {name}\n+++ {name}\n".encode("utf-8", "surrogateescape")
    for hunk in _hunks(_blocks(old, new)):
        start, start_new = max(0, hunk[0][0] - CONTEXT), max(0, hunk[0][2] - CONTEXT)
        end, end_new = min(len(old), hunk[-1][1] + CONTEXT), min(len(new), hunk[-1][3] + CONTEXT)
        yield f"@@ -{_range(start, end)} +{_range(start_new, end_new)} @@\n".encode()
        at = start
        for first, last, first_new, last_new in hunk:
            yield from (line(" ", each, before) for each in old[at:first])
            yield from (line("-", each, before) for each in old[first:last])
            yield from (line("+", each, after) for each in new[first_new:last_new])
            at = last
        yield from (line(" ", each, before) for each in old[at:end])


def edits_between(old: str, new: str) -> Iterator[Edit]:
    """The edits that make one text of another: one for each stretch of lines that differ, without what both ends share."""
    before, after = _lines(old), _lines(new)
    starts = [0, *accumulate(map(len, before))]
    for first, last, first_new, last_new in _blocks(before, after):
        was, made = "".join(before[first:last]), "".join(after[first_new:last_new])
        most = min(len(was), len(made))
        head = next((i for i in range(most) if was[i] != made[i]), most)
        most -= head
        tail = next((i for i in range(most) if was[-1 - i] != made[-1 - i]), most)
        start, end = starts[first] + head, starts[last] - tail
        yield Edit(start, end, made[head : len(made) - tail])


CONTEXT = 3  # lines around a change
_Block: TypeAlias = "tuple[int, int, int, int]"


def _lines(text: str) -> list[str]:
    """Lines as patches count them: with their line feeds, and by nothing else."""
    lines = [f"{each}\n" for each in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[_Block]:
    """The lines that differ: start and end in both."""
    if len(old) == len(new):  # as nearly always: fixes seldom touch line ends
        return [
            (i, i + 1, i, i + 1)
            for i, pair in enumerate(zip(old, new, strict=True))
            if pair[0] != pair[1]
        ]
    from difflib import SequenceMatcher

    first = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    middle = SequenceMatcher(None, old[first : len(old) - last], new[first : len(new) - last])
    return [
        (i1 + first, i2 + first, j1 + first, j2 + first)
        for kind, i1, i2, j1, j2 in middle.get_opcodes()
        if kind != "equal"
    ]


def _hunks(blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    hunk: list[_Block] = []
    for block in blocks:
        if hunk and block[0] - hunk[-1][1] > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    if hunk:
        yield hunk


def _range(start: int, end: int) -> str:
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + (length > 0)},{length}"


def _in_patch(path: str) -> str:
    """A path as git writes it into a patch: in quotes and escaped where it has to be."""
    if path.isprintable() and not any(sign in path for sign in '"\\'):
        return f"{path}\t" if " " in path else path
    data = path.encode("utf-8", "surrogateescape")
    signs = {0x22: '\\"', 0x5C: "\\\\", 0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}
    return (
        '"'
        + "".join(signs.get(b) or (chr(b) if 32 <= b < 127 else f"\\{b:03o}") for b in data)
        + '"'
    )
