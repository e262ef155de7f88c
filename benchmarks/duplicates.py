"""Duplicates across articles: quality, CPU time and memory, beside MinHash libraries, on a generated corpus.

usage: python benchmarks/duplicates.py [--titles 10000,100000] [--bodies 10000,50000] [--peers datasketch,rensa,gaoya]
                                       [--rounds 3]

The corpus is made of words drawn by rank, with the changes that news goes through: labels, names of sites, quotes,
case, a slip of the pen, trimmed ends; and with what looks alike and is not: another score, the next day's forecast.
Every method runs in a process of its own, all of them in turn and the whole again in each round, as the clock of a
machine may change within minutes. Shown is the least CPU time of a method in all rounds, and newslint's as a multiple of a
peer's: by these least times, and from the lowest to the highest of the rounds. Peers get character 4-grams of casefolded
titles and word 5-grams of bodies, 128 permutations, and the better of the thresholds .5 and .7 by F1, which ours does not
need. Pairs are scored as clusters.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator

SITES = (
    "Tarn Courier",
    "Merrow Herald",
    "Halden Post",
    "The Quay",
    "Valley Times",
    "Nordby Zeitung",
)
LABELS = ("LIVE: ", "WATCH: ", "UPDATE 1-", "Exclusive: ", "Opinion | ")
FORECAST = "Forecast for {day}: {sky} in {place}"
SCORE = "{place} beat {other} {a}-{b} in the cup"
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SKIES = "rain snow sun fog wind".split()
THRESHOLDS = (0.5, 0.7)
PERMUTATIONS = 128
LOT = 100  # texts that are read at a time: a look at the clock costs as much as comparing a title


def vocabulary(rng: random.Random, count: int) -> list[str]:
    """Made-up words, no two alike."""
    parts = "ba be bi bo da de di do fa fe ga go ha he ka ke ki la le li lo ma me mi mo na ne ni no pa pe ra re ri ro sa se si so ta te ti to va ve".split()
    words: dict[str, None] = {}
    while len(words) < count:
        words["".join(rng.choice(parts) for _ in range(rng.randint(2, 4)))] = None
    return list(words)


class Words:
    """Words as frequent as those of a language: the n-th one n times rarer than the first."""

    def __init__(self, rng: random.Random, count: int = 30_000) -> None:
        self._rng = rng
        self._words = vocabulary(rng, count)
        self._weights = []
        total = 0.0
        for rank in range(1, count + 1):
            total += 1 / (rank + 3)
            self._weights.append(total)

    def some(self, count: int) -> list[str]:
        return self._rng.choices(self._words, cum_weights=self._weights, k=count)


def slip(rng: random.Random, words: list[str]) -> list[str]:
    """One letter of a long word wrong."""
    long = [at for at, word in enumerate(words) if len(word) >= 6]
    if not long:
        return words
    at = rng.choice(long)
    cut = rng.randrange(2, len(words[at]) - 1)
    return [*words[:at], words[at][:cut] + words[at][cut + 1 :], *words[at + 1 :]]


def titles(count: int, seed: int = 11) -> tuple[list[str], list[int]]:
    """Titles, and the story of each: a sixth are another form of one before."""
    rng = random.Random(seed)
    words = Words(rng)
    places = [word.title() for word in vocabulary(rng, 40)]
    found: list[str] = []
    story: list[int] = []
    plain: list[tuple[int, list[str]]] = []
    number = 0
    while len(found) < count:
        dice = rng.random()
        if dice < 0.02:
            found.append(
                FORECAST.format(
                    day=rng.choice(DAYS), sky=rng.choice(SKIES), place=rng.choice(places)
                )
            )
            story.append(-1)  # the same words are the same title, told apart below
            continue
        if dice < 0.04:
            place, other = rng.sample(places, 2)
            found.append(
                SCORE.format(place=place, other=other, a=rng.randrange(5), b=rng.randrange(5))
            )
            story.append(-1)
            continue
        if dice < 0.2 and plain:
            own, base = rng.choice(plain)
            found.append(changed(rng, base))
            story.append(own)
            continue
        number += 1
        base = [
            word.title() if rng.random() < 0.3 else word for word in words.some(rng.randint(6, 12))
        ]
        plain.append((number, base))
        found.append(" ".join(base))
        story.append(number)
    known: dict[str, int] = {}
    for at, own in enumerate(story):
        if own < 0:
            story[at] = known.setdefault(found[at], -len(known) - 2)
    return found, story


def changed(rng: random.Random, words: list[str]) -> str:
    if rng.random() < 0.2:
        words = slip(rng, words)
    text = " ".join(words)
    kind = rng.randrange(5)
    if kind == 0:
        text = rng.choice(LABELS) + text
    elif kind == 1:
        text = text.upper()
    elif kind == 2:
        first = words[1]
        text = text.replace(first, f"‘{first}’", 1)
    elif kind == 3:
        text += "."
    if rng.random() < 0.5:
        text += f"{rng.choice((' | ', ' - '))}{rng.choice(SITES)}"
    return text


def bodies(count: int, seed: int = 12) -> tuple[list[str], list[int]]:
    """Bodies of about 380 words, and the story of each: a tenth are copies, changed a little or trimmed."""
    rng = random.Random(seed)
    words = Words(rng)
    newsletter = " ".join(words.some(40))
    found: list[str] = []
    story: list[int] = []
    kept: list[tuple[int, list[str]]] = []
    number = 0
    while len(found) < count:
        if rng.random() < 0.1 and kept:
            own, paragraphs = rng.choice(kept)
            paragraphs = list(paragraphs)
            if rng.random() < 0.5:
                paragraphs = paragraphs[: rng.randint(2, len(paragraphs))]
            if rng.random() < 0.5:
                paragraphs = [" ".join(slip(rng, each.split())) for each in paragraphs]
        else:
            number += 1
            own = number
            paragraphs = [" ".join(words.some(rng.randint(40, 80))) + "." for _ in range(6)]
            kept.append((own, paragraphs))
            del kept[:-4000]
        if rng.random() < 0.2:
            paragraphs = [*paragraphs, newsletter]
        found.append("\n\n".join(paragraphs))
        story.append(own)
    return found, story


# ---------------------------------------------------------------------- methods: texts to pairs


def ours(texts: list[str], kind: str, reading: list[float]) -> Iterator[tuple[int, int]]:
    """As articles of a linter. `reading` gets the time that the linter and articles of the texts took: peers have none."""
    from newslint.corpus.compare import Corpus
    from newslint.corpus.facts import facts_of
    from newslint.engine import Linter
    from newslint.source import Source

    start = time.process_time()
    linter = Linter()
    reading[0] += time.process_time() - start
    corpus = Corpus()
    for at in range(0, len(texts), LOT):
        start = time.process_time()
        made: list[object] = []
        for text in texts[at : at + LOT]:
            row = {"title": text} if kind == "titles" else {"text": text}
            _, items = linter.read(Source(json.dumps(row), "a.jsonl"))
            made += items or ()
        reading[0] += time.process_time() - start
        for number, item in enumerate(made, at):
            facts = facts_of(item, with_body=kind == "bodies")  # type: ignore[arg-type]
            corpus.add("a.jsonl", str(number), facts.pack())
    if kind == "titles":
        for members in corpus.same_titles.values():
            yield from ((members[0], each) for each in members[1:])
        yield from corpus.near_titles
    else:
        for number, partners in corpus.copies.items():
            yield from ((number, each.number) for each in partners)


def shingles(text: str, kind: str) -> set[str]:
    if kind == "titles":
        text = text.casefold()
        return {text[at : at + 4] for at in range(max(1, len(text) - 3))}
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[at : at + 5]) for at in range(max(1, len(words) - 4))}


def by_datasketch(texts: list[str], kind: str, threshold: float) -> Iterator[tuple[int, int]]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([each.encode() for each in shingles(text, kind)])
        yield from ((other, number) for other in index.query(sketch))
        index.insert(number, sketch)


def by_rensa(texts: list[str], kind: str, threshold: float) -> Iterator[tuple[int, int]]:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(
        threshold=threshold, num_perm=PERMUTATIONS, num_bands=16 if threshold > 0.6 else 32
    )
    sketches = []
    for number, text in enumerate(texts):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(list(shingles(text, kind)))
        sketches.append(sketch)
        for other in index.query(sketch):
            if sketches[other].jaccard(sketch) >= threshold:
                yield other, number
        index.insert(number, sketch)


def by_gaoya(texts: list[str], kind: str, threshold: float) -> Iterator[tuple[int, int]]:
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(
        hash_size=32, jaccard_threshold=threshold, num_bands=32, band_size=4, num_hashes=128,
        analyzer="char" if kind == "titles" else "word", lowercase=True,
        ngram_range=(4, 4) if kind == "titles" else (5, 5),
    )  # fmt: skip
    for number, text in enumerate(texts):
        yield from ((other, number) for other in index.query(text))
        index.insert_document(number, text)


OURS = "newslint"
PEERS = {"datasketch": by_datasketch, "rensa": by_rensa, "gaoya": by_gaoya}


# ---------------------------------------------------------------------- measured


def f1(pairs: Iterable[tuple[int, int]], story: list[int]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the clusters that pairs make, over pairs of texts."""
    from newslint.corpus.near import clusters

    found = right = 0
    for members in clusters(pairs):
        found += len(members) * (len(members) - 1) // 2
        right += sum(
            count * (count - 1) // 2 for count in Counter(story[each] for each in members).values()
        )
    wanted = sum(count * (count - 1) // 2 for count in Counter(story).values())
    precision, recall = right / max(1, found), right / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def one(kind: str, count: int, method: str, threshold: float) -> dict[str, float]:
    texts, story = titles(count) if kind == "titles" else bodies(count)
    reading = [0.0]
    before = time.process_time()
    pairs = list(
        ours(texts, kind, reading)
        if method == "newslint"
        else PEERS[method](texts, kind, threshold)
    )
    cpu = time.process_time() - before - reading[0]
    precision, recall, both = f1(pairs, story)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": cpu, "MB": memory, "P": precision, "R": recall, "F1": both}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--titles", default="10000,100000")
    parser.add_argument("--bodies", default="10000,50000")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=4, metavar=("KIND", "COUNT", "METHOD", "THRESHOLD"))
    options = parser.parse_args()
    if options.one:
        kind, count, method, threshold = options.one
        print(json.dumps(one(kind, int(count), method, float(threshold))))
        return
    print(
        f"{'what':8} {'count':>9} {'method':12} {'CPU s':>8} {'MB':>6} {'P':>6} {'R':>6} {'F1':>6}"
        "  newslint by that"
    )
    peers = [*filter(None, options.peers.split(","))]
    for kind in ("titles", "bodies"):
        for count in filter(None, getattr(options, kind).split(",")):
            thresholds = {OURS: (0.0,), **dict.fromkeys(peers, THRESHOLDS)}
            rounds = []
            for _ in range(options.rounds):
                best = {}
                for method in (OURS, *peers):
                    tried = {each: alone(kind, count, method, each) for each in thresholds[method]}
                    kept = max(tried, key=lambda each: tried[each]["F1"])
                    thresholds[method], best[method] = (kept,), tried[kept]
                rounds.append(best)
            for method in (OURS, *peers):
                table_row(kind, count, method, rounds)


def alone(kind: str, count: str, method: str, threshold: float) -> dict[str, float]:
    """What a process of its own says that does nothing else."""
    command = [sys.executable, __file__, "--one", kind, count, method, str(threshold)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def table_row(
    kind: str, count: str, method: str, rounds: list[dict[str, dict[str, float]]]
) -> None:
    """Print what the rounds say of a method."""
    best = min((each[method] for each in rounds), key=lambda row: row["cpu"])
    shown = f"{best['cpu']:8.1f} {max(each[method]['MB'] for each in rounds):6.0f}"
    shown += f" {best['P']:6.3f} {best['R']:6.3f} {best['F1']:6.3f}"
    if method != OURS:
        ratios = sorted(each[OURS]["cpu"] / each[method]["cpu"] for each in rounds)
        least = min(each[OURS]["cpu"] for each in rounds) / best["cpu"]
        shown += f"  {least:.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    print(f"{kind:8} {count:>9} {method:12} {shown}", flush=True)


if __name__ == "__main__":
    main()
