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

PLACES = [
    "Torrwick",
    "Lower Fenwick",
    "Halden",
    "Port Merrow",
    "Ostby",
    "Brenna",
    "Marlund",
    "Westerfold",
]
FIRST = [
    "Ilse",
    "Tomas",
    "Maud",
    "Oskar",
    "Ragna",
    "Jan",
    "Hanne",
    "Leif",
    "Bea",
    "Ivo",
    "Signe",
    "Per",
]
LAST = [
    "Varga",
    "Brandt",
    "Pell",
    "Lind",
    "Holm",
    "Ruud",
    "Brekke",
    "Sand",
    "Thorne",
    "Bell",
    "Falk",
    "Moe",
]
ROLES = [
    "mayor", "harbour chief", "head of the county council", "managing director", "union leader",
    "head teacher", "chief of police", "director of the statistics office", "spokesman for the operator",
]  # fmt: skip
SUBJECTS = [
    "the repair of the old bridge", "a new timetable for the night buses", "the closure of the paper mill",
    "the price of drinking water", "the plan for a second harbour", "the budget of the public library",
    "the sale of the former barracks", "the roof of the market hall", "the county’s school meals",
]  # fmt: skip
EVENTS = [
    "{subject} will take longer than planned", "{subject} divides the council", "nobody has asked for {subject}",
    "{subject} would be paid for by a loan", "the work on {subject} begins in the spring",
    "{subject} has been put off until after the election", "{subject} has found an unlikely friend",
]  # fmt: skip
SPEECH = [
    "We have waited long enough", "Nobody likes it, and everybody knows that it must be done",
    "It isn’t a question of money", "You can’t run a town on promises", "I would do the same again",
    "The neighbours’ patience is at an end", "We’ll see what the ’90s contracts say",
]  # fmt: skip
FIGURES = [
    "{n} percent of households", "{n},{m}00 passengers a year", "£{n}.{d} million", "one in {d} businesses",
    "{n} jobs", "a rise of {d}.{d} percent", "{n} square metres",
]  # fmt: skip
SOURCES = [
    "according to figures from the statistics office", "a report by the university found",
    "the operator said in a statement", "according to the council’s own survey", "the union said",
]  # fmt: skip
LEFT_OVER = [
    "Also read: Five things to know about the new timetable", "Share this article", "Advertisement",
    "Sign up for our newsletter", "© 2025 Valley Media. All rights reserved.", "12 comments",
]  # fmt: skip


_SYLLABLES = [
    a + b
    for a in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v")
    for b in "aeiou"
]
# Words that nobody knows, so that articles are not made of the same runs of words again and again.
FILLING = [
    a + b + c
    for a in _SYLLABLES[::5]
    for b in _SYLLABLES[1::4]
    for c in ("n", "rd", "sk", "lm", "ting")
]


def filling(rng: random.Random) -> str:
    """Half a clause of words that stand nowhere else in just this order."""
    first, second, third = rng.sample(FILLING, 3)
    return f"the {first} {second} near the {third}"


def sentence(rng: random.Random) -> str:
    """One sentence of running copy."""
    subject = rng.choice(SUBJECTS)
    event = rng.choice(EVENTS).format(subject=subject)
    name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    figure = rng.choice(FIGURES).format(
        n=rng.randint(12, 98), m=rng.randint(1, 9), d=rng.randint(2, 9)
    )
    return rng.choice(
        [
            f"{event[0].upper()}{event[1:]}, said {name}, the {rng.choice(ROLES)} of {rng.choice(PLACES)}, after {filling(rng)}.",
            f"“{rng.choice(SPEECH)} with {filling(rng)},” {name} said on Tuesday.",
            f"It concerns {figure} and {filling(rng)}, {rng.choice(SOURCES)}.",
            f"In {rng.choice(PLACES)}, where {event}, {filling(rng)} was calm at first and then rather less so.",
            f"{name}, who has followed {subject} for years, called {filling(rng)} “{rng.choice(SPEECH).lower()}.”",
            f"The decision on {subject} and {filling(rng)} is expected before the summer, and {event}.",
        ]
    )


def article(rng: random.Random, size: int) -> tuple[str, list[str]]:
    """A title and paragraphs of about `size` bytes together."""
    title = rng.choice(EVENTS).format(subject=rng.choice(SUBJECTS)).capitalize()
    title = f"{title}, {rng.choice(PLACES)} hears"
    paragraphs, length = [], len(title)
    while length < size:
        paragraph = " ".join(sentence(rng) for _ in range(rng.randint(1, 4)))
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
