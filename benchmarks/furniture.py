"""Make `src/newslint/text/furniture_weights.py` from labelled lines.

    pip install scikit-learn
    python benchmarks/furniture.py LABELLED.jsonl… [--write]

Each line of a file is a saved document: `site`, `licence`, `lang`, `variant`, `title`, and `lines`, each with
`n` (its number), `text` and `label` ("content" or "residue"); `ambiguous` lines have no label and count as
neighbours only. Documents whose licence does not allow it are left out. Prints precision and recall by
cross-validation over sites, with the spread over the folds, and how they differ from site to site; `--write` then trains on all and writes the weights.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import accumulate, chain
from pathlib import Path

from scipy import sparse
from sklearn.linear_model import LogisticRegression

from newslint.checks.residue import ANY, LIKELY
from newslint.finding import Span
from newslint.text.furniture import Page, Weights, neighbour_features

PERMISSIVE = ("MIT", "Apache-2.0", "CC-BY-4.0", "CC0-1.0", "BSD-3-Clause")
TARGET = Path(__file__).parent.parent / "src" / "newslint" / "text" / "furniture_weights.py"
LEAST_SITES = 5  # on which a word must stand to be known
MOST_VOCABULARY = 1500
STRENGTH = 1.0  # the smaller, the nearer are weights to 0
FOLDS = 5
BARS = {"likely": LIKELY, "all": ANY}  # the two settings of the rule, without what it asks besides
LEAST_RESIDUE = (
    10  # lines of residue that a site must have to count for the spread from site to site
)
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
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


def trained(rows: list[Row], beside: list[float] | None = None) -> dict[str, float]:
    """Weights of a logistic regression over features by name, "" being the constant; of `beside`, a number of
    each row, the weight is called "own", and there is no constant."""
    names = sorted({name for features, _ in rows for name in features})
    number = {name: i for i, name in enumerate(names)}
    columns = [sorted({number[name] for name in features}) for features, _ in rows]
    starts = [0, *accumulate(map(len, columns))]
    values = [1.0] * starts[-1]
    matrix = sparse.csr_matrix((values, [*chain(*columns)], starts), (len(rows), len(names)))
    if beside is not None:
        matrix = sparse.hstack([matrix, sparse.csr_matrix([[each] for each in beside])]).tocsr()
        names.append("own")
    model = LogisticRegression(
        C=STRENGTH, solver="liblinear", max_iter=300, fit_intercept=beside is None, random_state=0
    )
    model.fit(matrix, [label for _, label in rows])
    weights = dict(zip(names, model.coef_[0].tolist(), strict=True))
    return weights if beside is not None else {"": float(model.intercept_[0]), **weights}


def both(data: list[Saved]) -> Weights:
    """Weights for lines alone, then for what their neighbours say."""
    known = vocabulary(data)
    rows = [
        ([n for n in names if n[0] != "=" or n in known], label)
        for document in data
        for names, label in zip(document.features, document.labels, strict=True)
        if label is not None
    ]
    own = trained(rows)
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
    return alone._replace(around=trained(second, scales))


def validated(data: list[Saved]) -> None:
    """Print what the model does on sites that it was not trained on."""
    sites = sorted({each.site for each in data})
    random.Random(3).shuffle(sites)
    fold = {site: i % FOLDS for i, site in enumerate(sites)}
    results: dict[str, list[list[tuple[float, int]]]] = defaultdict(
        lambda: [[] for _ in range(FOLDS)]
    )
    by_site: dict[str, dict[str, list[tuple[float, int]]]] = defaultdict(lambda: defaultdict(list))
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
                by_site[document.variant][document.site] += pairs
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
    for group, of_sites in sorted(by_site.items()):
        for name, threshold in BARS.items():
            print(f"{group}, {name} (> {threshold}), {spread_of(of_sites.values(), threshold)}")


def spread_of(of_sites: Iterable[list[tuple[float, int]]], threshold: float) -> str:
    """How figures differ from site to site: mean and standard deviation, and the sites at a tenth, a quarter, half of
    them and so on."""
    kept = [pairs for pairs in of_sites if sum(label for _, label in pairs) >= LEAST_RESIDUE]
    found = [figures(pairs, threshold) for pairs in kept]
    shown = [f"{len(kept)} sites with {LEAST_RESIDUE} lines of residue or more"]
    for index, name in enumerate(("precision", "recall", "F1", "alarms a thousand")):
        values = sorted(each[index] for each in found)
        marks = [values[round(share * (len(values) - 1))] for share in SHARES]
        mean, spread = statistics.fmean(values), statistics.pstdev(values)
        each = " · ".join(f"{value:.2f}" for value in marks)
        shown.append(f"{name} mean {mean:.3f} (± {spread:.3f}), {each}")
    return "\n  ".join(shown)


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
