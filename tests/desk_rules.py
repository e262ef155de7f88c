"""Rules of their own for the folders that tests check, so that other rules may change."""

from __future__ import annotations

from pathlib import Path

WORN = """
[[rule]]
code = "STY901"
name = "worn-word"
kind = "existence"
message = "worn word: “{match}”"
why = "Readers skip it. It says nothing."
match = ["groundbreaking"]
in-quotations = true
bad = ["A ⟦groundbreaking⟧ bench."]
good = ["They broke ground.", "A ground-breaking bench."]
"""
STIFF = """
[[rule]]
code = "STY902"
name = "stiff-word"
kind = "substitution"
severity = "warning"
message = "stiff word: “{match}”"
why = "Nobody speaks like that."
swap = { "utilised" = "used" }
in-quotations = true
safe-fix = true
bad = [["They ⟦utilised⟧ it.", "They used it."]]
good = ["They used it.", "An unutilised hall."]
"""
FAINT = """
[[rule]]
code = "STY903"
name = "faint-word"
kind = "existence"
severity = "info"
default = false
message = "faint word: “{match}”"
why = "It weakens the sentence."
match = ["somewhat"]
in-quotations = true
bad = ["It was ⟦somewhat⟧ cold."]
good = ["It was cold.", "Somehow cold."]
"""
PACK = WORN + STIFF + FAINT


def write(path: str | Path, text: str) -> Path:
    """A file with its folders; its line ends are those of `text`."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    return file
