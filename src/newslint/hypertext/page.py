"""The article in a whole page: which part is the story, and its title, byline and date.

The part is, in this order, what the page's own data for search engines calls the body, what is marked as it,
the one `<article>`, `<main>`, or the part with the most running copy. What stands around it, and navigation,
forms and teasers inside it, belong to the page and not to the article.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from newslint.draft import Piece
from newslint.hypertext.blocks import Element, Markup, Stretch, is_for_screen_readers
from newslint.hypertext.tokens import attribute_map, attributes, value_pieces
from newslint.text.structure import ends_like_a_sentence
from newslint.text.words import letters_and_digits
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

LONGEST_DATA = 2_000_000  # characters of a page's own data that are read
WHOLE_BODY = 600  # letters and digits from which on a body in the data is more than an extract
SHORTEST_COPY = 40  # characters of a block that speaks for the part it stands in
ENOUGH_COPY = 140  # characters of running copy that make a story of an unmarked page
MANY_STORIES = 4  # articles on a page, none of which is its story
LONGEST_JOINER = 3  # characters between headline and byline: "by"
LONGEST_LABEL = 30  # characters in front of a link to another story
MOST_WORDS = 4  # of a class that names a part of a page; more are the address of a heading
LONGEST_KEY = 80  # letters and digits by which a block is known again


class Story(NamedTuple):
    """`stretches` of the article in order. `title`: of a page that shows none, from its head.

    `fault`: why the page holds no story; "" if it does.
    """

    stretches: list[Stretch]
    title: list[Piece]
    fields: dict[str, str]
    language: str
    fault: str


def story(markup: Markup, *, has_title: bool = False) -> Story:
    """The article of a page. `has_title`: its title is known already."""
    tree = _Tree(markup)
    data = _Data(markup)
    part, fault = _part(tree, data)
    stretches = _kept(tree, part)
    title: list[Piece] = []
    if not has_title and not any(_is_title(each) for each in stretches):
        title = data.title
    return Story(stretches, title, data.fields, _language(markup.elements), fault)


def _language(elements: Sequence[Element]) -> str:
    for element in elements[:1]:
        if element.name == "html":
            found = attribute_map(element.attributes)
            return found.get("lang") or found.get("xml:lang") or ""
    return ""


# ------------------------------------------------------------------ the part


class _Tree:
    """The elements of a page, with how much copy each holds."""

    def __init__(self, markup: Markup) -> None:
        self.markup = markup
        self.elements = markup.elements
        own = [0] * len(markup.elements)
        blocks = [0] * len(markup.elements)
        for stretch in markup.stretches:
            if stretch.element >= 0:
                blocks[stretch.element] += 1
                if _is_copy(stretch):
                    own[stretch.element] += stretch.length - stretch.linked
        self.own = own  # characters of running copy right inside each element
        self.blocks = blocks
        self.is_furniture = [False] * len(own)
        every = self.rolled_up(own)
        half = sum(own) / 2
        self.is_furniture = [
            _is_furniture(element, is_most=count > half)
            for element, count in zip(markup.elements, every, strict=True)
        ]
        self.copy = self.rolled_up(own)
        self.in_furniture = self.below(self.is_furniture)

    def rolled_up(self, own: Sequence[int]) -> list[int]:
        """Sums over each element and all inside it that is not furniture."""
        total = list(own)
        for index in range(len(total) - 1, -1, -1):
            parent = self.elements[index].parent
            if parent >= 0 and not self.is_furniture[index]:
                total[parent] += total[index]
        return total

    def inside(self, part: int) -> list[bool]:
        """Of each element, whether it is `part` (-1: the page) or in it, with no furniture between."""
        found: list[bool] = []
        for index, element in enumerate(self.elements):
            within = found[element.parent] if element.parent >= 0 else part < 0
            found.append(index == part or (within and not self.is_furniture[index]))
        return found

    def below(self, marked: Sequence[bool]) -> list[bool]:
        """Of each element, whether it or one around it is marked."""
        found: list[bool] = []
        for mark, element in zip(marked, self.elements, strict=True):
            found.append(mark or (element.parent >= 0 and found[element.parent]))
        return found

    def common(self, indexes: Sequence[int]) -> int:
        """The innermost element that holds all of some."""
        first = indexes[0]
        chain = [first]
        while chain[-1] >= 0:
            chain.append(self.elements[chain[-1]].parent)
        known = {index: depth for depth, index in enumerate(chain)}
        depth = 0
        for index in indexes[1:]:
            at = index
            while at not in known:
                at = self.elements[at].parent
            depth = max(depth, known[at])
        return chain[depth]


def _part(tree: _Tree, data: _Data) -> tuple[int, str]:
    """The index of the element that holds the story (-1: the whole page), and why it holds none."""
    if data.body:
        part = _by_data(tree, data.body)
        if part >= 0:
            return part, ""
    marked = [
        index
        for index, element in enumerate(tree.elements)
        if "articlebody" in element.attributes.lower() and _is_body(element)
    ]
    if marked:
        part = tree.common(marked[:50])
        if part >= 0:
            return part, ""
    articles = [index for index, element in enumerate(tree.elements) if _is_article(element)]
    if articles:
        largest = max(articles, key=lambda index: (tree.copy[index], -index))
        known = frozenset(articles)
        within = tree.below([index in known for index in range(len(tree.elements))])
        outer = [
            index
            for index in articles
            if (parent := tree.elements[index].parent) < 0 or not within[parent]
        ]
        whole = sum(tree.copy[index] for index in outer)
        if tree.copy[largest] * 10 >= whole * 6 and tree.copy[largest]:
            return largest, ""
        if len(outer) >= MANY_STORIES and whole * 2 >= sum(tree.own):
            return -1, f"a page of {len(outer)} stories"
        if len(outer) == 1:
            return outer[0], ""
    for index, element in enumerate(tree.elements):
        if element.name == "main" or "main" in _roles(element):
            return index, ""
    return _by_density(tree), ""


def _by_data(tree: _Tree, body: str) -> int:
    known = _key(body)
    own = [0] * len(tree.elements)
    for stretch in tree.markup.stretches:
        if stretch.element >= 0 and stretch.length >= SHORTEST_COPY:
            words = _key("".join(piece[0] for piece in stretch.pieces))[:LONGEST_KEY]
            if len(words) > 20 and words in known:
                own[stretch.element] += stretch.length
    total = tree.rolled_up(own)
    whole = max(total, default=0)
    if whole * 3 < max(tree.copy, default=0) and len(known) < WHOLE_BODY:
        return -1  # an extract
    # The deepest that still holds nearly all of it.
    return max((index for index, count in enumerate(total) if count * 10 >= whole * 8), default=-1)


def _by_density(tree: _Tree) -> int:
    """The element whose own paragraphs hold the most running copy, theirs counting half for the next outer one."""
    scores = [float(each) for each in tree.own]
    # A paragraph is an element itself: what it holds speaks for the element around it.
    lifted = [0.0] * len(scores)
    for index, score in enumerate(scores):
        parent = tree.elements[index].parent
        if not score or tree.in_furniture[index]:
            continue
        place = index
        if tree.elements[index].name in _BLOCKS and parent >= 0 and tree.blocks[index] < 3:
            place = parent
        lifted[place] += score
        outer = tree.elements[place].parent
        if outer >= 0:
            lifted[outer] += score / 2
    best = max(range(len(lifted)), key=lambda index: (lifted[index], -index), default=-1)
    if best < 0 or lifted[best] < ENOUGH_COPY:
        return -1
    # A story may be cut into several parts: what is around them is taken while that adds much.
    at = tree.elements[best].parent
    while at >= 0 and tree.elements[at].name not in ("body", "html"):
        if tree.copy[at] * 4 >= tree.copy[best] * 5:
            best = at
        at = tree.elements[at].parent
    return best


_BLOCKS = frozenset("p li dd dt td th blockquote h1 h2 h3 h4 h5 h6 figcaption".split())


def _is_body(element: Element) -> bool:
    found = attribute_map(element.attributes)
    return any("articlebody" in found.get(key, "").lower() for key in ("itemprop", "property"))


def _is_article(element: Element) -> bool:
    return element.name == "article" or (
        "role" in element.attributes and "article" in _roles(element)
    )


def _roles(element: Element) -> list[str]:
    if "role" not in element.attributes:
        return []
    return attribute_map(element.attributes).get("role", "").lower().split()


def _is_copy(stretch: Stretch) -> bool:
    return (
        stretch.kind in ("paragraph", "quote", "list-item")
        and not stretch.role
        and stretch.length - stretch.linked >= SHORTEST_COPY
        and stretch.linked * 2 < stretch.length
    )


# ------------------------------------------------------------------ furniture


_FURNITURE = frozenset("nav aside footer form button dialog menu fieldset select".split())
_FURNITURE_ROLES = frozenset(
    "navigation complementary search banner contentinfo form dialog menu toolbar".split()
)
_FURNITURE_WORDS = frozenset(
    "share sharing sharedaddy addtoany social related relatedposts newsletter subscribe subscription promo promos advert adverts advertisement "
    "ad ads adslot sponsored comments comment disqus breadcrumb breadcrumbs tags taglist recommended "
    "recommendations recirculation outbrain taboola popular trending cookie cookies consent navigation "
    "nav menu sidebar footer toolbar pagination pager paywall tweet embed embedded".split()
)


def _is_furniture(element: Element, *, is_most: bool) -> bool:
    """`is_most`: the element holds most of the copy, whatever it is called."""
    if element.name in _FURNITURE:
        return not (is_most and element.name in ("form", "fieldset"))
    written = element.attributes
    if not written or is_most or element.name in ("html", "body", "main", "article"):
        return False
    return is_for_screen_readers(written) or _speaks_of_furniture(written[:1000])


@lru_cache(maxsize=1000)
def _speaks_of_furniture(written: str) -> bool:
    found = attribute_map(written)
    style = found.get("style", "").replace(" ", "").lower()
    if "hidden" in found or "display:none" in style or "visibility:hidden" in style:
        return True
    if not _FURNITURE_ROLES.isdisjoint(found.get("role", "").lower().split()):
        return True
    if "articlebody" in found.get("itemprop", "").lower():
        return False
    for name in (*found.get("class", "").lower().split(), found.get("id", "").lower()):
        words = [word for word in _word().split(name) if word]
        if (
            words
            and words[0] not in ("has", "no", "with", "is")
            and not (_FURNITURE_WORDS.isdisjoint(words))
        ):
            return True
    return False


@cache
def _word() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[^a-z0-9]+")


def _is_teaser(stretch: Stretch) -> bool:
    """Whether a block is a link to something else, with a label at the most ("Read more:")."""
    if stretch.role in ("title", "byline") or (stretch.kind == "heading" and stretch.level == 1):
        return False
    if stretch.linked * 10 >= stretch.length * 9:
        return True
    if stretch.linked * 2 < stretch.length or stretch.length - stretch.linked > LONGEST_LABEL:
        return False
    return not ends_like_a_sentence("".join(piece[0] for piece in stretch.pieces).rstrip())


# ------------------------------------------------------------------ what is kept


def _is_title(stretch: Stretch) -> bool:
    return stretch.role == "title" or (stretch.kind == "heading" and stretch.level == 1)


_HEAD_ROLES = ("title", "deck", "byline", "dateline")


def _kept(tree: _Tree, part: int) -> list[Stretch]:
    """The stretches of the part, and of the head of the story where that stands in front of it."""
    stretches = tree.markup.stretches
    if part < 0 and not tree.elements:
        return list(stretches)
    inside = tree.inside(part)
    numbers = [
        number
        for number, stretch in enumerate(stretches)
        if (inside[stretch.element] if stretch.element >= 0 else part < 0)
        and not _is_teaser(stretch)
        and stretch.role != "metadata"  # the time that the page gives its stories
    ]
    numbers = _without_lone_headings(tree, numbers)
    if not numbers:
        return []
    head: list[int] = []
    title = next((number for number in numbers if _is_title(stretches[number])), -1)
    if title >= 0:
        # What stands above the headline is the section, or a way to other pages.
        numbers = [
            number
            for number in numbers
            if number >= title
            or stretches[number].role in _HEAD_ROLES
            or _is_copy(stretches[number])
        ]
        numbers = _without_joiners(stretches, numbers)
    elif part >= 0:
        head = _head(tree, numbers[0])
    # Whether an element is in a list, not counting what is around the part.
    items = [
        index > part and element.name in _BLOCKS for index, element in enumerate(tree.elements)
    ]
    in_list = tree.below(items)
    return [_in_part(stretches[number], in_list) for number in head + numbers]


def _without_joiners(stretches: Sequence[Stretch], numbers: list[int]) -> list[int]:
    """`numbers` without what a page puts between headline and byline: a dash, "by"."""
    kept: list[int] = []
    for number in numbers:
        if stretches[number].role == "byline":
            while kept and _is_joiner(stretches[kept[-1]]):
                kept.pop()
        kept.append(number)
    return kept


def _is_joiner(stretch: Stretch) -> bool:
    return stretch.kind == "paragraph" and not stretch.role and stretch.length <= LONGEST_JOINER


def _head(tree: _Tree, first: int) -> list[int]:
    """The nearest headline in front of a stretch, with what markup says belongs to it."""
    stretches = tree.markup.stretches
    for title in range(first - 1, -1, -1):
        if _is_title(stretches[title]) and _may_be_title(tree, stretches[title]):
            return [title] + [
                number
                for number in range(title + 1, first)
                if stretches[number].role in _HEAD_ROLES[1:]
                and not _is_in_furniture(tree, stretches[number])
            ]
    return []


def _without_lone_headings(tree: _Tree, numbers: list[int]) -> list[int]:
    """`numbers` without headings of what is left out: "Related" over a list of links."""
    stretches, elements = tree.markup.stretches, tree.elements
    kept = []
    for index, number in enumerate(numbers):
        stretch = stretches[number]
        following = numbers[index + 1] if index + 1 < len(numbers) else len(stretches)
        if (
            stretch.kind == "heading"
            and stretch.level > 1
            and following > number + 1
            and stretch.element >= 0
            and (around := elements[stretch.element].parent) >= 0
            and (
                following == len(stretches)
                or stretches[following].start >= tree.markup.ends[around]
            )
        ):
            continue
        kept.append(number)
    return kept


def _in_part(stretch: Stretch, in_list: Sequence[bool]) -> Stretch:
    """A stretch as what it is inside the part: a cell of a table that lays out the page is no list."""
    if stretch.kind != "list-item" or stretch.element < 0 or in_list[stretch.element]:
        return stretch
    return stretch._replace(kind="paragraph")


def _may_be_title(tree: _Tree, stretch: Stretch) -> bool:
    return not (_is_in_furniture(tree, stretch) or _is_teaser(stretch))


def _is_in_furniture(tree: _Tree, stretch: Stretch) -> bool:
    return stretch.element >= 0 and tree.in_furniture[stretch.element]


# ------------------------------------------------------------------ what the page says of itself


class _Data:
    """The data of a page for search engines and social media.

    `body`: the text of the article; `title`: as pieces of the file, of the tags in the head.
    """

    def __init__(self, markup: Markup) -> None:
        self.body = ""
        self.title: list[Piece] = []
        self.fields: dict[str, str] = {}
        self._markup = markup
        self._metas()
        for raw in markup.raws:
            if raw.name == "script" and "ld+json" in raw.attributes and not self.body:
                self._structured(
                    markup.places.text[raw.start : min(raw.end, raw.start + LONGEST_DATA)]
                )

    def _metas(self) -> None:
        for written, shift in self._markup.metas:
            if "content" not in written:
                continue
            found = attribute_map(written)
            name = (found.get("property") or found.get("name") or "").lower()
            content = found.get("content", "")
            if name == "og:title" and content and not self.title:
                at = next(start for key, start, _ in attributes(written) if key == "content")
                places = self._markup.places
                for words, start, end in value_pieces(written, at, at + len(content)):
                    first, last = places.near(shift + start), places.near(shift + end)
                    self.title.append((words, first, last))
            elif name in ("article:published_time", "date") and content:
                self.fields.setdefault("date", content)
            elif name == "author" and content:
                self.fields.setdefault(
                    "byline", "".join(each[0] for each in value_pieces(content, 0, len(content)))
                )

    def _structured(self, text: str) -> None:
        from json import loads

        try:
            found = loads(_unwrapped(text))
        except (ValueError, RecursionError):
            return  # browsers and search engines pass over it too
        items = list(_items(found))
        names = {
            each["@id"]: each["name"]
            for each in items
            if _is_key(each.get("@id")) and "name" in each
        }
        for item in items:
            if not _is_news(item):
                continue
            body = item.get("articleBody")
            if isinstance(body, str) and len(body) > len(self.body):
                self.body = _tag().sub(" ", body)
            for key, name in _DATA_FIELDS:
                value = _named(item.get(key), names)
                if value:
                    self.fields.setdefault(name, value)


_DATA_FIELDS = (
    ("headline", "headline"),
    ("datePublished", "date"),
    ("author", "byline"),
    ("description", "description"),
)


def _items(value: object, depth: int = 0) -> Iterator[dict[str, object]]:
    if isinstance(value, list):
        for each in value[:100]:
            yield from _items(each, depth + 1)
    elif isinstance(value, dict) and depth < 8:
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), (list, dict)):
                yield from _items(value[key], depth + 1)


def _is_news(item: dict[str, object]) -> bool:
    kinds = item.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(
        isinstance(name, str) and name.endswith(("Article", "BlogPosting", "Report", "Review"))
        for name in names
    )


def _named(value: object, names: Mapping[object, object]) -> str:
    """A string, the name of a person or organisation, or several, joined by commas.

    `names`: by identity, for those that stand elsewhere in the data.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        name = value.get("name")
        if name is None and _is_key(value.get("@id")):
            name = names.get(value["@id"])
        return name if isinstance(name, str) else _named(name, {}) if name else ""
    if isinstance(value, list):
        return ", ".join(filter(None, (_named(each, names) for each in value[:20])))
    return ""


def _is_key(value: object) -> bool:
    return isinstance(value, str)


def _unwrapped(text: str) -> str:
    text = text.strip()
    for opening, closing in (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")):
        if text.startswith(opening):
            return text[len(opening) :].strip().removesuffix(closing)
    return text


@cache
def _tag() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"<[^<>]*+>")


def _key(text: str) -> str:
    from html import unescape

    return letters_and_digits(unescape(text))
