"""What an article consists of: blocks, each of a kind."""

from __future__ import annotations

from newslint.typed import TYPE_CHECKING, NamedTuple, choices

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

# title: the headline of the article; a repeated one is a title again
# deck: the sentence or two under the headline (standfirst, summary)
# byline: who wrote it
# dateline: where and when
# metadata: header lines of a saved file: date, URL, section
# heading: of a section inside the story
# caption: of a picture that may be gone, with its credit
# figure-caption: the same where the format says that the picture is there
# quote: a block quote
# credit: an agency credit: "(With agency inputs)"
# code: shown as one object replacement character, never linted
BlockKind: TypeAlias = (
    "Literal['title', 'deck', 'byline', 'dateline', 'metadata', 'paragraph', 'heading', 'caption',"
    " 'figure-caption', 'list-item', 'quote', 'credit', 'code']"
)
BLOCK_KINDS: tuple[BlockKind, ...] = choices(BlockKind)


class Block(NamedTuple):
    """A part of an article. `level` is the depth of a heading (1 to 6), else 0."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
