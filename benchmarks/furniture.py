"""Make `src/newslint/text/furniture_weights.py` from labelled lines.

    python benchmarks/furniture.py LABELLED.jsonl… [--write]

Each line of a file is a saved document: `site`, `licence`, `lang`, `variant`, `title`, and `lines`, each with
`n` (its number), `text` and `label` ("content" or "residue"); `ambiguous` lines have no label and count as
neighbours only. Documents whose licence does not allow it are left out. Prints precision and recall by
cross-validation over sites; `--write` then trains on all and writes the weights.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

from newslint.text.furniture import STORY, neighbour_features

PERMISSIVE = ("MIT", "Apache-2.0", "CC-BY-4.0", "CC0-1.0", "BSD-3-Clause")
TARGET = Path(__file__).parent.parent / "src" / "newslint" / "text" / "furniture_weights.py"
LEAST_SITES = 5  # on which a word must stand to be known
MOST_VOCABULARY = 1500
EPOCHS, RATE = 12, 0.25
OWN_L2, WORD_L2 = 1e-6, 2e-4
FOLDS = 5

Document = dict  # as in the file
Row = tuple[list[str], int]


def documents(paths: list[str]) -> list[Document]:
    found = []
    for path in paths:
        with open(path, encoding="utf-8") as handle:
            found += [json.loads(line) for line in handle if line.strip()]
    return [each for each in found if each.get("licence") in PERMISSIVE]


def prepared(document: Document) -> tuple[list[list[str]], list[int | None]]:
    """Features and labels (1 residue, 0 content, None unsure) of each line."""
    lines = [(x["n"], x["text"], int(x["label"] == "residue")) for x in document["lines"]]
    lines += [(x["n"], x["text"], None) for x in document.get("ambiguous", ())]
    lines.sort(key=lambda each: each[0])
    texts = [" ".join(text.split())[:400] for _, text, _ in lines]
    kept = [i for i, text in enumerate(texts) if text]
    title = document.get("headline") or document.get("title") or ""
    features = line_features([texts[i] for i in kept], title) if kept else []
    return features, [lines[i][2] for i in kept]


def vocabulary(data: list[tuple[Document, list[list[str]], list[int | None]]]) -> set[str]:
    sites: dict[str, set[str]] = defaultdict(set)
    for document, features, labels in data:
        for names, label in zip(features, labels, strict=True):
            if label is not None:
                for name in names:
                    if name[0] == "=":
                        sites[name].add(document["site"])
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


def first_scores(features: list[list[str]], weights: dict[str, float]) -> list[float]:
    return [weights[""] + sum(weights.get(name, 0.0) for name in names) for names in features]


def both(
    data: list[tuple[Document, list[list[str]], list[int | None]]],
) -> tuple[dict[str, float], dict[str, float]]:
    known = vocabulary(data)
    kept = [
        (document, [[n for n in names if n[0] != "=" or n in known] for names in features], labels)
        for document, features, labels in data
    ]
    rows = [
        (names, label)
        for _, features, labels in kept
        for names, label in zip(features, labels, strict=True)
        if label is not None
    ]
    own = trained(rows, {False: OWN_L2, True: WORD_L2})
    words = sorted((n for n in own if n[:1] == "="), key=lambda n: -abs(own[n]))[MOST_VOCABULARY:]
    for name in words:
        del own[name]
    second: list[Row] = []
    scales: list[float] = []
    for _, features, labels in kept:
        scores = first_scores(features, own)
        for index, label in enumerate(labels):
            if label is not None and features[index] != STORY:
                second.append((neighbour_features(scores, index), label))
                scales.append(scores[index])
    around = stacked(second, scales)
    return own, around


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


def scored(
    features: list[list[str]], own: dict[str, float], around: dict[str, float]
) -> list[float]:
    scores = first_scores(features, own)
    return [
        score
        if features[i] == STORY
        else score * around["own"]
        + sum(around.get(name, 0.0) for name in neighbour_features(scores, i))
        for i, score in enumerate(scores)
    ]


def main(arguments: list[str]) -> None:
    data = [(d, *prepared(d)) for d in documents([a for a in arguments if not a.startswith("-")])]
    sites = sorted({d["site"] for d, _, _ in data})
    random.Random(3).shuffle(sites)
    fold = {site: i % FOLDS for i, site in enumerate(sites)}
    results: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for held in range(FOLDS):
        own, around = both([each for each in data if fold[each[0]["site"]] != held])
        for document, features, labels in data:
            if fold[document["site"]] == held:
                for score, label in zip(scored(features, own, around), labels, strict=True):
                    if label is not None:
                        results[document["variant"]].append((score, label))
    for variant, pairs in sorted(results.items()):
        for threshold in (-0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0):
            count = Counter((score > threshold, label) for score, label in pairs)
            hits, alarms, missed, quiet = (
                count[k] for k in ((True, 1), (True, 0), (False, 1), (False, 0))
            )
            precision, recall = hits / max(1, hits + alarms), hits / max(1, hits + missed)
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            print(
                f"{variant} > {threshold:4}: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}"
                f" alarms a thousand {1000 * alarms / max(1, alarms + quiet):.1f}"
            )
    if "--write" in arguments:
        own, around = both(data)
        TARGET.write_text(module(own, around), encoding="utf-8")
        print(f"wrote {TARGET} ({len(own)} weights)")


def module(own: dict[str, float], around: dict[str, float]) -> str:
    def table(name: str, weights: dict[str, float]) -> str:
        rows = [f"    {key!r}: {value:.2f}," for key, value in sorted(weights.items())]
        return f"{name}: Mapping[str, float] = {{\n" + "\n".join(rows) + "\n}\n"

    shape = {name: value for name, value in own.items() if name[:1] != "="}
    words = {name[1:]: value for name, value in own.items() if name[:1] == "="}
    words = {name: value for name, value in words.items() if abs(value) >= 0.15}
    return (
        '"""Weights of the line model. Made by benchmarks/furniture.py; do not edit."""\n\n'
        "from __future__ import annotations\n\nfrom collections.abc import Mapping\n\n# fmt: off\n"
        + "\n".join((table("OWN", shape), table("AROUND", around), table("WORDS", words)))
    )


if __name__ == "__main__":
    main(sys.argv[1:])
