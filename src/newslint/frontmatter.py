"""Front matter: the YAML, TOML or JSON header of a Markdown file, with the places of its values.

Values stay as written: `title: NO` is a title of two letters and `time: 12:30` no number of seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from newslint.draft import Piece
from newslint.fields import Field
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

    from yaml import Mark, Node, SafeLoader

MOST_NESTED = 40  # levels; the recursion of the YAML library has no bound of its own


class HeaderFault(NamedTuple):
    """What is wrong with a header, and how to mend it."""

    start: int
    end: int
    message: str


class Header(NamedTuple):
    """`fields` in the order of the file. `end`: where the article itself begins."""

    fields: list[Field]
    faults: list[HeaderFault]
    end: int


def header(text: str) -> Header | None:
    """The front matter at the start of `text`; None where there is none."""
    if not text.startswith(("---", "+++", ";;;", "{")):
        return None
    if text[0] == "{":
        return _bare_json(text)
    opening = _fence().match(text)
    if opening is None:
        return None
    mark = opening[1]
    start = opening.end()
    closing = (_yaml_end() if mark == "---" else _end(mark)).search(text, start)
    if closing is None:
        if _key().match(text, start) is None:
            return None  # a rule between paragraphs, say
        fault = HeaderFault(0, 3, f"front matter without an end; close it with a line {mark}")
        return Header([], [fault], 0)
    body, end = text[start : closing.start()], closing.end()
    read = {"---": _yaml, "+++": _toml, ";;;": _json}[mark]
    fields, faults = read(text, start, body)
    return Header(fields, faults, end)


# ------------------------------------------------------------------ YAML


def _yaml(text: str, start: int, body: str) -> tuple[list[Field], list[HeaderFault]]:
    flat = _flat(start, body)
    return (flat, []) if flat is not None else _by_library(text, start, body)


def _by_library(text: str, start: int, body: str) -> tuple[list[Field], list[HeaderFault]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    deep = _too_deep(body, loader)
    if deep >= 0:
        message = f"front matter nested deeper than {MOST_NESTED} levels; make it flat"
        return [], [HeaderFault(start + deep, start + deep + 1, message)]
    try:
        node = yaml.compose(body, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = start + min(mark.index if mark is not None else 0, len(body))
        return [], [_yaml_fault(text, at, start + len(body), error.problem or "")]
    except yaml.reader.ReaderError as error:
        at = _unprintable(body)
        place = start + (at if at >= 0 else 0)
        message = (
            f"front matter is not YAML: the character U+{_number(error.character):04X}; delete it"
        )
        return [], [HeaderFault(place, place + 1, message)]
    except (RecursionError, yaml.YAMLError) as error:
        message = f"front matter is not YAML: {error}; write it as “key: value” lines"
        return [], [HeaderFault(start, start + len(body.rstrip()), _short(message))]
    if node is None:
        return [], []
    if not isinstance(node, yaml.MappingNode):
        message = "front matter must be “key: value” lines"
        return [], [HeaderFault(start, start + max(1, len(body.rstrip())), message)]
    walk = _Walk(text, start)
    walk.visit(node, ())
    return walk.fields, walk.faults


def _flat(start: int, body: str) -> list[Field] | None:
    """The fields of a header that is nothing but one-line values, as most are; None where YAML has more to say.

    Its library takes longer to start than all else that an article needs.
    """
    fields = []
    names = set()
    for line in body.split("\n"):
        if line.strip(" \r"):
            match = _flat_line().fullmatch(line)
            if match is None or match["key"] in names:
                return None
            names.add(match["key"])
            group = match.lastgroup
            if group == "key":
                fields.append(Field((match["key"],), "", []))
            elif group is not None and (value := match[group]) not in _NULL_VALUES:
                first, last = match.span(group)
                pieces = [(value, start + first, start + last)] if value.strip() else []
                fields.append(Field((match["key"],), value.strip(), pieces))
            elif group != "plain":
                return None  # “~” in quotation marks, say
        start += len(line) + 1
    return fields


_NULL_VALUES = ("~", "null")


def _number(character: object) -> int:
    return character if isinstance(character, int) else ord(str(character)[0])


def _yaml_fault(text: str, at: int, limit: int, problem: str) -> HeaderFault:
    end = text.find("\n", at, limit)
    end = limit if end < 0 else end
    if end <= at:
        at = max(0, min(at, limit) - 1)
        end = at + 1
    remedy = "put the value in quotes if it holds “: ” or begins with a mark"
    if text[at] == "\t" or "tab" in problem:
        remedy = "indent with spaces"
    elif "alias" in problem or "anchor" in problem:
        remedy = "put values with * or & in quotes"
    elif "quoted scalar" in problem or "end of stream" in problem:
        remedy = "close the quotation mark"
    return HeaderFault(at, end, _short(f"front matter is not YAML: {problem}; {remedy}"))


def _short(message: str) -> str:
    message = " ".join(message.split())
    return message if len(message) <= 200 else message[:199] + "…"


class _Walk:
    """Down a YAML tree, each node once: an alias to a node that was seen already shows nothing new."""

    def __init__(self, text: str, shift: int) -> None:
        self._text = text
        self._shift = shift
        self._seen: set[int] = set()
        self.fields: list[Field] = []
        self.faults: list[HeaderFault] = []

    def visit(self, node: Node, keys: tuple[str, ...]) -> None:
        import yaml

        if id(node) in self._seen:
            return
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            start, end = self._span(node)
            value = str(node.value)
            if keys:
                if node.style in (None, "") and value in ("~", "null"):
                    return
                pieces = _scalar_pieces(self._text, start, end, value, node.style or "")
                self.fields.append(Field(keys, value.strip(), pieces))
        elif isinstance(node, yaml.SequenceNode):
            for index, each in enumerate(node.value):
                self.visit(each, (*keys, str(index)))
        elif isinstance(node, yaml.MappingNode):
            names: set[str] = set()
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    continue
                name = str(key.value)
                if name in names:
                    message = (
                        f"“{_short(name)[:40]}” stands here a second time; keep one of the two"
                    )
                    self.faults.append(HeaderFault(*self._span(key), message))
                    continue
                names.add(name)
                self.visit(value, (*keys, name))

    def _span(self, node: Node) -> tuple[int, int]:
        first: Mark = node.start_mark
        last: Mark = node.end_mark
        return self._shift + first.index, self._shift + last.index


def _too_deep(body: str, loader: type[SafeLoader]) -> int:
    """Where a header nests too deeply; -1 if nowhere. No level begins without one of these signs."""
    if sum(map(body.count, "[{-?:")) <= MOST_NESTED:
        return -1
    import yaml

    depth = 0
    try:
        for event in yaml.parse(body, Loader=loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MOST_NESTED:
                    return int(event.start_mark.index)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except (yaml.YAMLError, RecursionError):
        pass  # it is told of by whoever composes it, which takes the same way as far as here
    return -1


def _unprintable(body: str) -> int:
    match = _unprintable_pattern().search(body)
    return match.start() if match is not None else -1


def _scalar_pieces(text: str, start: int, end: int, value: str, style: str) -> list[Piece]:
    """The pieces of a YAML scalar at `start` to `end`, which says `value`.

    Lines may be folded, marks doubled and characters escaped: both sides are followed step by step.
    """
    if not value.strip():
        return []
    if end - start == len(value) and text[start:end] == value:
        return [(value, start, end)]
    if style in "'\"" and style:
        start, end = start + 1, end - 1
        if end - start == len(value) and text[start:end] == value:
            return [(value, start, end)]
    shown = 0  # so much of the value is accounted for
    if style and style in "|>":
        start = max(start, text.find("\n", start, end) + 1)
        start += _blank_length(text[start:end], 0)  # not the indentation
        shown = _blank_length(value, 0)
    pieces: list[Piece] = []
    for match in _scalar_token(style).finditer(text, start, end):
        token = match[0]
        begin, stop = match.span()
        if match["fold"] is not None:
            length = _blank_length(value, shown)
            piece = value[shown : shown + length]
        elif match["escape"] is not None:
            length = 0 if token[1] in "\r\n" else 1
            piece = value[shown : shown + length]
        else:
            length, piece = len(token), token
        if value[shown : shown + length] != piece:
            break
        if piece:
            pieces.append((piece, begin, stop))
        shown += length
    if value[shown:].strip():  # the two sides do not agree after all: the value as a whole
        return [(value.strip(), start, end)]
    return _on_one_line(pieces)


def _on_one_line(pieces: Sequence[Piece]) -> list[Piece]:
    """Line feeds inside a value are spaces to whoever reads it."""
    return [(" " if not text.strip() else text, start, end) for text, start, end in pieces]


def _blank_length(value: str, at: int) -> int:
    end = at
    while end < len(value) and value[end] in " \t\n":
        end += 1
    return end - at


# ------------------------------------------------------------------ TOML


def _toml(text: str, start: int, body: str) -> tuple[list[Field], list[HeaderFault]]:
    import tomli

    from newslint.toml_lines import key_lines, line_of

    plain = body.replace("\r\n", "\n").replace("\r", "\n")
    try:
        table = tomli.loads(plain)
    except tomli.TOMLDecodeError as error:
        line = _toml_line(str(error), plain)
        reason = str(error).partition(" (at ")[0]
        reason = reason[:1].lower() + reason[1:]
        message = f'front matter is not TOML: {reason}; write it as key = "value" lines'
        return [], [HeaderFault(*_line_span(text, start, line), _short(message))]
    except RecursionError:
        message = "front matter nested too deeply; make it flat"
        return [], [HeaderFault(start, start + 1, message)]
    lines = key_lines(plain)
    starts = _line_starts(text, start, start + len(body))
    fields = []
    for keys, value in _leaves(table, ()):
        line = line_of(lines, keys) - 1
        first = starts[min(line, len(starts) - 1)]
        last = starts[line + 1] if line + 1 < len(starts) else start + len(body)
        fields.append(_toml_field(text, keys, value, first, last, start + len(body)))
    fields.sort(key=lambda field: field.pieces[0][1] if field.pieces else 0)
    return fields, []


def _toml_field(
    text: str, keys: tuple[str, ...], value: object, first: int, last: int, limit: int
) -> Field:
    if not isinstance(value, str):
        written = _bare_value().match(text, first, last)
        shown = str(value)
        if isinstance(value, bool):
            shown = shown.lower()
        if written is not None:
            shown = written[1]
            return Field(keys, shown, [(shown, *written.span(1))])
        return Field(keys, shown, [(shown, first, last)])
    stripped = value.strip()
    # A value may stand on later lines than its key.
    at = text.find(stripped, text.find("=", first, last) + 1, max(last, min(limit, last + 2000)))
    if stripped and at >= 0:
        return Field(keys, stripped, [(stripped, at, at + len(stripped))])
    match = _basic_string().search(text, first, last)
    if match is not None:
        return Field(keys, stripped, _scalar_pieces(text, *match.span(), value, '"'))
    return Field(keys, stripped, [(stripped, first, last)] if stripped else [])


def _leaves(value: object, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(each, (*keys, str(key)))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _leaves(each, (*keys, str(index)))
    else:
        yield keys, value


def _toml_line(message: str, body: str) -> int:
    _, _, where = message.partition("(at line ")
    digits = where.partition(",")[0]
    return int(digits) - 1 if digits.isdigit() else body.rstrip().count("\n")


def _line_starts(text: str, start: int, end: int) -> list[int]:
    return [start, *(match.end() for match in _line_end().finditer(text, start, end))]


def _line_span(text: str, start: int, line: int) -> tuple[int, int]:
    starts = _line_starts(text, start, len(text))
    first = starts[min(line, len(starts) - 1)]
    match = _line_end().search(text, first)
    last = match.start() if match is not None else len(text)
    return first, max(last, min(first + 1, len(text)))


# ------------------------------------------------------------------ JSON


def _json(text: str, start: int, body: str) -> tuple[list[Field], list[HeaderFault]]:
    from newslint.json_text import NotJson, behind_space, parse_object

    at = behind_space(text, start)
    if not text.startswith("{", at):
        message = "front matter is not JSON: it must be one object in braces"
        return [], [HeaderFault(start, start + max(1, len(body.rstrip())), message)]
    try:
        found = parse_object(text, at)
    except NotJson as error:
        place = min(error.start, start + len(body))
        message = f"front matter is not JSON: {error}"
        return [], [HeaderFault(place, min(place + 1, len(text)), _short(message))]
    return json_fields(text, found.members), []


def _bare_json(text: str) -> Header | None:
    """A header that is an object and nothing else; None for text that merely begins with a brace."""
    from newslint.json_text import NotJson, parse_object

    if _json_start().match(text) is None:
        return None
    try:
        found = parse_object(text)
    except NotJson as error:
        place = min(error.start, len(text) - 1)
        message = _short(f"front matter is not JSON: {error}")
        return Header([], [HeaderFault(place, place + 1, message)], 0)
    match = _line_end().match(text, found.end)
    if match is None and text[found.end :].strip():
        return None
    end = match.end() if match is not None else len(text)
    return Header(json_fields(text, found.members), [], end)


def json_fields(text: str, members: Sequence[object]) -> list[Field]:
    """The strings and numbers of an object's members, those in arrays and small objects included."""
    from newslint.json_text import Member

    fields: list[Field] = []
    for member in members:
        assert isinstance(member, Member)
        fields += _json_field(text, (member.key,), member.value, member.start, member.end)
    return fields


def _json_field(
    text: str, keys: tuple[str, ...], value: object, start: int, end: int
) -> Iterator[Field]:
    from newslint.json_text import Number, elements, parse_object, string_pieces

    if isinstance(value, str):
        pieces = string_pieces(text, start, end, value)
        yield Field(keys, "".join(piece[0] for piece in pieces), pieces)
    elif isinstance(value, bool):
        written = text[start:end]
        yield Field(keys, written, [(written, start, end)])
    elif isinstance(value, Number):
        yield Field(keys, value.written, [(value.written, start, end)])
    elif isinstance(value, list) and len(keys) <= 3:
        for index, (each, first, last) in enumerate(elements(text, start)):
            yield from _json_field(text, (*keys, str(index)), each, first, last)
    elif isinstance(value, dict) and len(keys) <= 3:
        for member in parse_object(text, start).members:
            inner = (*keys, member.key)
            yield from _json_field(text, inner, member.value, member.start, member.end)


# ------------------------------------------------------------------ patterns


@cache
def _fence() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(---|\+\+\+|;;;)[ \t]*+(?:\r\n?|\n)")


@cache
def _yaml_end() -> re.Pattern[str]:
    from newslint.expressions import MULTILINE, compiled

    return compiled(r"^(?:---|\.\.\.)[ \t]*+(?:\r\n?|\n|\Z)", MULTILINE)


@cache
def _end(mark: str) -> re.Pattern[str]:
    import re

    from newslint.expressions import MULTILINE, compiled

    return compiled(rf"^{re.escape(mark)}[ \t]*+(?:\r\n?|\n|\Z)", MULTILINE)


@cache
def _key() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[A-Za-z_][\w-]*+[ \t]*+(?::[ \t\r\n]|=)|\s*+\{")


@cache
def _flat_line() -> re.Pattern[str]:
    from newslint.expressions import compiled

    # What may not stand in YAML is left to its library, and so is whatever means something there.
    sign = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
    return compiled(
        r"(?P<key>[^\W\d_][\w-]{0,99}):(?: ++(?:"
        rf"\"(?P<double>(?:(?![\"\\]){sign})*+)\"|'(?P<single>(?:(?!'){sign})*+)'"
        rf"|(?P<plain>(?![\s?:,\[\]{{}}#&*!|>'\"%@`-])(?: ++(?!\r?$|#)|(?! |:(?: |\r?$)){sign})++)))?+ *+\r?"
    )


@cache
def _unprintable_pattern() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
    )


@cache
def _scalar_token(style: str) -> re.Pattern[str]:
    from newslint.expressions import DOTALL, compiled

    escape = {"'": "''", '"': r"\\(?:x..|u.{4}|U.{8}|\r?\n[ \t]*|.)"}.get(style, r"(?!)")
    plain = {"'": r"[^'\s]++|'", '"': r"[^\\\s]++|\\"}.get(style, r"[^\s]++")
    return compiled(
        rf"(?P<fold>[ \t]*+(?:\r\n?|\n)\s*+)|(?P<escape>{escape})|{plain}|[^\S\r\n]", DOTALL
    )


@cache
def _basic_string() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r'"(?:[^"\\\r\n]|\\.)*+"')


@cache
def _bare_value() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[^=\r\n]*+=[ \t]*+([^\s\[{#\"'](?:[ \t]*+[^#,\r\n \t])*+)[ \t]*+(?=[#\r\n]|\Z)")


@cache
def _json_start() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r'\{\s*+"')


@cache
def _line_end() -> re.Pattern[str]:
    from newslint.expressions import compiled

    # Only the first blank of a run begins it.
    return compiled(r"(?:(?<![ \t])[ \t]++)?+(?:\r\n?|\n)")
