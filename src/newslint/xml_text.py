"""XML with places: elements and their text, each character at its offset of the decoded file.

The standard library's parser says where an event begins in bytes of UTF-8, nothing of what stands behind a
reference inside it, and stops at the first fault. This one counts code points, reads on behind a fault, and never
opens, defines or expands anything: no DTD, no entities, no network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from newslint.draft import Piece
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from typing import TypeAlias

MOST_NESTED = 250  # elements in one another; whoever walks them may then use recursion
_NAMES: Mapping[str, str] = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class Problem(NamedTuple):
    """Why the text is no well-formed XML."""

    start: int
    end: int
    message: str


class Comment(NamedTuple):
    """A comment with its marks."""

    text: str
    start: int
    end: int


class Element:
    """An element. `start` to `end` is all of it, `inside` to `inside_end` what stands between its tags.

    `children` are elements and pieces of text in order; those of an element that nobody asked for are
    not kept. `name` is without its prefix.
    """

    __slots__ = (
        "_attributes",
        "children",
        "end",
        "inside",
        "inside_end",
        "name",
        "parent",
        "prefix",
        "scope",
        "start",
    )

    def __init__(
        self,
        written: str,
        parent: Element | None,
        scope: Mapping[str, str],
        attributes: str,
        start: int,
        inside: int,
    ) -> None:
        self.prefix, _, self.name = written.rpartition(":")
        self.parent = parent
        self.scope = scope
        self._attributes = attributes
        self.start = start
        self.inside = self.inside_end = self.end = inside
        self.children: list[Child] = []

    @property
    def namespace(self) -> str:
        """The URI that its prefix stands for; "" where none is declared."""
        return self.scope.get(self.prefix, "")

    def get(self, name: str) -> str:
        """The value of an attribute, by its name as written; "" where there is none."""
        for match in _attribute().finditer(self._attributes):
            if match[1] == name:
                return "".join(piece[0] for piece in referenced(match[2][1:-1], 0))
        return ""

    def __iter__(self) -> Iterator[Element]:
        return (child for child in self.children if isinstance(child, Element))

    def first(self, *path: str) -> Element | None:
        """The first element below at a path of names."""
        found: Element | None = self
        for name in path:
            found = next((each for each in found or () if each.name == name), None)
        return found

    def below(self, *names: str) -> Iterator[Element]:
        """The elements of these names anywhere below, in order, not looked into."""
        waiting = [iter(self)]
        while waiting:
            child = next(waiting[-1], None)
            if child is None:
                waiting.pop()
            elif child.name in names:
                yield child
            else:
                waiting.append(iter(child))

    def pieces(self) -> Iterator[Piece]:
        """All text inside, whatever elements it stands in."""
        waiting = [iter(self.children)]
        while waiting:
            child = next(waiting[-1], None)
            if child is None:
                waiting.pop()
            elif isinstance(child, Element):
                waiting.append(iter(child.children))
            else:
                yield child

    def said(self) -> str:
        """All text inside as one string."""
        return "".join(piece[0] for piece in self.pieces())


Child: TypeAlias = "Element | Piece"
Found: TypeAlias = "Element | Comment | Problem"


def root_name(text: str) -> str:
    """The name of the first element, with its prefix; "" where `text` does not begin like XML."""
    match = _prologue().match(text)
    return match[1] if match is not None else ""


def elements(text: str, wanted: Callable[[Element], bool]) -> Iterator[Found]:
    """The elements that `wanted` asks for, each when its end has been read; none of another's inside.

    Between them comments that speak to newslint, and the first fault of the file: text behind it is read
    as well as can be. Only behind a DOCTYPE that defines entities, and where elements are nested too
    deeply, nothing is read.
    """
    return _Parser(text, wanted).run()


class _Parser:
    def __init__(self, text: str, wanted: Callable[[Element], bool]) -> None:
        self._text = text
        self._wanted = wanted
        self._open: list[tuple[str, Element]] = []
        self._kept: Element | None = None  # the wanted element that is open
        self._has_root = False
        self._has_dtd = False
        self._problem: Problem | None = None

    def run(self) -> Iterator[Found]:
        text, end = self._text, len(self._text)
        find, token = text.find, _token()
        match_token, opened = token.match, self._open
        odd = _not_xml().search(text)
        if odd is not None:
            self._fault(*odd.span(), f"XML cannot hold the character U+{ord(odd[0]):04X}")
        heard = False
        at = 0
        while at < end:
            if self._problem is not None and not heard:
                heard = True
                yield self._problem
            start = at
            if text[at] != "<":
                at = find("<", at)
                at = end if at < 0 else at
                if not opened or find("&", start, at) >= 0:
                    self._text_between(start, at)
                elif self._kept is not None:
                    opened[-1][1].children.append((text[start:at], start, at))
                continue
            match = match_token(text, at) or _like_a_tag().match(text, at)
            if match is None:
                self._fault(at, at + 1, "“<” begins no tag; write &lt;")
                self._add(("<", at, at + 1))
                at += 1
                continue
            at = match.end()
            opening = match[0]
            if match.re is not token:
                self._fault(start, at, "not a tag as XML has them; are its attributes in quotes?")
            if match["name"]:
                element = self._start(match["name"], match["attributes"], start, at)
                if element is None:
                    break
                if match["empty"]:
                    yield from self._end(at, at)
            elif match["closed"]:
                yield from self._close(match["closed"], start, at)
            elif opening == "<!--":
                at = self._behind("-->", at, "a comment")
                if "newslint" in text[start:at]:
                    yield Comment(text[start:at], start, at)
            elif opening == "<![CDATA[":
                at = self._behind("]]>", at, "a CDATA section")
                stop = at - 3 if text.endswith("]]>", start, at) else at
                if stop > start + 9:
                    self._add((text[start + 9 : stop], start + 9, stop))
            elif opening == "<?":
                at = self._behind("?>", at, "a processing instruction")
            elif opening == "<!DOCTYPE":
                at = self._doctype(start, at)
                if at < 0:
                    break
        while self._open:
            name, element = self._open[-1]
            self._fault(element.start, element.inside, f"<{name}> has no end")
            yield from self._end(at, at)
        if not self._has_root:
            self._fault(0, min(1, end), "no element stands here")
        if self._problem is not None and not heard:
            yield self._problem

    def _fault(self, start: int, end: int, message: str) -> None:
        if self._problem is None:
            self._problem = Problem(start, end, message)

    # ------------------------------------------------------------------ markup

    def _start(self, name: str, attributes: str, start: int, inside: int) -> Element | None:
        """The element that begins here; None where reading must stop."""
        parent = self._open[-1][1] if self._open else None
        if len(self._open) >= MOST_NESTED:
            self._fault(start, inside, f"elements nested deeper than {MOST_NESTED}; nothing behind")
            return None
        if parent is None:
            if self._has_root:
                self._fault(start, inside, "a second element stands behind the first")
            self._has_root = True
        scope = parent.scope if parent is not None else _NO_SCOPE
        if "xmlns" in attributes:
            declared = dict(scope)
            for match in _attribute().finditer(attributes):
                if match[1] == "xmlns" or match[1].startswith("xmlns:"):
                    declared[match[1][6:]] = match[2][1:-1]
            scope = declared
        element = Element(name, parent, scope, attributes, start, inside)
        if self._kept is not None:
            if parent is not None:
                parent.children.append(element)
        elif self._wanted(element):
            self._kept = element
        self._open.append((name, element))
        return element

    def _end(self, inside_end: int, end: int) -> Iterator[Element]:
        element = self._open.pop()[1]
        element.inside_end, element.end = inside_end, end
        if element is self._kept:
            self._kept = None
            yield element

    def _close(self, name: str, start: int, end: int) -> Iterator[Element]:
        if self._open and self._open[-1][0] == name:
            yield from self._end(start, end)
            return
        if not any(each == name for each, _ in self._open):
            self._fault(start, end, f"</{name}> ends no element that is open here")
            return
        self._fault(start, end, f"</{name}> stands where </{self._open[-1][0]}> should")
        while self._open[-1][0] != name:
            yield from self._end(start, start)
        yield from self._end(start, end)

    def _behind(self, mark: str, at: int, what: str) -> int:
        found = self._text.find(mark, at)
        if found < 0:
            self._fault(at - 2, at, f"{what} that does not end with {mark}")
            return len(self._text)
        return found + len(mark)

    def _doctype(self, start: int, at: int) -> int:
        """Behind a DOCTYPE, which is passed over; -1 where nothing behind it can be trusted."""
        match = _doctype().match(self._text, start) if not self._has_root else None
        if match is None:
            self._fault(start, at, "a DOCTYPE that has no end, or stands behind the first element")
            return -1
        self._has_dtd = match["id"] is not None
        if match["subset"] is not None:
            entity = _entity_definition().search(self._text, *match.span("subset"))
            if entity is not None:
                message = (
                    "the DOCTYPE defines entities, which are not expanded; save the file without"
                )
                self._fault(*entity.span(), message)
                return -1
        return match.end()

    # ------------------------------------------------------------------ text

    def _add(self, piece: Piece) -> None:
        if self._kept is not None:
            self._open[-1][1].children.append(piece)

    def _text_between(self, start: int, end: int) -> None:
        text = self._text
        if not self._open:
            if (said := text[start:end].strip(" \t\r\n\ufeff")) and self._problem is None:
                at = start + text[start:end].index(said)
                self._fault(at, at + 1, "text outside of all elements")
            return
        for shown, first, last in referenced(text[start:end], start):
            if text[first] == "&" and not _is_xml(text[first:last]):
                self._reference(text[first:last], first, last)
            self._add((shown, first, last))

    def _reference(self, written: str, start: int, end: int) -> None:
        if len(written) == 1:
            self._fault(start, end, "“&” begins no reference; write &amp;")
        elif written[1] == "#":
            self._fault(start, end, f"{written} stands for no character that XML can hold")
        elif not self._has_dtd:
            self._fault(start, end, f"{written} is not defined; write the character itself")


_NO_SCOPE: Mapping[str, str] = {}


def referenced(written: str, shift: int) -> Iterator[Piece]:
    """Text between tags, its references as what they stand for; `shift`: where it begins in the file.

    References to entities of HTML are read too; others, and a lone "&", stay as written.
    """
    at = 0
    end = len(written)
    while (found := written.find("&", at)) >= 0:
        if found > at:
            yield written[at:found], shift + at, shift + found
        match = _reference().match(written, found)
        at = match.end() if match is not None else found + 1
        yield _shown(written[found:at]), shift + found, shift + at
    if at < end:
        yield written[at:], shift + at, shift + end


def _shown(reference: str) -> str:
    if len(reference) == 1:
        return reference
    if reference[1] != "#":
        if reference[1:-1] in _NAMES:
            return _NAMES[reference[1:-1]]
        from html.entities import html5

        return html5.get(reference[1:], reference)
    number = _number(reference)
    return chr(number) if _can_be(number) else "\N{REPLACEMENT CHARACTER}"


def _number(reference: str) -> int:
    digits = reference[2:-1]
    return int(digits[1:], 16) if digits[0] == "x" else int(digits)


def _can_be(number: int) -> bool:
    """Whether XML can hold the character of a number."""
    if number < 32:
        return number in (9, 10, 13)
    return number <= 0x10FFFF and not 0xD800 <= number < 0xE000 and number not in (0xFFFE, 0xFFFF)


def _is_xml(reference: str) -> bool:
    if reference[1:2] == "#":
        return _can_be(_number(reference))
    return reference[1:-1] in _NAMES


_NAME = r"[^\W\d][\w.:·-]*+"


@cache
def _token() -> re.Pattern[str]:
    from newslint.expressions import compiled

    value = r"""(?:"[^"<]*+"|'[^'<]*+')"""
    attributes = rf"(?:\s++{_NAME}\s*+=\s*+{value})*+"
    return compiled(
        rf"</(?P<closed>{_NAME})\s*+>|<(?P<name>{_NAME})(?P<attributes>{attributes})\s*+(?P<empty>/?)>"
        r"|<!--|<!\[CDATA\[|<\?|<!DOCTYPE\b"
    )


@cache
def _attribute() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(rf"""({_NAME})\s*+=\s*+("[^"<]*+"|'[^'<]*+')""")


@cache
def _like_a_tag() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        rf"</(?P<closed>{_NAME})[^<>]*+>|<(?P<name>{_NAME})(?P<attributes>)[^<>]*?(?P<empty>/?)>|<![^<>]*+>"
    )


@cache
def _reference() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"&(?:#x[0-9a-fA-F]{1,8}|#[0-9]{1,8}|[A-Za-z][A-Za-z0-9]{0,31});")


@cache
def _doctype() -> re.Pattern[str]:
    from newslint.expressions import compiled

    # Inside the subset, quotes and comments may hold brackets.
    subset = r"""(?:[^\]"'<]++|"[^"]*+"|'[^']*+'|<!--(?:[^-]++|-(?!->))*+-->|<)*+"""
    return compiled(
        r"""<!DOCTYPE(?:[^\["'>]++|(?P<id>"[^"]*+"|'[^']*+'))*+(?:\[(?P<subset>"""
        + subset
        + r""")\]\s*+)?+>"""
    )


@cache
def _entity_definition() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"<!ENTITY\b[^>]{0,80}>?")


@cache
def _not_xml() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@cache
def _prologue() -> re.Pattern[str]:
    from newslint.expressions import compiled

    comment = r"<!--(?:[^-]++|-(?!->))*+-->"
    return compiled(
        rf"\ufeff?\s*+(?:<\?(?:[^?]++|\?(?!>))*+\?>\s*+|{comment}\s*+)*+(?:<!DOCTYPE[^>\[]*+"
        rf"(?:\[[^\]]*+\]\s*+)?+>\s*+)?+(?:<\?(?:[^?]++|\?(?!>))*+\?>\s*+|{comment}\s*+)*+<({_NAME})"
    )
