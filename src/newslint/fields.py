"""The fields of front matter and records that every news site has, under the names that each gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newslint.article import BlockKind
from newslint.draft import Piece
from newslint.typed import NamedTuple


class Field(NamedTuple):
    """A value of a header or record: as a key path, as written, and as pieces of the file."""

    keys: tuple[str, ...]
    value: str
    pieces: list[Piece]


# What an article can take from a header or record. “id” names it; “text” is its copy.
NAMES = ("id", "title", "deck", "byline", "dateline", "date", "language", "text")

# Our name, the kind of block that it makes, and the keys that stand for it: the first one present wins.
_MEANINGS: tuple[tuple[str, BlockKind | None, tuple[str, ...]], ...] = (
    ("title", "title", ("title", "headline")),
    (
        "deck",
        "deck",
        (
            "deck",
            "dek",
            "standfirst",
            "subtitle",
            "subheadline",
            "summary",
            "excerpt",
            "description",
        ),
    ),
    ("byline", "byline", ("byline", "author", "authors")),
    ("dateline", "dateline", ("dateline", "location")),
    ("date", "metadata", ("date", "published", "publishdate", "pubdate", "datepublished")),
    ("site", None, ("site", "site_name", "sitename", "publisher", "publication")),
    ("url", None, ("url", "link", "canonical", "permalink", "canonical_url")),
    ("language", None, ("language", "lang", "locale")),
)
_NAME_KEYS = ("name", "title")  # of an author who is a mapping


class Meaning(NamedTuple):
    """`name`: as the fields of an article have it."""

    name: str
    kind: BlockKind | None
    fields: list[Field]


def meanings(
    fields: Iterable[Field], own: Mapping[str, tuple[str, ...]] | None = None
) -> list[Meaning]:
    """Which fields mean what. Only what stands at the top of a header counts.

    `own`: the keys that the settings name, by our names.
    """
    by_key: dict[str, list[Field]] = {}
    for field in fields:
        if field.value.strip():
            by_key.setdefault(_plain(field.keys[0]), []).append(field)
    found = []
    for name, kind, keys in _MEANINGS:
        for key in (*map(_plain, own.get(name, ())), *keys) if own else keys:
            if key not in by_key:
                continue
            values = [each for each in by_key[key] if _names(each.keys)]
            if values:
                found.append(Meaning(name, kind, values))
                break
    return found


def as_mapping(fields: Iterable[Field], found: Iterable[Meaning]) -> dict[str, str]:
    """The fields of an article: by their own keys, joined by dots, and by our names for them.

    Several values of one key are joined by commas.
    """
    values: dict[str, str] = {}
    for field in fields:
        key = ".".join(part for part in field.keys if not part.isdigit())
        values[key] = f"{values[key]}, {field.value}" if key in values else field.value
    for meaning in found:
        values[meaning.name] = ", ".join(field.value for field in meaning.fields)
    return values


def _plain(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "")


def _names(keys: tuple[str, ...]) -> bool:
    inner = [key for key in keys[1:] if not key.isdigit()]
    return not inner or (len(inner) == 1 and inner[0].lower() in _NAME_KEYS)
