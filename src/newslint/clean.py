"""`newslint clean`: articles without what a page left in them.

Lines of which nothing is worth reading are removed, and what has a fix is mended; everything else stays and is
listed. A file is checked again until nothing more can be done, so that a second run changes nothing.
"""

from __future__ import annotations

import os
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from newslint import archives
from newslint.checks.itself import not_utf8
from newslint.compressed import inner_name
from newslint.files import NO_ARTICLE, named_files
from newslint.finding import Edit, FileFix, Finding
from newslint.fix import EndlessFixing, Mended, Plan, fixes_of, mend
from newslint.readers import SNIFFED, NotArticle
from newslint.source import NotText, Source, declaration
from newslint.typed import TYPE_CHECKING, NamedTuple
from newslint.writing import Unwritable, applied, read_file, replace_file

if TYPE_CHECKING:
    from newslint.article import Article
    from newslint.engine import Linter
    from newslint.files import Selection
    from newslint.writing import Stamp

LINES = "RES"  # the family whose findings are nothing to read
# In a format that says so itself, the head of an article has its place even where it says nothing.
_KEPT = frozenset(("title", "deck", "byline", "dateline", "metadata", "code"))


def clean_file(path: str, linter: Linter, *, certain: bool = False) -> tuple[Mended, Stamp]:
    """Read and clean a file; nothing is written.

    Raises OSError, NotText for what is no text, NotArticle, Unwritable, and EndlessFixing.
    """
    if inner_name(path) != path or archives.is_archive(path):
        raise NotText("compressed or an archive; unpack it first")
    data, known = read_file(path, linter.config.max_megabytes)
    return _clean_bytes(data, path, linter, certain), known


def _clean_bytes(data: bytes, path: str, linter: Linter, certain: bool) -> Mended:
    reader = linter.reader_for(path, lambda: data[:SNIFFED])
    if reader.read is None:
        raise NotText(
            f"the format “{reader.name}” is no text; check it, and mend it where it was made"
        )
    mended = clean(Source.from_bytes(data, path), linter, certain=certain, data=data)
    if mended.result.skipped:
        raise NotArticle(mended.result.skipped)
    return mended


def clean(
    source: Source, linter: Linter, *, certain: bool = False, data: bytes | None = None
) -> Mended:
    """Clean a decoded file. `certain`: only safe fixes, and only lines that are errors. `data`: as for `mend`.

    Raises Unwritable and EndlessFixing.
    """
    return mend(
        source,
        linter,
        lambda now, findings: _plans(now, linter, findings, certain),
        data=data,
    )


def _plans(
    source: Source, linter: Linter, findings: Sequence[Finding], certain: bool
) -> list[Plan]:
    unwanted = [
        each
        for each in findings
        if each.code.startswith(LINES) and (each.severity == "error" or not certain)
    ]
    removals = [*_removals(source, linter, unwanted)] if unwanted else []
    if removals and linter.read(source)[0].name not in _SEPARATE:
        removals = _Sound(source, linter).of(removals)
    gone = [(plan.fix.edits[0].start, plan.fix.edits[0].end) for plan in removals]
    plans = []
    for plan in fixes_of(findings, unsafe=not certain):
        found = plan.findings[0]
        index = bisect_right(gone, (found.start, len(source.text) + 1)) - 1
        if index < 0 or gone[index][1] < found.end:  # no word of what goes is mended
            plans.append(plan)
    for each in findings:
        if each.code == not_utf8.code:
            plans.append(Plan("mend", FileFix(_declared(source), True, ""), (each,), utf8=True))
    return [*removals, *plans]


def _declared(source: Source) -> tuple[Edit, ...]:
    """What makes a text that names its encoding name UTF-8."""
    found = declaration(source.text)
    return (Edit(found[0], found[1], "utf-8"),) if found is not None else ()


# ------------------------------------------------------------------ lines


class _Line(NamedTuple):
    """A line of a file, or of a string in it: its words end at `end`, the next line starts at `next`."""

    start: int
    end: int
    next: int


class _Shown(NamedTuple):
    """Where the file shows a line of the article, and whether that is to go."""

    start: int
    end: int
    goes: bool


def _removals(source: Source, linter: Linter, unwanted: Sequence[Finding]) -> Iterator[Plan]:
    """The lines of which nothing is left without what the findings name."""
    from newslint.article import Article

    reader, items = linter.read(source)
    covered = _merged([(each.start, each.end) for each in unwanted])
    starts = [each.start for each in unwanted]
    within = _WITHIN.get(reader.name)
    in_file = [] if within is not None else _lines(source.text, 0, len(source.text), r"\r\n?|\n")
    for article in items or ():
        if not isinstance(article, Article):
            continue
        shown = _shown(article, covered, keeps_head=reader.name != "text")
        if not any(each.goes for each in shown):
            continue
        for lines in within(source.text, shown) if within is not None else [in_file]:
            for edit in _edits(source.text, lines, shown):
                first, behind = bisect_left(starts, edit.start), bisect_left(starts, edit.end)
                yield Plan("remove", FileFix((edit,), True, ""), tuple(unwanted[first:behind]))


def _shown(
    article: Article, covered: Sequence[tuple[int, int]], *, keeps_head: bool
) -> list[_Shown]:
    found = []
    starts = [start for start, _ in covered]
    base = article.source.base
    for line in article.lines:
        block = article.block_at(line.start)
        start, end = (base + offset for offset in article.map.to_file(*line))
        index = bisect_right(starts, start) - 1
        goes = index >= 0 and covered[index][1] >= end
        if block is not None and block.kind in _KEPT and keeps_head:
            goes = False
        if goes and article.map.is_aligned(start - base):  # a row of a table
            goes = False
        found.append(_Shown(start, end, goes))
    return sorted(found)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that touch or overlap as one, in order."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _lines(text: str, start: int, end: int, breaks: str) -> list[_Line]:
    """The lines of `text[start:end]`; `breaks` finds their ends, or two characters that are none."""
    import re

    found = []
    for match in re.compile(breaks).finditer(text, start, end):
        if match[0] not in _NO_BREAKS:
            found.append(_Line(start, match.start(), match.end()))
            start = match.end()
    return [*found, _Line(start, end, end)]


_NO_BREAKS = frozenset(f"\\{sign}" for sign in '"\\/bftu')


def _in_strings(text: str, shown: Sequence[_Shown]) -> Iterator[list[_Line]]:
    """The lines of each JSON string with something that is to go."""
    end = -1
    for each in shown:
        if each.goes and each.start >= end:
            start = each.start
            while start > 0 and not (text[start - 1] == '"' and not _escaped(text, start - 1)):
                start -= 1
            end = each.end
            while end < len(text) and not (text[end] == '"' and not _escaped(text, end)):
                end += 1
            yield _lines(text, start, end, r'(?:\\r)?\\n|\\r|\\["\\/bftu]')


def _escaped(text: str, at: int) -> bool:
    before = at
    while before > 0 and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


def _in_cells(text: str, shown: Sequence[_Shown]) -> Iterator[list[_Line]]:
    """The lines of each cell of a table with something that is to go."""
    end = -1
    for each in shown:
        if each.goes and each.start >= end:
            start, end = _quoted(text, each.start) or (each.start, each.end)
            yield _lines(text, start, end, r"\r\n?|\n")


def _quoted(text: str, at: int) -> tuple[int, int] | None:
    """What stands between the quotation marks of the cell around a place; None for a cell without."""
    first = at
    while (last := text.rfind('"', 0, first)) >= 0:
        first = last
        while first > 0 and text[first - 1] == '"':
            first -= 1
        if (last - first) % 2 == 0:  # not only signs that stand doubled in a cell
            if first > 0 and text[first - 1] not in ",;|\t\r\n":
                return None  # the end of another cell
            break
    else:
        return None
    end = at
    while (end := text.find('"', end)) >= 0 and text.startswith('""', end):
        end += 2
    return first + 1, end if end >= 0 else len(text)


# What holds the lines, where those of the file are not those of the copy.
_WITHIN = {"json": _in_strings, "jsonl": _in_strings, "csv": _in_cells}


_SEPARATE = frozenset(("text", "json", "jsonl"))  # whose lines hold nothing but their words


class _Sound:
    """Which removals leave a file that shows what it showed, without their lines; not an end tag or quotation mark less."""

    def __init__(self, source: Source, linter: Linter) -> None:
        self._source = source
        self._linter = linter
        self._shown, self._faults = self._read(source)
        self._tries = MOST_TRIES

    def of(self, plans: list[Plan]) -> list[Plan]:
        """The removals that are sound together, found by halves."""
        if not plans or self._are_sound(plans):
            return plans
        if len(plans) == 1:
            return []
        half = len(plans) // 2
        first, second = self.of(plans[:half]), self.of(plans[half:])
        both = [*first, *second]
        return both if not (first and second) or self._are_sound(both) else first

    def _are_sound(self, plans: list[Plan]) -> bool:
        self._tries -= 1
        if self._tries < 0:
            return False
        edits = [edit for plan in plans for edit in plan.fix.edits]
        source = self._source
        made = Source(applied(source.text, edits), source.path, encoding=source.encoding)
        try:
            found, faults = self._read(made)
        except ValueError:  # no article any more
            return False
        gone = sorted((edit.start, edit.end) for edit in edits)
        starts = [start for start, _ in gone]

        def stays(at: int) -> bool:
            index = bisect_right(starts, at) - 1
            return index < 0 or gone[index][1] <= at

        expected = (" ".join(words for at, words in each if stays(at)) for each in self._shown)
        after = (" ".join(words for _, words in each) for each in found)
        return faults <= self._faults and [*filter(None, expected)] == [*filter(None, after)]

    def _read(self, source: Source) -> tuple[list[list[tuple[int, str]]], int]:
        """The lines of each article, by where they stand, and the number of places that cannot be read."""
        from newslint.article import Article
        from newslint.readers import Fault

        shown, faults = [], 0
        for item in self._linter.read(source)[1] or ():
            faults += isinstance(item, Fault)
            if isinstance(item, Article):
                shown.append(
                    [
                        (item.source.base + item.map.to_file(*line)[0], " ".join(words))
                        for line in item.lines
                        if (words := item.text[line.start : line.end].split())
                    ]
                )
        return shown, faults


MOST_TRIES = 40  # readings of a file to find out which of its lines can go


def _edits(text: str, lines: Sequence[_Line], shown: Sequence[_Shown]) -> Iterator[Edit]:
    """The edits that remove lines, with blank ones that would then follow another."""
    starts = [line.start for line in lines]
    goes: dict[int, bool] = {}
    for start, end, each_goes in shown:
        if starts[0] <= start <= lines[-1].end:
            first, last = (
                bisect_right(starts, start) - 1,
                bisect_right(starts, max(start, end - 1)) - 1,
            )
            for index in range(first, last + 1):
                goes[index] = each_goes and goes.get(index, True)
    dropped = {index for index, each_goes in goes.items() if each_goes}
    blank = {i for i, line in enumerate(lines) if not text[line.start : line.end].strip()}
    is_behind_blank, has_dropped = True, False
    for index in range(len(lines)):
        if index in dropped:
            has_dropped = True
        elif index in blank and has_dropped and is_behind_blank:
            dropped.add(index)
        else:
            is_behind_blank, has_dropped = index in blank, False
    last = len(lines) - 1
    if lines[last].start == lines[last].end:  # behind the last break
        dropped.discard(last)
        last -= 1
    if last in dropped:
        before = last
        while before in dropped or before in blank:
            dropped.add(before)
            before -= 1
    yield from _runs(lines, sorted(dropped))


def _runs(lines: Sequence[_Line], dropped: Sequence[int]) -> Iterator[Edit]:
    at = 0
    while at < len(dropped):
        stop = at
        while stop + 1 < len(dropped) and dropped[stop + 1] == dropped[stop] + 1:
            stop += 1
        first, last = lines[dropped[at]], lines[dropped[stop]]
        start = first.start
        if (
            last.next == last.end and dropped[at] > 0
        ):  # nothing follows: the break in front goes too
            start = lines[dropped[at] - 1].end
        yield Edit(start, last.next, "")
        at = stop + 1


# ------------------------------------------------------------------ files


def cleaned_files(
    paths: Iterable[str], selection: Selection, certain: bool
) -> Iterator[tuple[str, tuple[Mended, Stamp] | str]]:
    """Each article file below `paths`, cleaned; or, where that cannot be, why. Those that hold no article are counted."""
    paths = [*paths]
    named = named_files(paths)
    for path, linter in selection.targets(paths):
        try:
            yield path, clean_file(path, linter, certain=certain)
        except NotArticle as why:
            if path in named and not linter.config.force_exclude:
                yield path, f"not an article: {why}"
            else:
                selection.skip(NO_ARTICLE)
        except OSError as error:
            yield path, f"cannot be read: {error.strerror or error}"
        except (NotText, Unwritable, EndlessFixing) as error:
            yield path, str(error)


def cleaned_text(data: bytes, linter: Linter, certain: bool) -> Mended | str:
    """The text of standard input, cleaned; or why that cannot be."""
    try:
        return _clean_bytes(data, "-", linter, certain)
    except NotArticle as why:
        return f"not an article: {why}"
    except (NotText, Unwritable, EndlessFixing) as error:
        return str(error)


class Writer:
    """Cleaned files, written to one file, to standard output ("-"), or below a folder."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._is_folder = os.path.isdir(target) or target.endswith(("/", os.sep))

    def write(self, cleaned: Mended) -> None:
        """Write one. Raises OSError."""
        path = cleaned.source.path
        if self._target == "-":
            sys.stdout.flush()
            sys.stdout.buffer.write(cleaned.data)
        elif self._is_folder:
            relative = os.path.relpath(path)
            outside = relative.startswith(os.pardir) or os.path.isabs(relative)
            target = os.path.join(self._target, os.path.basename(path) if outside else relative)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            replace_file(target, cleaned.data)
        else:
            replace_file(self._target, cleaned.data)
