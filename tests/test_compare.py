"""Articles compared with each other: facts, titles, bodies, and what a run makes of them."""

from __future__ import annotations

import json
import marshal
import os
import subprocess
import sys
import tempfile
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newslint
from newslint.across import WORTH_KEEPING
from newslint.article import Article, Block
from newslint.cli import main
from newslint.config import Config
from newslint.corpus import kept
from newslint.corpus.compare import Corpus
from newslint.corpus.facts import (
    Facts,
    Titled,
    day_of,
    facts_of,
    of_level,
    sketch_in,
    title_bytes,
    title_in,
    told_in,
    unpack,
)
from newslint.corpus.near import (
    headline_of,
    known_tails,
    merged,
    plain_titles,
    same_body,
    same_title,
    tail_counts,
    title_blocks,
    title_key,
    title_words,
    words_of_plain,
)
from newslint.engine import Linter
from newslint.source import Source
from stories import MILL, QUAY

CHOIR = (
    "Singers from the valley will perform in the cathedral at Easter, the first time that the children's choir has been "
    "asked. They have been rehearsing in a barn since the new year, under Ivo Sand."
)


def articles(text: str, path: str = "a.txt") -> list[Article]:
    _, items = Linter().read(Source(text, path))
    assert items is not None
    return [item for item in items if isinstance(item, Article)]


def facts(text: str, path: str = "a.txt") -> Facts:
    (article,) = articles(text, path)
    return facts_of(article)


def titled(title: str, date: str = "") -> Facts:
    return Facts(title=title, headline=(0, len(title)), date=day_of(date))


def found(folder: Path, **options: object) -> list[newslint.Finding]:
    return list(newslint.lint_paths([folder], select=["DUP"], **options))  # type: ignore[arg-type]


# ---------------------------------------------------------------------- facts


@given(
    st.text(max_size=300).map(lambda text: text.replace("\r", " ")),
    st.lists(st.text(max_size=400), max_size=6),
)
def test_facts_survive_being_packed(title: str, paragraphs: list[str]) -> None:
    for article in articles("\n\n".join((title, *paragraphs))):
        made = facts_of(article)
        packed = made.pack()
        assert unpack(packed) == made
        assert title_in(packed) == (made.title, made.headline, made.date)
        assert title_bytes(packed).decode("utf-8", "surrogatepass") == made.title
        assert sketch_in(packed) == (made.sketch, made.level)
        assert told_in(packed) == made.told()


def test_facts_of_a_long_article_take_a_kilobyte() -> None:
    paragraphs = [
        f"Paragraph {n} of {n * 7919} says what {n * 31} others have said of word{n} and of word{n + 1}."
        for n in range(3000)
    ]
    made = facts("A title of some length with a name or two in it\n\n" + "\n\n".join(paragraphs))
    assert len(made.pack()) <= 1024
    assert made.words > 40_000


def test_facts_of_another_version_are_refused() -> None:
    packed = facts(f"Quay closed\n\n{QUAY}\n").pack()
    for spoilt in (b"", b"\0" + packed[1:], packed[:1] + b"\xfe" + packed[2:], packed[:60]):
        with pytest.raises(ValueError, match="facts"):
            unpack(spoilt)


def test_facts_are_the_same_in_every_process() -> None:
    code = (
        "import sys; from newslint.engine import Linter; from newslint.source import Source;"
        "from newslint.corpus.facts import facts_of;"
        "_, items = Linter().read(Source(sys.argv[1], 'a.txt'));"
        "print(facts_of(next(items)).pack().hex())"
    )
    text = f"Cracks in the quay – 5 cm wide\n\n{QUAY}\n\n{MILL}\n"
    made = {
        subprocess.run(
            [sys.executable, "-c", code, text],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("0", "1", "2")
    }
    assert made == {facts(text).pack().hex()}


@pytest.mark.parametrize("words", [60, 400, 3000, 40_000])
def test_a_longer_text_samples_what_its_part_samples(words: int) -> None:
    part = " ".join(f"word{n * 7919 % 10_007:x}{n}" for n in range(words))
    short = facts(f"Quay\n\n{part}.\n")
    long = facts(f"Quay\n\n{QUAY}\n\n{part}.\n\n{' '.join(reversed(part.split()))}.\n")
    assert long.level > short.level or words == 60
    kept = of_level(short.sketch, long.level)
    assert kept
    assert kept <= {*long.sketch}
    assert all(key < 1 << 48 - long.level for key in long.sketch)
    assert len({*long.sketch}) == len(long.sketch)


def test_a_sign_between_blocks_that_is_in_the_text_hides_no_words() -> None:
    made = facts(f"Quay\n\n{QUAY[:40]}\x01{QUAY[40:]}\n\n{MILL}\n")
    assert [each.line for each in made.paragraphs] == [3, 5]
    assert made.paragraphs[1].key == facts(f"Quay\n\n{MILL}\n").paragraphs[0].key


def test_figures_of_any_script_and_the_words_around_them() -> None:
    for text in (
        "Мост закрыли в 1987 году по причине",
        "The bridge was closed in 1987 by the board",
    ):
        one, two = facts(f"Quay\n\n{text}.\n"), facts(f"Quay\n\n{text.replace('7', '8')}.\n")
        assert [each.around for each in one.numbers] == [each.around for each in two.numbers]
        assert [each.value for each in one.numbers] != [each.value for each in two.numbers]


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2024-03-01", 738946),
        ("2024-02-29T23:10:00+01:00", 738945),
        ("20240301", 738946),
        ("1709251200", 738946),
        ("1709251200000", 738946),
        ("1 March 2024", 0),
        ("2024-13-01", 0),
        ("", 0),
    ],
)
def test_dates(date: str, day: int) -> None:
    assert day_of(date) == day


# ---------------------------------------------------------------------- titles

SAME = [
    ("Five hurt as tram leaves the rails", "5 hurt as tram leaves the rails"),
    ("Court clears ‘quay fraud’ minister", 'Court Clears "Quay Fraud" Minister'),
    ("LIVE: Court clears the minister again", "Court clears the minister again"),
    ("UPDATE 2-Court clears the minister", "Court clears the minister"),
    ("Court clears the minister (Reuters)", "Court clears the minister"),
    ("U.S. and U.K. sign pact on quays", "US and UK sign pact on quays"),
    ("Prices rise 28% in a year", "Prices rise 28 percent in a year"),
    ("Mill burns all night | Mill burns all night", "Mill burns all night"),
    ("Rates at 1,200 a month now", "Rates at 1200 a month now"),
    ("Überfall auf Café in Tarn", "überfall auf café in tarn"),
]
NEAR = [
    ("Council votes to keep the school", "Council votes to keep school"),
    ("Council votes to keep the cathedral open", "Council votes to keep the cathderal open"),
    ("Council votes to keep the last ferry running", "Council votes to keep ..."),
]
OTHER = [
    ("15 hurt as tram leaves the rails", "5 hurt as tram leaves the rails"),
    ("Tarn beat Halden 2-1 in the cup", "Tarn beat Halden 21 in the cup"),
    ("Rates rise to 1.5 points", "Rates rise to 15 points"),
    ("Halden beat Tarn in the cup", "Tarn beat Halden in the cup"),
    ("Court clears the minister", "Court does not clear the minister"),
    ("Forecast for Monday: rain in Tarn", "Forecast for Tuesday: rain in Tarn"),
    ("Stocks close up after a calm day", "Stocks close down after a calm day"),
    ("Man held over stabbing in Tarn", "Man held over stabbing in Halden"),
    ("Opinion | The quay is ours", "Opinion | The mill is ours"),
    ("Boeing to cut jobs in Tarn", "Boeing to create jobs in Tarn"),
    ("First man on the tower", "Second man on the tower"),
    ("Новости дня: мост открыт", "Новости дня: мост закрыт"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_titles_that_differ_in_form(one: str, two: str) -> None:
    verdict = same_title(titled(one), titled(two))
    assert verdict is not None
    assert verdict.kind == "same"
    assert title_key(titled(one)) == title_key(titled(two))


@pytest.mark.parametrize(("one", "two"), NEAR)
def test_titles_that_differ_little(one: str, two: str) -> None:
    for first, second in ((one, two), (two, one)):
        verdict = same_title(titled(first), titled(second))
        assert verdict is not None
        assert verdict.kind == "near"


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_titles_of_two_stories(one: str, two: str) -> None:
    assert same_title(titled(one), titled(two)) is None
    assert same_title(titled(two), titled(one)) is None


def test_what_one_title_adds_counts_within_two_days() -> None:
    one, two = "Divers find cracks in the quay", "Divers find cracks in the quay, board closes it"
    assert same_title(titled(one, "2024-03-01"), titled(two, "2024-03-03")) is not None
    assert same_title(titled(one, "2024-03-01"), titled(two, "2024-03-04")) is None
    assert same_title(titled(one), titled(two)) is None


WORDS = "Two 2 5 6.5 men man the of harbour harbor Harbours closes closed quay Merrow no again police say reports six".split()
TITLES = st.lists(
    st.lists(
        st.sampled_from([*WORDS, "LIVE:", "|", "-", "‘quay’", "“Merrow”", "closes...", "Tarn Post"])
        | st.sampled_from(WORDS),
        max_size=10,
    ).map(" ".join),
    max_size=12,
)


@given(TITLES)
def test_titles_are_read_alike_one_by_one_and_all_at_once(titles: list[str]) -> None:
    for given_titles in (titles, [*titles, "a sign \x01 of its own"]):
        read = plain_titles([title.encode() for title in given_titles])
        for place, words, plain in zip(read.places, read.words, read.plain, strict=True):
            title = given_titles[place]
            assert words_of_plain(words, plain) == title_words(Titled(title, (0, len(title))))
            assert words


AROUND = st.lists(
    st.sampled_from(
        [
            *WORDS,
            "Tarn Post",
            "tarn.example.com",
            "Brook",
            "AFP:",
            "LIVE:",
            "A Review:",
            "|",
            "-",
            "–",
            ":",
            "/",
            "©",
            "::",
        ]
    ),
    min_size=1,
    max_size=10,
).map(" ".join)


@given(
    AROUND,
    st.sampled_from(["", "\n\nBrook said so. Brook left.", "\n\n© 2024 Tarn Post"]),
    st.booleans(),
)
def test_a_headline_is_that_of_the_article_however_late_it_is_told(
    title: str, body: str, has_site: bool
) -> None:
    text = title + body
    blocks = [Block("title", 0, len(title))]
    if body:
        blocks.append(Block("paragraph", len(title) + 2, len(text)))
    fields = {"site": "Quay"} if has_site else {}
    article = Article(Source(text), text, blocks, fields=fields)
    low, high = article.titles[0].headline
    assert headline_of(facts_of(article)) == (low, high)


@given(TITLES, st.integers(0, 20))
def test_titles_that_are_nearly_the_same_are_found_without_comparing_all(
    titles: list[str], at: int
) -> None:
    if titles:  # one of them with a word more, so that there is something to be found
        words = titles[at % len(titles)].split()
        place = at % (len(words) + 1)
        titles = [*titles, " ".join([*words[:place], "the", *words[place:]])]
    corpus = Corpus()
    known = [titled(title) for title in titles]
    for number, each in enumerate(known):
        corpus.add("a.jsonl", f"{number}", each.pack())
    keys = [set(title_blocks(each, corpus.tails)) for each in known]
    same: dict[bytes, list[int]] = {}
    for number, each in enumerate(known):
        if keys[number]:
            same.setdefault(title_key(each, corpus.tails), []).append(number)
    near = {
        (one, two)
        for one, two in combinations(sorted(group[0] for group in same.values()), 2)
        if not all(key & 1 for key in keys[one] & keys[two])
        and same_title(known[one], known[two], corpus.tails)
    }
    assert corpus.same_titles == {each[0]: each for each in same.values() if len(each) > 1}
    assert near <= {*corpus.near_titles}
    corpus.close()


def test_names_of_sites_are_learned_from_five_titles_and_counts_can_be_merged() -> None:
    names = [f"{word} in the valley today — Seven Quays" for word in "ABCDE"]
    titles = [titled(name) for name in names]
    assert not known_tails(tail_counts(names[:4]))
    tails = known_tails(merged(tail_counts(names[:3]), tail_counts(names[2:])))
    assert tails == known_tails(tail_counts(names))
    bare = titled("A in the valley today")
    assert same_title(titles[0], bare) is None
    verdict = same_title(titles[0], bare, tails)
    assert verdict is not None
    assert verdict.kind == "same"


def test_one_headline_with_many_tails_teaches_nothing() -> None:
    assert not known_tails(tail_counts(["Election results tonight - Tarn"] * 9))


# ---------------------------------------------------------------------- bodies


def test_a_trimmed_copy_and_which_it_is() -> None:
    whole = facts(f"Quay\n\n{QUAY}\n\n{MILL}\n\n{CHOIR}\n")
    trimmed = facts(f"Quay\n\n{QUAY}\n")
    verdict = same_body(whole, trimmed)
    assert verdict is not None
    assert (verdict.kind, verdict.shorter, verdict.paragraphs) == ("trimmed copy", 1, 1)
    verdict = same_body(trimmed, whole)
    assert verdict is not None
    assert verdict.shorter == 0


def test_what_many_articles_have_makes_no_copy() -> None:
    lead = "The film knocked the thriller from the top spot at the box office."
    one = facts(f"Film\n\n{lead}\n\n{QUAY}\n")
    two = facts(f"Mill\n\n{MILL}\n\n{QUAY}\n")
    assert same_body(one, two) is not None
    common = set(one.sketch) & set(two.sketch)
    assert same_body(one, two, dict.fromkeys(common, 400)) is None


def test_scripts_without_spaces() -> None:
    text = "港の理事会は金曜日、潜水士が二本の柱にひびを見つけた後、北埠頭を閉鎖した。島への船は修理が終わるまで石炭桟橋から出る。"
    one, two = facts(f"埠頭\n\n{text}\n"), facts(f"北埠頭閉鎖\n\n{text}\n")
    assert same_body(one, two) is not None
    assert same_body(one, facts(f"埠頭\n\n{text[::-1]}\n")) is None


# ---------------------------------------------------------------------- a corpus


def corpus_of(texts: Iterable[str]) -> Corpus:
    corpus = Corpus()
    for number, text in enumerate(texts):
        corpus.add("a.jsonl", str(number), facts(text).pack())
    return corpus


def many_texts() -> list[str]:
    """Articles of which some have the same title or copy, or nearly."""
    return [
        f"{QUAY.split()[n % 4]} story of the {'valleys' if n > 30 else 'valley'} and its towns{' | Tarn Post' * (n % 7 == 0)}\n\n"
        f"{(QUAY, MILL, CHOIR)[n % 3]} {n // 6} {MILL[n : 90 + n]}\n"
        + "\nWrite to the desk if you would like to have our letter to members, too.\n"
        * (n % 5 == 0)
        for n in range(60)
    ]


@pytest.fixture
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Next to nothing is held in memory."""
    monkeypatch.setattr(kept, "BYTES_HELD", 2_000)
    monkeypatch.setattr(kept, "KEYS_HELD", 70)
    monkeypatch.setattr(kept, "KEYS_AT_ONCE", 3)


def compared(texts: Iterable[str]) -> tuple[object, ...]:
    corpus = corpus_of(texts)
    paragraphs = sorted(map(repr, corpus.shared_paragraphs(2)))
    found = corpus.tails, corpus.same_titles, corpus.near_titles, corpus.copies, paragraphs
    found += (corpus.name(), corpus.name(b"other"))
    corpus.close()
    return found


def test_the_result_does_not_depend_on_how_many_keys_are_grouped_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = compared(many_texts())
    assert all(expected)
    assert expected[-1] != expected[-2] != compared(many_texts()[:-1])[-2]
    monkeypatch.setattr(kept, "KEYS_AT_ONCE", 50)
    assert compared(many_texts()) == expected


def test_the_result_does_not_depend_on_what_is_in_memory(request: pytest.FixtureRequest) -> None:
    expected = compared(many_texts())
    request.getfixturevalue("little_room")
    assert compared(many_texts()) == expected


@pytest.mark.usefixtures("little_room")
def test_where_no_file_can_be_written_all_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    with_files = compared(many_texts())
    monkeypatch.setattr(tempfile, "tempdir", "no-such-folder")
    assert compared(many_texts()) == with_files


_WITH_LITTLE_ROOM = """
import json, resource, sys
from newslint.corpus import kept
from newslint.cli import main
kept.BYTES_HELD, kept.KEYS_HELD = 2_000, 70
if sys.argv.pop(1) == "full":
    # What is written beyond fails, as on a full disk, in the middle of what is put aside.
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of files are those of POSIX")
def test_a_temporary_folder_that_is_full_changes_nothing(tmp_path: Path) -> None:
    records = [
        {"id": f"{n}", "title": title, "text": body}
        for n, text in enumerate(many_texts())
        for title, _, body in [text.partition("\n\n")]
    ]
    article = tmp_path / "a.jsonl"
    article.write_text("".join(json.dumps(each) + "\n" for each in records), "utf-8")

    options = ("-q", "--no-cache", "--select=DUP", "--fail-on=warning", "--output-format=concise")

    def run(room: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-c", _WITH_LITTLE_ROOM, room, *options, "a.jsonl"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env={**os.environ, "NEWSLINT_CACHE_DIR": str(tmp_path / "cache")},
        )
        assert not done.stderr
        return done.returncode, done.stdout

    run("enough")  # what it leaves in the cache need not be written again
    status, shown = run("enough")
    assert status == 1
    assert "duplicate-title" in shown
    assert "near-duplicate-article" in shown
    assert run("full") == (status, shown)


@pytest.mark.skipif(sys.platform == "win32", reason="a process that is killed so is one of POSIX")
def test_a_run_that_is_killed_leaves_no_temporary_file(tmp_path: Path) -> None:
    code = (
        "import os, signal; from newslint.corpus import kept; kept.BYTES_HELD = kept.KEYS_HELD = 0;"
        "rows = kept.Rows(); keys = kept.Keys();"
        "[(rows.add((b'x' * 100,)), keys.add(n, [n])) for n in range(100)];"
        "print(len([*os.scandir('/proc/self/fd')]) if os.path.exists('/proc/self/fd') else 9, flush=True);"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert done.returncode == -9, done.stderr
    assert int(done.stdout) > 5  # standard streams, the folder, and two files
    assert not [*tmp_path.iterdir()]


@given(
    st.lists(st.lists(st.integers(-(1 << 63), (1 << 63) - 1) | st.integers(0, 5), max_size=6)),
    st.sets(st.integers(0, 99)),
    st.integers(0, 20),
)
def test_keys_are_grouped_wherever_they_are(
    members: list[list[int]], without: set[int], held: int
) -> None:
    left_out = bytearray(number in without for number in range(len(members)))
    expected: dict[int, list[int]] = {}
    for number, keys in enumerate(members):
        for key in {*keys} if number not in without else ():
            expected.setdefault(key, []).append(number)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "KEYS_HELD", held)
        patch.setattr(kept, "KEYS_AT_ONCE", held)
        some, all_of_them, others = kept.Keys(), kept.Keys(shift=0), kept.Keys()
        for number, keys in enumerate(members):
            some.add(number, keys)
            all_of_them.add(number, [*{*keys}])
            others.add(number, keys)
        found = [*some.groups(left_out)]
        sharing = {*all_of_them.sharing()}
        sharing_others = {*others.sharing(left_out)}
    assert dict(found) == {key: each for key, each in expected.items() if len(each) > 1}
    assert len({key for key, _ in found}) == len(found)
    times = Counter(key for keys in members for key in {*keys})
    assert sharing == {n for n, keys in enumerate(members) if any(times[key] > 1 for key in keys)}
    assert sharing_others == {
        number for each in expected.values() if len(each) > 1 for number in each
    }


@given(st.lists(st.tuples(st.binary(), st.text()), max_size=100), st.integers(0, 300))
def test_rows_are_read_wherever_they_are(rows: list[tuple[bytes, str]], held: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "BYTES_HELD", held)
        own = kept.Rows()
        for number, row in enumerate(rows):
            own.add(row)
            assert own[number] == row
        assert [*own] == rows
        assert [own[number] for number in reversed(range(len(own)))] == rows[::-1]
        for number in (-1, len(rows)):
            with pytest.raises(IndexError):
                own[number]
        own.close()


def test_memory_does_not_grow_with_the_number_of_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "BYTES_HELD", 20_000)
    monkeypatch.setattr(kept, "KEYS_HELD", 2_000)
    monkeypatch.setattr(kept, "KEYS_AT_ONCE", 200)

    def peak(count: int) -> int:
        corpus = Corpus()
        for number in range(count):
            title = " ".join(
                f"w{(number * 7919 + place) * 104729 % 1_000_003}" for place in range(7)
            )
            corpus.add("a.jsonl", f"{number}", titled(title).pack())
        tracemalloc.start()
        try:
            assert not corpus.same_titles
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            corpus.close()

    peak(500)  # what is made once
    assert peak(6_000) < 1.2 * peak(1_500)


def test_findings_of_one_file_come_in_their_order_whatever_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newslint import across

    with open(tmp_path / "a.jsonl", "w", encoding="utf-8") as handle:
        for number, text in enumerate(many_texts()):
            title, _, body = text.partition("\n\n")
            print(json.dumps({"id": str(number), "title": title, "text": body}), file=handle)
    expected = found(tmp_path)
    starts = [each.start for each in expected if each.code in ("DUP201", "DUP202")]
    assert starts == sorted(starts)
    assert len(starts) > 40
    monkeypatch.setattr(across, "FINDINGS_HELD", 7)
    monkeypatch.setattr(kept, "BYTES_HELD", 100)
    assert found(tmp_path) == expected


def test_hundreds_of_copies_stay_together_and_name_a_bounded_number(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        "".join(
            json.dumps({"id": str(n), "title": "Quay closed for repairs", "text": QUAY}) + "\n"
            for n in range(300)
        ),
        "utf-8",
    )
    results = found(path)
    copies = {each.part for each in results if each.name == "near-duplicate-article"}
    titles = [each for each in results if each.name == "duplicate-title"]
    assert len(copies) == len(titles) == 299
    assert max(len(each.related) for each in results) <= 50


# ---------------------------------------------------------------------- a run


def write(folder: Path, **texts: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")


def test_partners_are_named_the_most_alike_first(tmp_path: Path) -> None:
    changed = f"{QUAY} {CHOIR}".replace("coal pier", "old coal pier near the town")
    write(
        tmp_path,
        a=f"Quay\n\n{QUAY} {CHOIR} {MILL[:60]}.\n",
        b=f"Pillars\n\n{changed}\n",
        c=f"Cracks\n\n{QUAY} {CHOIR}\n",
        d=f"Choir\n\n{MILL}\n",
    )
    last = next(each for each in found(tmp_path) if each.path.endswith("c.txt"))
    assert last.name == "near-duplicate-article"
    assert [Path(each.path).name for each in last.related] == ["a.txt", "b.txt"]
    assert (last.related[0].line, last.related[0].column) == (1, 1)


def test_titles_are_compared_by_default_and_bodies_if_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, a=f"Quay closed again\n\n{QUAY}\n", b=f"QUAY CLOSED AGAIN\n\n{QUAY}\n")
    assert main([".", "--output-format=concise"]) == 0
    out = capsys.readouterr().out
    assert "b.txt:1:1: DUP201" in out
    assert "DUP202" not in out
    assert main([".", "--select=DUP", "--output-format=concise"]) == 0
    assert "b.txt:1:1: DUP202" in capsys.readouterr().out
    assert main([".", "--ignore=DUP201", "--fail-on=warning"]) == 0
    assert main([".", "--fail-on=warning"]) == 1
    (tmp_path / "newslint.toml").write_text('fail-on = "warning"\nignore = ["DUP201"]\n', "utf-8")
    assert main(["."]) == 0
    (tmp_path / "newslint.toml").write_text('corpus = ["."]\nignore = ["DUP201"]\n', "utf-8")
    capsys.readouterr()
    assert main([".", "--output-format=concise"]) == 0
    assert "b.txt:1:1: DUP202" in capsys.readouterr().out


def test_more_findings_than_should_be_held_are_not_kept_for_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from newslint import across

    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(across, "FINDINGS_HELD", 7)
    monkeypatch.setattr(across, "WORTH_KEEPING", 1)
    for number in range(20):
        title = f"{chr(97 + number // 2) * 5} story of the quay and of its town"
        (tmp_path / f"{number}.txt").write_text(f"{title}\n\n{QUAY}\n", "utf-8")
    shown = []
    for _ in range(2):
        main([str(tmp_path), "--isolated", "--select=DUP201", "--output-format=concise"])
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]
    assert shown[0].count("DUP201") > 7
    assert not [*(tmp_path / "cache").glob("compared-*")]


def test_a_replayed_run_finds_the_same_and_one_file_alone_spoils_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path / "cache"))
    write(tmp_path / "a", a=f"Quay closed again\n\n{QUAY}\n", b=f"Quay closed again\n\n{MILL}\n")
    main(["a/a.txt"])
    main(["a/b.txt"])
    capsys.readouterr()
    main(["a"])
    first = capsys.readouterr().out
    assert "DUP201" in first
    main(["a"])
    assert capsys.readouterr().out == first
    main(["a", "--no-cache", "-j1"])
    assert capsys.readouterr().out == first


def test_many_articles_are_compared_again_only_if_something_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., tuple[int, str]]
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(cache))
    names = {f"n{number}": f"The ferry number {number} sails\n" for number in range(WORTH_KEEPING)}
    write(tmp_path / "a", **names, one="Quay closed again\n", two="QUAY CLOSED AGAIN\n")
    first = run("a")
    assert "another article has the same title" in first[1]
    with monkeypatch.context() as patch:
        patch.delattr(Corpus, "same_titles")  # nobody asks for them
        assert run("a") == first
    (kept,) = cache.glob("compared-*")
    for broken in (b"", b"nothing", marshal.dumps((1, 2)), marshal.dumps((("a", 0, ((1,),)),))):
        kept.write_bytes(broken)
        assert run("a") == first
        assert run("a", "--no-cache") == first
    (tmp_path / "newslint.toml").write_text('rules.duplicate-title.severity = "error"\n', "utf-8")
    assert "DUP201 [duplicate-title] error" in run("a")[1]
    (tmp_path / "newslint-suppressions.toml").write_text(
        '[[suppress]]\npath = "/a/two.txt"\ncode = "DUP201"\n', "utf-8"
    )
    assert "1 finding" in run("a")[1].partition("Suppressed ")[2]
    (tmp_path / "newslint-suppressions.toml").unlink()
    (tmp_path / "a" / "two.txt").write_text("Quay open again\n", "utf-8")
    assert "DUP201" not in run("a")[1]


def test_an_article_can_say_that_it_is_meant(tmp_path: Path) -> None:
    header = "---\ntitle: Quay closed again\nnewslint:\n  disable: [DUP201, DUP202]\n---\n\n"
    for name in "ab":
        (tmp_path / f"{name}.md").write_text(f"{header}{QUAY}\n", "utf-8")
    assert found(tmp_path) == []


def test_settings_of_a_file_hold_for_what_is_found_by_comparing(tmp_path: Path) -> None:
    write(tmp_path, a=f"Quay closed again\n\n{QUAY}\n", b=f"Quay closed again\n\n{MILL}\n")
    config = Config(root=str(tmp_path), severity={"duplicate-title": "error"})
    (finding,) = found(tmp_path, config=config)
    assert finding.severity == "error"


def test_archives_and_tables_are_compared_too(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.txt", f"Quay closed again\n\n{QUAY}\n")
        archive.writestr("two.txt", f"Quay closed again\n\n{MILL}\n")
    (tmp_path / "b.csv").write_text(f'title,text\nQuay closed again,"{CHOIR}"\n', "utf-8")
    assert [Path(each.path).name for each in found(tmp_path)] == ["a.zip!two.txt", "b.csv"]


def test_a_corpus_rule_that_stops_is_named(tmp_path: Path) -> None:
    from newslint.across import Comparison
    from newslint.rules import Case, corpus_rule

    @corpus_rule("DUP901", "broken-rule", bad=[Case("a")], good=[Case("b")])
    def broken(corpus: Corpus) -> Iterable[object]:  # type: ignore[arg-type]
        """It breaks."""
        raise RuntimeError("no reason")

    write(tmp_path, a=f"Quay\n\n{QUAY}\n", b=f"Mill\n\n{MILL}\n")
    linter = Linter(Config(select=("DUP901",)), rules=(broken,))
    comparison = Comparison(lambda path: linter)
    read = [linter.check_path(str(tmp_path / name)) for name in ("a.txt", "b.txt")]
    (result,) = [*comparison.watch(read), *comparison.results()][2:]
    assert result.failed
    assert (
        result.findings[0].message == "rule DUP901 broken-rule stopped with RuntimeError: no reason"
    )


def test_one_file_loads_nothing_to_compare_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Quay\n\n{QUAY}\n", "utf-8")
    code = (
        "import sys; from newslint.cli import main; main(['a.txt']);"
        "print([name for name in sys.modules if name.startswith(('newslint.corpus', 'newslint.across', 'sqlite3'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
