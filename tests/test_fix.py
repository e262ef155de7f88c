"""Fixes: what they change, and all that they must not change."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from html import escape as as_html
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape as as_xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.cli import main
from newslint.config import Config
from newslint.engine import Linter
from newslint.finding import Edit, FileFix, Fix, Hit, Swap
from newslint.fix import EndlessFixing, Fixer, Mended, apply, compatible, fixes_of, mend
from newslint.rules import Rule, rule
from newslint.source import Source, decode
from newslint.writing import Unwritable, form_of

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(Config())


def mended(data: bytes | str, path: str, linter: Linter, *, unsafe: bool = False) -> Mended:
    data = data.encode() if isinstance(data, str) else data
    source = Source.from_bytes(data, path)
    return mend(source, linter, lambda _, found: fixes_of(found, unsafe=unsafe), data=data)


def reasons(result: Mended) -> list[str]:
    return [each.reason for each in result.changes if each.reason]


# ------------------------------------------------------------------ edits


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, list[FileFix]]:
    text = draw(st.text("abc\r\n", max_size=30))
    place = st.tuples(st.integers(0, len(text)), st.integers(0, 4), st.text("XY", max_size=2))
    several = st.lists(place, min_size=1, max_size=3)
    fixes = [
        FileFix(tuple(Edit(at, min(len(text), at + n), new) for at, n, new in each), True, str(i))
        for i, each in enumerate(draw(st.lists(several, max_size=12)))
    ]
    return text, fixes


@given(edits())
def test_edits_never_touch_each_other_and_nothing_beside_them(
    given: tuple[str, list[FileFix]],
) -> None:
    text, fixes = given
    kept = compatible(fixes)
    spans = sorted((e.start, e.end) for fix in kept for e in fix.edits)
    for first, second in pairwise(spans):
        assert first[1] <= second[0]
        assert first[0] < second[0]
    # The same, character by character: what no edit covers is there, in order, and so is what is new.
    put = {e.start: e.new for fix in kept for e in fix.edits}
    gone = {at for start, end in spans for at in range(start, end)}
    expected = "".join(
        put.get(at, "") + ("" if at in gone else text[at : at + 1]) for at in range(len(text) + 1)
    )
    assert apply(text, fixes) == expected
    # A fix is left out only for one that is made, or for itself.
    for fix in fixes:
        if fix not in kept:
            assert compatible([*kept, fix]) != sorted([*kept, fix], key=lambda each: each.edits)


@given(edits())
def test_a_fix_alone_is_made_in_full(given: tuple[str, list[FileFix]]) -> None:
    text, fixes = given
    for fix in compatible(fixes):
        alone = apply(text, [fix])
        grown = sum(len(e.new) - (e.end - e.start) for e in fix.edits)
        assert len(alone) == len(text) + grown


# ------------------------------------------------------------------ generated articles

# What stands in the copy, and what is to stand there. None of it touches another.
FAULTS = (
    ("The ferry didnâ€™t come on Friday.", "The ferry didn’t come on Friday."),
    ("The har\u200bbour was empty all day.", "The harbour was empty all day."),
    ("They sold fish &amp; chips on the quay.", "They sold fish & chips on the quay."),
    ("The cafe\u0301 on the quay was closed.", "The café on the quay was closed."),
    ("“We will wait,\" said Ada Brook.", "“We will wait,” said Ada Brook."),
    ("It was the sound of the ‘90s again.", "It was the sound of the ’90s again."),
    ("The boat\u2003left at noon.", "The boat left at noon."),
    ("The owner\\u2019s boat was late.", "The owner’s boat was late."),
    ("She called it “ a mistake” on Monday.", "She called it “a mistake” on Monday."),
    ("A bell \x07rang at the pier.", "A bell rang at the pier."),
)  # fmt: skip
SOUND = (
    "Some forty people waited in the rain, the harbour master said.",
    "“It was a quiet day,” said the captain, who has sailed for 31 years.",
    "Nobody at the company could be reached on Sunday.",
    "The crew – three men and a woman – slept on board.",
)


def as_markdown(text: str) -> str:
    signs = {"&": "&amp;", "\\": "\\\\"}
    return "".join(signs.get(c, c) for c in text)


def txt(paragraphs: Sequence[str]) -> str:
    return "Ferry sails again\n\n" + "\n\n".join(paragraphs) + "\n"


def md(paragraphs: Sequence[str]) -> str:
    body = "\n\n".join(
        f"- {as_markdown(p)}" if i % 3 == 2 else as_markdown(p) for i, p in enumerate(paragraphs)
    )
    return f"---\ntitle: Ferry sails again\n---\n\n{body}\n"


def html(paragraphs: Sequence[str]) -> str:
    return "<h1>Ferry sails again</h1>\n" + "".join(
        f"<p>{as_html(p, quote=False)}</p>\n" for p in paragraphs
    )


def jsonl(paragraphs: Sequence[str]) -> str:
    record = {"id": "a", "title": "Ferry sails again", "text": "\n\n".join(paragraphs)}
    return (
        json.dumps(record, ensure_ascii=False)
        + "\n"
        + '{"id": "b", "text": "They left at noon."}\n'
    )


def ascii_json(paragraphs: Sequence[str]) -> str:
    return json.dumps(
        {"headline": "Ferry sails again", "articleBody": "\n\n".join(paragraphs)}, indent=1
    )


def comma(paragraphs: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [["id", "title", "text"], ["1", "Ferry sails again", "\n\n".join(paragraphs)]]
    )
    return out.getvalue()


def nitf(paragraphs: Sequence[str]) -> str:
    body = "".join(f"<p>{as_xml(p)}</p>\n" for p in paragraphs)
    return f"<nitf><body><body.head><hedline><hl1>Ferry sails again</hl1></hedline></body.head><body.content>\n{body}</body.content></body></nitf>\n"


FORMATS = {"a.txt": txt, "a.md": md, "a.html": html, "a.jsonl": jsonl, "a.json": ascii_json, "a.csv": comma, "a.nitf": nitf}  # fmt: skip


def drawn(chance: random.Random, path: str) -> tuple[str, str]:
    """An article with faults, and as it is to be."""
    old, new = [], []
    for _ in range(chance.randint(1, 5)):
        pairs = [pair for pair in FAULTS if path != "a.nitf" or "\x07" not in pair[0]]
        fault, fixed = chance.choice(pairs) if chance.random() < 0.6 else ("", "")
        before, after = chance.choice(SOUND), chance.choice(SOUND)
        old.append(f"{before} {fault} {after}" if fault else before)
        new.append(f"{before} {fixed} {after}" if fault else before)
    return FORMATS[path](old), FORMATS[path](new)


def test_a_thousand_articles_come_out_as_they_are_to_be_and_stay_so(linter: Linter) -> None:
    chance = random.Random(20)
    changed = 0
    for number in range(1000):
        path = list(FORMATS)[number % len(FORMATS)]
        old, new = drawn(chance, path)
        if number % 4 == 1 and path in ("a.txt", "a.md", "a.html"):
            old, new = old.replace("\n", "\r\n"), new.replace("\n", "\r\n")
        mark = b"\xef\xbb\xbf" if number % 5 == 1 and path not in ("a.json", "a.jsonl") else b""
        result = mended(mark + old.encode(), path, linter)
        assert result.data == mark + new.encode(), (path, old, reasons(result))
        assert not fixes_of(result.result.findings, unsafe=False)
        assert not {f.code for f in result.result.findings} & {
            each.finding.code for each in result.changes if each.action == "mend"
        }
        changed += result.is_changed
        if number % 10 == 0:
            again = mended(result.data, path, linter)
            assert not again.is_changed
    assert changed > 600


WIDE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32")


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(SOUND), st.sampled_from(FAULTS)), max_size=4),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(WIDE),
    st.sampled_from(["", "\n"]),
)
def test_bytes_beside_the_edits_stay(
    parts: list[tuple[str, tuple[str, str]]], line_end: str, encoding: str, last: str
) -> None:
    linter = Linter(Config(select=("ENC", "QUO")))
    old, new = (
        (line_end * 2).join(f"{sound} {pair[i]}" for sound, pair in parts) + last for i in (0, 1)
    )
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    result = mended(mark + old.encode(encoding), "a.txt", linter)
    assert result.data == mark + new.encode(encoding)


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from([b"a ", b"\xe9", b"\xc3\xa9", b"\x81", b"\xff\r\n", b"\xe2\x80", b"z\n"]),
        max_size=12,
    )
)
def test_bytes_of_no_encoding_can_be_got_back(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    text, encoding, bom, faults = decode(data)
    source = Source(text, "a.txt", encoding=encoding, bom=bom, faults=faults)
    form = form_of(source, data)
    assert form.data == data
    edited = form.edited([Edit(0, 0, "x")])
    assert edited.data == b"x" + data
    assert decode(edited.data)[0] == "x" + text


# ------------------------------------------------------------------ seeds


def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import shutil

    shutil.copytree(SEEDS, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "seeds"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("unsafe", [False, True])
def test_the_seeds_are_fixed_once_and_for_all(
    unsafe: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    seeds = copied(tmp_path, monkeypatch)
    before = contents(seeds)
    more = ["--unsafe-fixes"] if unsafe else []
    assert main(["seeds", "--fix", "--output-format", "json", "--no-cache", *more]) == 1
    shown = capsys.readouterr()
    left = [f["fix"] for f in json.loads(shown.out)["findings"] if f["fix"] is not None]
    assert not [fix for fix in left if fix["safe"] or unsafe]
    assert "Fixed " in shown.err
    after = contents(seeds)
    changed = {Path(path).name for path in before if before[path] != after[path]}
    assert "cafe-reopens.txt" in changed
    assert not any("clean/" in path for path in before if before[path] != after[path])
    assert main(["seeds", "--fix", "--quiet", "--no-cache", *more]) == 1
    assert contents(seeds) == after
    assert capsys.readouterr().err == ""


# ------------------------------------------------------------------ formats


def test_fixes_are_written_as_their_format_asks(linter: Linter) -> None:
    def fixed(text: str, path: str, encoding: str = "utf-8") -> str:
        return mended(text.encode(encoding), path, linter).data.decode(encoding)

    said = "They sold fish &amp;amp; chips.\n"
    assert fixed(said, "a.md") == "They sold fish &amp; chips.\n"
    assert fixed(f"<p>{said}</p>", "a.html") == "<p>They sold fish &amp; chips.\n</p>"
    title = '---\ntitle: "Fish &amp; chips"\n---\n\nThey left.\n'
    assert fixed(title, "a.md") == '---\ntitle: "Fish & chips"\n---\n\nThey left.\n'
    record = json.dumps({"title": "Ferry", "text": "He said &quot;no&quot; to me."})
    assert json.loads(fixed(record + "\n", "a.jsonl"))["text"] == 'He said "no" to me.'
    # Whoever writes JSON in ASCII gets ASCII.
    assert "didn\\u2019t" in fixed(json.dumps({"text": "It didnâ€™t come."}) + "\n", "a.jsonl")
    # What is markup in Markdown is text when a fix puts it there.
    assert fixed("A \\\\x2aboat\\\\x2a came.\n", "a.md") == "A &#42;boat&#42; came.\n"


def test_a_fix_that_would_change_what_stands_around_it_is_not_made(linter: Linter) -> None:
    # Without the invisible sign it would be a tag, and no longer be shown.
    text = "The sign <\u200bb> makes words bold.\n"
    result = mended(text, "a.md", linter)
    assert result.data == text.encode()
    assert reasons(result) == ["what stands around it would be read in another way"]
    # The others of the same file are.
    more = f"{text}\nThe har\u200bbour was empty, and fish &amp;amp; chips were sold.\n"
    result = mended(more, "a.md", linter)
    assert result.text == f"{text}\nThe harbour was empty, and fish &amp; chips were sold.\n"
    assert len(reasons(result)) == 1
    header = "---\ntitle: \u200b- Ferry\n---\n\nIt left at noon.\n"
    assert mended(header, "a.md", linter).data == header.encode()


def test_what_an_encoding_cannot_say_is_not_fixed_and_said(linter: Linter) -> None:
    text = "The café in Gy\\u0151r is open, and it didn\\u2019t close.\n"
    result = mended(text.encode("cp1252"), "a.txt", linter)
    assert result.data == "The café in Gy\\u0151r is open, and it didn’t close.\n".encode("cp1252")
    assert reasons(result) == ["CP1252 has no “ő”"]
    # HTML and JSON can say it in any encoding.
    page = '<meta charset="windows-1252"><p>The café in Gy\\u0151r is open.</p>'
    result = mended(page.encode("cp1252"), "a.html", linter)
    assert result.data == page.replace("\\u0151", "&#337;").encode("cp1252")


def test_stray_bytes_stay(linter: Linter) -> None:
    data = "The café ".encode() + b"caf\xe9 " + "wasn\\u2019t open\u200b.\n".encode()
    assert mended(data, "a.txt", linter).data == data.replace(b"\\u2019", "’".encode()).replace(
        "\u200b".encode(), b""
    )


def test_bytes_that_no_text_gives_back_are_not_written(linter: Linter) -> None:
    data = "\ufeffThe har\u200bbour.".encode("utf-16-le") + b"\x00\xd8"  # half a pair
    with pytest.raises(Unwritable, match="UTF-16-LE"):
        mended(data, "a.txt", linter)


# ------------------------------------------------------------------ what is safe


def swapping(code: str, name: str, old: str, new: str) -> Rule:
    @rule(code, name, bad=[], good=[])
    def swap(article: object) -> Iterator[Hit]:
        """Swaps."""
        text: str = article.text  # type: ignore[attr-defined]
        at = text.find(old)
        while at >= 0:
            fix = Fix((Swap(at, at + len(old), new),), safe=True)
            yield Hit(at, at + len(old), "a swap", fix)
            at = text.find(old, at + 1)

    return swap


@pytest.mark.parametrize(
    ("text", "old", "new", "safe"),
    [
        ("They utilise boats.", "utilise", "use", True),
        ("“They utilise boats,” he said.", "utilise", "use", False),
        ("“They used boats –” he said.", "–", "—", True),
        ("They had 1,000 boats.", ",", "", False),
        ("They had ten boats.", "ten", "10", False),
        ("Boats, they said.", ",", ";", True),
    ],
)
def test_no_rule_is_safe_inside_a_quotation_or_a_number(
    text: str, old: str, new: str, safe: bool
) -> None:
    own = Linter(Config(select=("STY901",)), rules=(swapping("STY901", "odd-swap", old, new),))
    found = own.check_source(Source(text, "a.txt")).findings
    assert [finding.fix.safe for finding in found if finding.fix] == [safe]


@pytest.mark.parametrize(
    "own",
    [each for each in Linter(Config()).documented() if each.fixable and each.family != "ENC"],
    ids=lambda each: each.code,
)
def test_safe_fixes_change_no_word_and_no_number(own: Rule) -> None:
    from newslint.testing import findings_of

    for case in own.bad:
        text, found = findings_of(own, case)
        for finding in found:
            for start, end, new in finding.fix.swaps if finding.fix and finding.fix.safe else ():
                old = text[start:end]
                assert [*filter(str.isalnum, old)] == [*filter(str.isalnum, new)], case.text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It cost 5\x07000 crowns.", "ENC106"),
        ("The of\x02ce was closed.", "ENC106"),
        ("The file \u202egpj.exe", "ENC106"),
        ("It cost 5\u2003000 crowns.", "ENC109"),
        ("She called it“ a mistake” on Monday.", "QUO109"),
    ],
)
def test_what_may_have_been_a_point_or_stands_wrong_is_left(
    text: str, code: str, linter: Linter
) -> None:
    result = mended(text, "a.txt", linter)
    assert code in {each.code for each in result.result.findings}
    assert not result.is_changed


def test_rules_that_undo_each_other_change_nothing(tmp_path: Path) -> None:
    one = swapping("STY901", "first-swap", "boat", "ship")
    two = swapping("STY902", "second-swap", "ship", "boat")
    own = Linter(Config(select=("STY",)), rules=(one, two))
    with pytest.raises(EndlessFixing, match="STY90"):
        mended("A boat came.", "a.txt", own)
    path = tmp_path / "a.txt"
    path.write_text("A boat came.")
    fixer = Fixer(lambda _: own, lambda _: None)
    (result,) = fixer.watch([own.check_path(str(path))])
    assert result.failed
    assert "cannot be fixed" in result.findings[0].message
    assert path.read_text() == "A boat came."


# ------------------------------------------------------------------ files


WRITER = """
import sys
from newslint.writing import replace_file
path = sys.argv[1]
print(flush=True)
while True:
    for sign in (b"a", b"b"):
        replace_file(path, sign * 300_000)
"""


def test_a_kill_at_any_moment_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 300_000)
    whole = {b"a" * 300_000, b"b" * 300_000}
    for reads in range(12):
        child = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        for _ in range(reads * 7):
            assert path.read_bytes() in whole
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        assert path.read_bytes() in whole


def test_a_file_that_has_changed_meanwhile_is_not_written_over(
    tmp_path: Path, linter: Linter, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The har\u200bbour was empty.\n")

    def meddle(*given: Any, **more: Any) -> Mended:
        path.write_text("Somebody has saved this.\n")
        return mend(*given, **more)

    monkeypatch.setattr("newslint.fix.mend", meddle)
    fixer = Fixer(lambda _: linter, lambda _: None)
    (result,) = fixer.watch([linter.check_path(str(path))])
    assert result.failed
    assert "has changed since it was read" in result.findings[0].message
    assert path.read_text() == "Somebody has saved this.\n"
    assert fixer.fixed == 0
    assert os.listdir(tmp_path) == ["a.txt"]


def test_mode_and_links_stay_and_what_needs_nothing_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("The har\u200bbour was empty.\n")
    Path("a.txt").chmod(0o600)
    Path("b.txt").symlink_to("a.txt")
    Path("c.txt").write_text("The harbour was empty.\n")
    before = Path("c.txt").stat()
    assert main(["--fix", "b.txt", "c.txt"]) == 0
    assert Path("a.txt").read_text() == "The harbour was empty.\n"
    assert Path("a.txt").stat().st_mode & 0o777 == 0o600
    assert Path("b.txt").is_symlink()
    assert Path("c.txt").stat().st_mtime_ns == before.st_mtime_ns
    assert Path("c.txt").stat().st_ino == before.st_ino
    assert sorted(os.listdir(".")) == ["a.txt", "b.txt", "c.txt"]


def test_a_folder_that_cannot_be_written_to_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("The har\u200bbour was empty.\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "a.txt")

    monkeypatch.setattr(os, "replace", full)
    assert main(["--fix", "a.txt"]) == 2
    assert "cannot be fixed: No space left on device" in capsys.readouterr().out
    assert Path("a.txt").read_text() == "The har\u200bbour was empty.\n"
    assert os.listdir(".") == ["a.txt"]


# ------------------------------------------------------------------ the command

DIRTY = "The har\u200bbour was empty\n\nIt was late again.The crew slept on board.\n"


def test_fix_reports_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(DIRTY)
    assert main(["--fix", "--show-fixes", "--output-format", "concise", "a.txt"]) == 1
    shown = capsys.readouterr()
    assert "a.txt:3:13: RES201" in shown.out
    assert "ENC105" not in shown.out
    assert shown.err == (
        "a.txt:1:8: fixed ENC105 [invisible-character] U+200B zero width space\n"
        "Fixed 1 problem in 1 file.\n"
    )
    assert Path("a.txt").read_text() == DIRTY.replace("\u200b", "")
    assert main(["--fix", "--unsafe-fixes", "a.txt"]) == 0
    assert Path("a.txt").read_text().endswith("It was late again. The crew slept on board.\n")


def test_a_hook_sees_that_something_was_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("The har\u200bbour was empty.\n")
    assert main(["--fix", "--exit-non-zero-on-fix", "a.txt"]) == 1
    assert main(["--fix", "--exit-non-zero-on-fix", "a.txt"]) == 0


def test_diff_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(DIRTY)
    assert main(["--diff", "a.txt"]) == 1
    shown = capsys.readouterr()
    assert "-The har\u200bbour was empty\n+The harbour was empty\n" in shown.out
    assert shown.err == "Would fix 1 problem in 1 file.\n"
    assert Path("a.txt").read_text() == DIRTY
    assert os.listdir(".") == ["a.txt"]
    Path("a.txt").write_text("The harbour was empty.\n")
    assert main(["--diff", "a.txt"]) == 0
    assert main(["--diff", "no.txt"]) == 2
    assert main(["--unsafe-fixes", "a.txt"]) == 2
    assert "give one of them" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a.txt", "a b.txt", 'q"b\\.txt', "ö.txt", "line\nfeed.txt"])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_git_applies_the_diff(
    name: str,
    end: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.chdir(tmp_path)
    line_end = end or "\n"
    lines = [f"Sentence number {n} is here for the context, the mayor said." for n in range(30)]
    for at in (0, 9, 10, 29):
        lines[at] = f"The har\u200bbour was emp\u00adty on day {at}. The line\u2028is odd."
    old = (line_end.join(lines) + end).encode()
    Path(name).write_bytes(old)
    main(["--diff", "--quiet", "."])
    patch = capfdbinary.readouterr().out
    assert main(["--fix", "--quiet", "."]) == 0
    fixed = Path(name).read_bytes()
    Path(name).write_bytes(old)
    done = subprocess.run(["git", "apply", "-p0", "-"], input=patch, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert Path(name).read_bytes() == fixed != old


def test_standard_input_comes_out_fixed(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def run(*more: str, text: bytes) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "newslint", "check", *more]
        return subprocess.run(command, input=text, capture_output=True, cwd=tmp_path)

    done = run("--fix", "-", text=DIRTY.encode())
    assert done.returncode == 1
    assert done.stdout == DIRTY.replace("\u200b", "").encode()
    assert b"RES201" in done.stderr
    # What cannot be read, and what is not to be checked, comes out as it was.
    (tmp_path / "newslint.toml").write_text('exclude = ["old/"]')
    done = run("--fix", "--stdin-filename", "old/a.txt", "--force-exclude", text=DIRTY.encode())
    assert (done.returncode, done.stdout) == (0, DIRTY.encode())
    broken = b'{"text": "The har\xe2\x80\x8bbour"'
    done = run("--fix", "--stdin-filename", "a.jsonl", text=broken)
    assert done.returncode == 2
    assert done.stdout == broken
    long = b"The har\xe2\x80\x8bbour was empty.\n" * 80_000
    done = run("--fix", "-", "--config", "max-megabytes=1", text=long)
    assert done.returncode == 2
    assert done.stdout == long
    assert b"standard input: over 1 MB" in done.stderr


def test_a_diff_says_what_could_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text('{"title": ')
    Path("b.txt").write_text(DIRTY)
    assert main(["--diff", "."]) == 2
    shown = capsys.readouterr()
    assert "+++ b.txt" in shown.out
    assert "newslint: error: a.json:1:10: not JSON: it ends too early" in shown.err


def test_archives_and_compressed_files_are_left_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import gzip
    import zipfile

    monkeypatch.chdir(tmp_path)
    Path("a.txt.gz").write_bytes(gzip.compress(b"The har\xe2\x80\x8bbour was empty.\n"))
    with zipfile.ZipFile("b.zip", "w") as archive:
        archive.writestr("c.txt", "The har\u200bbour was empty.\n")
    before = contents(tmp_path)
    assert main(["--fix", "."]) == 1
    assert "2 fixes in compressed files and archives cannot be made." in capsys.readouterr().err
    assert contents(tmp_path) == before


def test_suppressed_findings_are_not_fixed(linter: Linter) -> None:
    text = "<!-- newslint: disable=ENC105 -->\n\nThe har\u200bbour.\n\nThe fer\u200bry.\n"
    assert mended(text, "a.md", linter).text == text.replace("fer\u200bry", "ferry")


def test_a_file_of_many_findings_is_fixed_as_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = json.dumps({"title": "Ferry", "text": "The har\u200bbour. " * 6}, ensure_ascii=False)
    path.write_text(f"{line}\n" * 1000, encoding="utf-8")
    own = Linter(Config(select=("ENC",)))
    fixer = Fixer(lambda _: own, lambda _: None)
    results = list(fixer.watch(own.check_parts(str(path))))
    assert [len(each.findings) for each in results] == [0]
    assert path.read_text(encoding="utf-8") == f"{line}\n".replace("\u200b", "") * 1000


# ------------------------------------------------------------------ summaries that were cut from the copy

SAID = "The council will p\u0430y for “boats, the mayor said. “Tickets are free” and dogs cost & eat cafÃ© less."
MADE = "The council will pay for “boats, the mayor said. “Tickets are free” and dogs cost & eat café less."
MORE = "It has been so for longer than anybody remembers, and nobody minds."
SUMMARIES = {
    "posts.json": lambda text, cut: json.dumps(
        {
            "id": 7,
            "title": {"rendered": "Boats"},
            "content": {"rendered": f"<p>{as_html(text, quote=False)}</p>\n<p>{MORE}</p>"},
            "excerpt": {"rendered": f"<p>{as_html(cut, quote=False)} [&hellip;]</p>\n"},
        }
    ),
    "flat.json": lambda text, cut: json.dumps(
        {"description": f"{cut}…", "title": "Boats", "text": f"{text}\n\n{MORE}"},
        ensure_ascii=False,
    ),
    "feed.rss": lambda text, cut: (
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>Boats</title>'
        f"<description>{as_xml(as_html(cut, quote=False))} [&amp;#8230;]</description><content:encoded><![CDATA["
        f"<p>{as_html(text, quote=False)}</p><p>{MORE}</p>]]></content:encoded></item></channel></rss>"
    ),
    "feed.atom": lambda text, cut: (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Boats</title>'
        f'<content type="text">{as_xml(text)}\n\n{MORE}</content><summary>{as_xml(cut)}...</summary></entry></feed>'
    ),
    "a.csv": lambda text, cut: f'title,excerpt,text\nBoats,"{cut}…","{text}\n\n{MORE}"\n',
}


@pytest.mark.parametrize("name", SUMMARIES)
def test_what_a_program_cut_from_the_copy_is_mended_with_it(name: str, linter: Linter) -> None:
    write = SUMMARIES[name]
    result = mended(write(SAID, SAID[:-6]), name, linter, unsafe=True)
    assert result.text == write(MADE, MADE[:-6])
    assert [each.action for each in result.changes] == ["mend", "leave", "mend"]
    # A summary that somebody wrote, or that ends before the fault, stays.
    for cut, left in ((SAID[:30], MADE[:30]), ("Somebody wrote this.",) * 2):
        result = mended(write(SAID, cut), name, linter, unsafe=True)
        assert result.text == write(MADE, left)


def test_a_file_that_is_too_large_to_be_held_is_not_fixed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = (
        json.dumps(
            {"text": "The har\u200bbour was empty. " + "It rains. " * 60_000}, ensure_ascii=False
        )
        + "\n"
    )
    path.write_text(line * 2, "utf-8")
    linter = Linter(Config(select=("ENC105",), max_megabytes=1))
    fixer = Fixer(lambda _: linter, lambda _: None)
    (result,) = fixer.watch([linter.check_path(str(path))])
    assert result.failed
    assert "cannot be fixed: over 1 MB" in result.findings[0].message
    assert path.read_text("utf-8") == line * 2
