"""A corpus of invented news copy, the same on every machine.

usage: python benchmarks/corpus.py OUT [--files 1000] [--bytes 4000] [--markdown] [--seed 1]

Sentences are put together from the parts below, with the marks of real copy: curly quotes in four
articles of five, attributed numbers, names, datelines, and in every third file what a scraper leaves
behind. Files differ in all but their parts.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path


def _words(text: str) -> list[str]:
    return text.split()


PLACES = [
    "Torrwick", "Lower Fenwick", "Halden", "Port Merrow", "Ostby", "Brenna", "Marlund", "Westerfold", "Tarn",
    "Vikerby", "Sandholm", "Great Ulver", "Kestrel Bay", "Norrick", "Eastmere", "Alderholt", "Stavely", "Rindal",
]  # fmt: skip
FIRST = _words(
    "Ilse Tomas Maud Oskar Ragna Jan Hanne Leif Bea Ivo Signe Per Astrid Colm Dagny Edda Finn Greta Henrik Ines Jonas "
    "Kaja Lars Mira Nils Olga Petra Quentin Rosa Sven Thea Ulf Vera Willem Yara Zeno"
)
LAST = _words(
    "Varga Brandt Pell Lind Holm Ruud Brekke Sand Thorne Bell Falk Moe Abara Castellan Dunmore Eklund Farrow Grieve "
    "Hallam Ibsen Jarvis Kessler Lomax Merrin Nyberg Oakes Pryce Quist Rask Sayer Tully Unwin Vance Wexford Yates"
)
ROLES = [
    "mayor", "harbour chief", "head of the county council", "managing director", "union leader", "head teacher",
    "chief of police", "director of the statistics office", "spokesman for the operator", "parish treasurer",
    "professor of hydrology", "owner of the bakery", "deputy prosecutor", "stationmaster", "curator", "coach",
]  # fmt: skip
NOUNS = _words(
    "bridge timetable mill reservoir harbour budget library barracks market school ferry orchard festival tunnel archive "
    "hospital clinic fire inquiry contract tender survey map forecast museum stadium pipeline quarry wharf tram depot "
    "chapel bakery laboratory warehouse canal levee committee jury auction strike vaccine harvest ledger theatre choir "
    "railway lighthouse turbine substation garden refuge nursery tribunal pension levy ballot permit lease apprenticeship"
)
ADJECTIVES = _words(
    "old new northern public private narrow costly disputed quiet temporary historic unfinished crowded remote modest "
    "ambitious damaged popular regional municipal seasonal empty reliable outdated independent contested generous "
    "unexpected preliminary detailed wooden underground coastal rural shared former combined reduced emergency annual"
)
VERBS = _words(
    "delayed replaced questioned inspected financed abandoned reopened measured rejected approved divided surprised "
    "restored criticised protected photographed insured surveyed dismantled defended visited repaired expanded audited "
    "described postponed welcomed examined cleared rescued suspended inherited requested compared reviewed leased"
)
WHEN = [
    "on {day}", "after a {adjective} {noun}", "before the {noun} opened", "during the {adjective} break", "despite the {noun}",
    "without a {noun}", "for the {n}th time", "late on {day}", "as the {noun} closed", "in front of the {noun}",
    "within {n} weeks", "against {noun} advice", "over the {noun}", "at the {noun}’s request",
    "under a {adjective} sky", "with a {adjective} {noun}", "near the {noun}", "shortly before {day}", "{n} days ahead of the {noun}",
]  # fmt: skip
DAYS = _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday midnight Easter noon Lent")
SPEECH = [
    "We waited {n} years for the {noun}", "Nobody likes the {adjective} {noun}, and everybody knows it",
    "It isn’t about the {noun} alone", "You can’t run a {noun} on promises", "I would buy the {adjective} {noun} again",
    "Patience with this {noun} is at an end", "We’ll see what ’90s {noun} cost",
    "My grandmother remembered the {noun} as {adjective}", "Somebody answers for the {adjective} {noun}",
    "That {noun} kept three families fed", "If the {noun} goes, so do I", "They never asked the {noun}",
]  # fmt: skip
FIGURES = [
    "{n} percent of the {adjective} households", "{n},{m}00 passengers a year", "£{n}.{d} million",
    "one in {d} {adjective} businesses", "{n} jobs", "a rise of {d}.{d} percent", "{n} square metres of {adjective} floor",
]  # fmt: skip
SOURCES = [
    "according to the {noun} office", "a report on the {adjective} {noun} found", "the {noun} union said",
    "the {noun} operator said", "according to the council’s {noun} survey", "auditors of the {noun} found",
    "the {noun} register shows", "a letter on the {noun} showed",
]  # fmt: skip
LEFT_OVER = [
    "Also read: Five things to know about the new timetable", "Share this article", "Advertisement",
    "Sign up for our newsletter", "© 2025 Valley Media. All rights reserved.", "12 comments",
]  # fmt: skip


class Writer:
    """Writes sentences whose words come in ever new order, so that an article repeats itself no more than real copy."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def _thing(self) -> str:
        rng = self._rng
        return f"the {rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}"

    def _clause(self) -> str:
        return f"{self._thing()} {self._rng.choice(VERBS)} {self._thing()}"

    def _name(self) -> str:
        return f"{self._rng.choice(FIRST)} {self._rng.choice(LAST)}"

    def _filled(self, pattern: str) -> str:
        rng = self._rng
        return pattern.format(
            noun=rng.choice(NOUNS), adjective=rng.choice(ADJECTIVES), n=rng.randint(12, 98), m=rng.randint(1, 9),
            d=rng.randint(2, 9), day=rng.choice(DAYS),
        )  # fmt: skip

    def title(self) -> str:
        """A headline."""
        rng = self._rng
        return f"{rng.choice(ADJECTIVES)} {rng.choice(NOUNS)} {rng.choice(VERBS)} {self._thing()}, {rng.choice(PLACES)} hears".capitalize()

    def sentence(self) -> str:
        """One sentence of running copy."""
        rng = self._rng
        clause, when = self._clause(), self._filled(rng.choice(WHEN))
        speech = self._filled(rng.choice(SPEECH))
        name, place = self._name(), rng.choice(PLACES)
        start = f"{clause[0].upper()}{clause[1:]}"
        return rng.choice(
            [
                f"{start} {when}, said {name}, the {rng.choice(ROLES)} of {place}.",
                f"“{speech},” {name} said {when}.",
                f"It concerns {self._filled(rng.choice(FIGURES))}, {self._filled(rng.choice(SOURCES))}.",
                f"In {place}, where {clause}, {self._thing()} {rng.choice(VERBS)} {self._thing()} as well.",
                f"{name}, who {rng.choice(VERBS)} {self._thing()}, called {self._thing()} “{speech[0].lower()}{speech[1:]}.”",
                f"A decision about {self._thing()} is expected {when}, and {self._thing()} will wait.",
                f"{start}; {self._clause()} {when}.",
                f"{start}, {when}, while {self._clause()}.",
                f"For {name}, {self._thing()} outshines {self._thing()}.",
                f"{name} and {self._name()} {rng.choice(VERBS)} {self._thing()} {when}.",
                f"{start} because {self._thing()} had {rng.choice(VERBS)} {self._thing()}.",
            ]
        )


def article(rng: random.Random, size: int) -> tuple[str, list[str]]:
    """A title and paragraphs of about `size` bytes together."""
    writer = Writer(rng)
    title = writer.title()
    paragraphs, length = [], len(title)
    while length < size:
        paragraph = " ".join(writer.sentence() for _ in range(rng.randint(1, 3)))
        if not paragraphs:
            paragraph = f"{rng.choice(PLACES).upper()} — {paragraph}"
        paragraphs.append(paragraph)
        length += len(paragraph.encode()) + 2
    if rng.random() < 1 / 3:
        paragraphs += rng.sample(LEFT_OVER, rng.randint(1, 3))
    if rng.random() < 1 / 5:
        straight = str.maketrans("“”’", '""\'')
        title, paragraphs = title.translate(straight), [p.translate(straight) for p in paragraphs]
    return title, paragraphs


def write(out: Path, files: int, size: int, *, markdown: bool = False, seed: int = 1) -> int:
    """Write the corpus; its size in bytes. Folders of 1,000 files."""
    total = 0
    for number in range(files):
        rng = random.Random(seed * 1_000_003 + number)
        title, paragraphs = article(rng, size)
        body = "\n\n".join(paragraphs)
        text = f"{title}\n\n{body}\n"
        if markdown:
            quoted = title.replace('"', '\\"')
            text = f'---\ntitle: "{quoted}"\nauthor: A. Writer\n---\n\n# {title}\n\n{body}\n'
        folder = out / f"{number // 1000:03}"
        folder.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        (folder / f"{number:06}{'.md' if markdown else '.txt'}").write_bytes(data)
        total += len(data)
    return total


def main() -> None:
    """Parse the command line and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--bytes", type=int, default=4000)
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    total = write(
        options.out, options.files, options.bytes, markdown=options.markdown, seed=options.seed
    )
    print(f"{options.files} files, {total / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
