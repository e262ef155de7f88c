"""datatrove's quality filters over a folder of text files, as a peer of newslint: python quality_filters.py FOLDER"""

from __future__ import annotations

import sys
from pathlib import Path

from datatrove.data import Document
from datatrove.pipeline.filters import (
    C4QualityFilter,
    FineWebQualityFilter,
    GopherQualityFilter,
    GopherRepetitionFilter,
)


def main() -> None:
    filters = [
        GopherRepetitionFilter(),
        GopherQualityFilter(),
        C4QualityFilter(filter_no_terminal_punct=False),
        FineWebQualityFilter(),
    ]
    kept = 0
    for path in sorted(Path(sys.argv[1]).rglob("*.txt")):
        text = path.read_text("utf-8")
        kept += all(each.filter(Document(text=text, id=str(path))) is True for each in filters)
    print(kept)


if __name__ == "__main__":
    main()
