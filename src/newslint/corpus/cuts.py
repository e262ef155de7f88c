"""What `newslint clean` would take out of an article, as edits that anyone can make."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from newslint.article import Article
from newslint.clean import clean
from newslint.engine import Linter
from newslint.finding import Edit
from newslint.fix import EndlessFixing
from newslint.readers._tables import RowSource
from newslint.source import Source
from newslint.typed import NamedTuple
from newslint.writing import Unwritable, applied

MOST_COMPARED = 2_000  # pieces of a text that has changed; beyond that the whole of it is one edit


class Cut(NamedTuple):
    """Code points `start` to `end` of the cell in `column` become `new`; "" is the record or file itself."""

    column: str
    start: int
    end: int
    new: str


class Cuts(NamedTuple):
    """`reasons`: how often each rule is why. `left`: characters of running copy afterwards."""

    cuts: tuple[Cut, ...]
    reasons: tuple[tuple[str, int], ...]
    left: int


def cuts(article: Article, cleaner: Linter) -> Cuts:
    """What cleaning would change in an article. `cleaner`: for rows of a table it must read JSON Lines."""
    source = article.source
    cells = source.cells if isinstance(source, RowSource) else None
    text = source.text if cells is None else _record(cells)
    try:
        cleaned = clean(Source(text, source.path), cleaner)
    except (EndlessFixing, Unwritable):  # it is left as it is, as `newslint clean` would leave it
        return Cuts((), (), _left(article))
    reasons = Counter(
        each.finding.name for each in cleaned.changes if each.action in ("remove", "mend")
    )
    found: list[Cut] = []
    if cells is None:
        found = [Cut("", *edit) for edit in difference(text, cleaned.text)]
    else:
        after = _values(cleaned.text)
        for name, value in cells:
            if isinstance(value, str) and isinstance(after.get(name), str):
                found += [Cut(name, *edit) for edit in difference(value, str(after[name]))]
    if not found:
        return Cuts((), (), _left(article))
    _, items = cleaner.read(Source(cleaned.text, source.path))
    left = sum(_left(each) for each in items or () if isinstance(each, Article))
    return Cuts(tuple(found), tuple(sorted(reasons.items())), left)


def with_cuts(text: str, cuts: Sequence[Cut]) -> str:
    """A cell, record or file with its cuts made."""
    return applied(text, [Edit(each.start, each.end, each.new) for each in cuts])


def _left(article: Article) -> int:
    return sum(block.end - block.start for block in article.paragraphs)


def _record(cells: Sequence[tuple[str, object]]) -> str:
    from json import dumps

    return dumps(dict(cells), ensure_ascii=False)


def _values(text: str) -> dict[str, object]:
    from json import loads

    found = loads(text)
    return found if isinstance(found, dict) else {}


def difference(before: str, after: str) -> list[Edit]:
    """Edits that make the one text the other, whole lines where they can be."""
    if before == after:
        return []
    old, new = _pieces(before), _pieces(after)
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    at = sum(map(len, old[:first]))
    return list(_edits(old[first : len(old) - last], new[first : len(new) - last], at))


def _edits(old: Sequence[str], new: Sequence[str], at: int) -> Iterator[Edit]:
    from difflib import SequenceMatcher

    if len(old) > MOST_COMPARED or len(new) > MOST_COMPARED:
        before, after = "".join(old), "".join(new)
        yield Edit(at, at + len(before), after)
        return
    starts = [at]
    for piece in old:
        starts.append(starts[-1] + len(piece))
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            before, after = "".join(old[i:j]), "".join(new[k:m])
            yield _trimmed(starts[i], before, after)


def _trimmed(at: int, before: str, after: str) -> Edit:
    """The edit without what both texts begin and end with."""
    shorter = min(len(before), len(after))
    first = 0
    while first < shorter and before[first] == after[first]:
        first += 1
    last = 0
    while last < shorter - first and before[-1 - last] == after[-1 - last]:
        last += 1
    return Edit(at + first, at + len(before) - last, after[first : len(after) - last])


def _pieces(text: str) -> list[str]:
    """Lines with their ends, which in a record of JSON may be written as escapes."""
    return [piece for piece in re.split(r"(?<=\n)|(?<=\\n)", text) if piece]
