"""Make `src/newslint/text/furniture_weights.py` from labelled lines.

    python benchmarks/furniture.py LABELLED.jsonl… [--write]

Each line of a file is a saved document: `site`, `licence`, `lang`, `variant`, `title`, and `lines`, each with
`n` (its number), `text` and `label` ("content" or "residue"); `ambiguous` lines have no label and count as
neighbours only. Documents whose licence does not allow it are left out. Prints precision and recall by
cross-validation over sites, with the spread over the folds; `--write` then trains on all and writes the weights.
"""

from __future__ import annotations

import json
import math
import random
import statistics
import sys
from collections import Counter, defaultdict
from pathlib import Path

from newslint.finding import Span
from newslint.text.furniture import Page, Weights, neighbour_features

PERMISSIVE = ("MIT", "Apache-2.0", "CC-BY-4.0", "CC0-1.0", "BSD-3-Clause")
TARGET = Path(__file__).parent.parent / "src" / "newslint" / "text" / "furniture_weights.py"
LEAST_SITES = 5  # on which a word must stand to be known
MOST_VOCABULARY = 1500
EPOCHS, RATE = 12, 0.25
OWN_L2, WORD_L2 = 1e-6, 2e-4
FOLDS = 5
THRESHOLDS = (-0.5, -0.2, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0)

Row = tuple[list[str], int]


class Saved:
    """A saved document: for each line its features by name (words with = in front) and its label: 1 residue,
    0 content, None unsure."""

    def __init__(self, document: dict) -> None:
        lines = [(x["n"], x["text"], int(x["label"] == "residue")) for x in document["lines"]]
        lines += [(x["n"], x["text"], None) for x in document.get("ambiguous", ())]
        lines.sort(key=lambda each: each[0])
        texts = [(" ".join(text.split()), label) for _, text, label in lines]
        texts = [(text, label) for text, label in texts if text]
        self.site, self.variant, self.lang = document["site"], document["variant"], document["lang"]
        self.labels = [label for _, label in texts]
        self.text = "\n".join(text for text, _ in texts)
        self.title = document.get("headline") or document.get("title") or ""
        self.spans = []
        at = 0
        for text, _ in texts:
            self.spans.append(Span(at, at + len(text)))
            at += len(text) + 1
        page = Page(self.text, self.spans, self.title)
        self.features = [
            [*traits, *(f"={word}" for word in words)]
            for traits, words in map(page.features, range(len(texts)))
        ]

    def page(self, weights: Weights) -> Page:
        return Page(self.text, self.spans, self.title, weights)


def documents(paths: list[str]) -> list[Saved]:
    found = []
    for path in paths:
        with open(path, encoding="utf-8") as handle:
            rows = [json.loads(line) for line in handle if line.strip()]
        found += [Saved(each) for each in rows if each.get("licence") in PERMISSIVE]
    return found


def vocabulary(data: list[Saved]) -> set[str]:
    sites: dict[str, set[str]] = defaultdict(set)
    for document in data:
        for names, label in zip(document.features, document.labels, strict=True):
            if label is not None:
                for name in names:
                    if name[0] == "=":
                        sites[name].add(document.site)
    return {name for name, where in sites.items() if len(where) >= LEAST_SITES}


def trained(rows: list[Row], l2: dict[bool, float], seed: int = 7) -> dict[str, float]:
    """Weights of a logistic regression, by AdaGrad over shuffled rows."""
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-6)
    order = list(range(len(rows)))
    shuffle = random.Random(seed).shuffle
    for _ in range(EPOCHS):
        shuffle(order)
        for index in order:
            names, label = rows[index]
            score = weights[""] + sum(weights[name] for name in names)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - label
            for name in ("", *names):
                slope = error + l2[name[:1] == "="] * weights[name] * 50
                squares[name] += slope * slope
                weights[name] -= RATE * slope / math.sqrt(squares[name])
    return dict(weights)


def both(data: list[Saved]) -> Weights:
    """Weights for lines alone, then for what their neighbours say."""
    known = vocabulary(data)
    rows = [
        ([n for n in names if n[0] != "=" or n in known], label)
        for document in data
        for names, label in zip(document.features, document.labels, strict=True)
        if label is not None
    ]
    own = trained(rows, {False: OWN_L2, True: WORD_L2})
    words = sorted((n for n in own if n[:1] == "="), key=lambda n: -abs(own[n]))
    traits = {name: value for name, value in own.items() if name[:1] != "="}
    telling = {name[1:]: own[name] for name in words[:MOST_VOCABULARY]}
    alone = Weights(traits, telling, {})
    second: list[Row] = []
    scales: list[float] = []
    for document in data:
        page = document.page(alone)
        for index in page.others:
            label = document.labels[index]
            if label is not None:
                second.append((neighbour_features(page, index), label))
                scales.append(page.alone(index))
    return alone._replace(around=stacked(second, scales))


def stacked(rows: list[Row], own: list[float], seed: int = 11) -> dict[str, float]:
    """Weights of the neighbours, and of a line's own score beside them."""
    weights: dict[str, float] = defaultdict(float)
    weights["own"] = 0.8
    squares: dict[str, float] = defaultdict(lambda: 1e-6)
    order = list(range(len(rows)))
    shuffle = random.Random(seed).shuffle
    for _ in range(6):
        shuffle(order)
        for index in order:
            names, label = rows[index]
            score = weights["own"] * own[index] + sum(weights[name] for name in names)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - label
            for name, value in (("own", own[index]), *((name, 1.0) for name in names)):
                slope = error * value
                squares[name] += slope * slope
                weights[name] -= 0.1 * slope / math.sqrt(squares[name])
    return dict(weights)


def validated(data: list[Saved]) -> None:
    """Print what the model does on sites that it was not trained on."""
    sites = sorted({each.site for each in data})
    random.Random(3).shuffle(sites)
    fold = {site: i % FOLDS for i, site in enumerate(sites)}
    results: dict[str, list[list[tuple[float, int]]]] = defaultdict(
        lambda: [[] for _ in range(FOLDS)]
    )
    for held in range(FOLDS):
        weights = both([each for each in data if fold[each.site] != held])
        for document in data:
            if fold[document.site] == held:
                page = document.page(weights)
                pairs = [
                    (page.score(index), label)
                    for index, label in enumerate(document.labels)
                    if label is not None
                ]
                results[document.variant][held] += pairs
                if document.lang not in ("en", "de"):
                    results[f"{document.variant}, not en or de"][held] += pairs
    for group, folds in sorted(results.items()):
        for threshold in THRESHOLDS:
            all_of_it = figures([pair for pairs in folds for pair in pairs], threshold)
            spread = [figures(pairs, threshold) for pairs in folds if pairs]
            shown = "  ".join(
                f"{name} {value:.3f} (± {statistics.pstdev(each[i] for each in spread):.3f})"
                for i, (name, value) in enumerate(
                    zip(("precision", "recall", "F1", "alarms a thousand"), all_of_it, strict=True)
                )
            )
            print(f"{group} > {threshold:4}: {shown}")


def figures(pairs: list[tuple[float, int]], threshold: float) -> tuple[float, float, float, float]:
    """Precision, recall, F1, and alarms a thousand lines of content."""
    count = Counter((score > threshold, label) for score, label in pairs)
    hits, alarms, missed, quiet = (count[k] for k in ((True, 1), (True, 0), (False, 1), (False, 0)))
    precision, recall = hits / max(1, hits + alarms), hits / max(1, hits + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return precision, recall, f1, 1000 * alarms / max(1, alarms + quiet)


def main(arguments: list[str]) -> None:
    data = documents([each for each in arguments if not each.startswith("-")])
    validated(data)
    if "--write" in arguments:
        weights = both(data)
        TARGET.write_text(module(weights), encoding="utf-8")
        print(f"wrote {TARGET} ({sum(map(len, weights))} weights)")


def module(weights: Weights) -> str:
    def table(name: str, of: dict[str, float]) -> str:
        rows = [f"    {key!r}: {value:.2f}," for key, value in sorted(of.items())]
        return f"{name}: Mapping[str, float] = {{\n" + "\n".join(rows) + "\n}\n"

    words = {name: value for name, value in weights.words.items() if abs(value) >= 0.15}
    tables = (table("OWN", weights.own), table("AROUND", weights.around), table("WORDS", words))
    return (
        '"""Weights of the line model. Made by benchmarks/furniture.py; do not edit."""\n\n'
        "from __future__ import annotations\n\nfrom collections.abc import Mapping\n\n# fmt: off\n"
        + "\n".join(tables)
    )


if __name__ == "__main__":
    main(sys.argv[1:])
