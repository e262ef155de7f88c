"""Headers of Markdown files: every value as written, at its place, or a fault that says what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.frontmatter import _by_library, _flat, header


def values(text: str) -> dict[str, str]:
    found = header(text)
    assert found is not None
    assert found.faults == []
    return {".".join(field.keys): field.value for field in found.fields}


def test_long_values_and_brackets_in_them_are_no_nesting() -> None:
    said = "The ferry [" + "sails again after a storm of three days, " * 4 + "]" + "[" * 60
    assert values(f'---\ntags: [a]\ndescription: "{said}"\n---\n')["description"] == said


def test_nesting_is_found_between_quotation_marks_that_are_none() -> None:
    found = header('---\na: [a"b, ' + "[" * 60 + ' "x"]\n---\n')
    assert found is not None
    assert "deeper" in found.faults[0].message


def test_yaml_values_are_followed_through_quotes_folds_and_escapes() -> None:
    text = (
        "---\nplain: It is\n  one line\nsingle: 'It''s here'\ndouble: \"Caf\\u00e9 \\\"A\\\"\"\n"
        "folded: >\n  One\n  two\nlist: [a, b]\nnested:\n  key: deep\n---\n"
    )
    found = header(text)
    assert found is not None
    shown = {
        ".".join(f.keys): "".join(piece[0] for piece in f.pieces).strip() for f in found.fields
    }
    assert shown["plain"] == "It is one line"
    assert shown["single"] == "It's here"
    assert shown["double"] == 'Café "A"'
    assert shown["folded"] == "One two"
    assert (shown["list.0"], shown["nested.key"]) == ("a", "deep")
    for field in found.fields:
        for piece, start, end in field.pieces:
            if len(piece) == end - start and piece.isalpha():
                assert text[start:end] == piece


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "block", ["|\n  One\n  two", ">-\n  One\n\n  two\n", "|2\n\n    One\n   two", "> # why\n  One\n    two"]
)  # fmt: skip
def test_every_word_of_a_block_of_yaml_has_its_place(block: str, end: str) -> None:
    text = f"---\ndeck: {block}\ntitle: Rain\n---\n".replace("\n", end)
    found = header(text)
    assert found is not None
    words = [(piece, text[a:b]) for piece, a, b in found.fields[0].pieces if piece.strip()]
    assert words == [("One", "One"), ("two", "two")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "+++\ntitle = \"Rain\"\n[extra]\ndeck = 'Wet'\n+++\n",
            {"title": "Rain", "extra.deck": "Wet"},
        ),
        (';;;\n{"title": "Rain"}\n;;;\n', {"title": "Rain"}),
        ('{"title": "Rain", "n": 1.50}\n\nCopy.', {"title": "Rain", "n": "1.50"}),
    ],
)
def test_other_headers(text: str, expected: dict[str, str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text", ["Copy.\n", "---\n\nA rule above.\n", "{curly} copy\n", "", "--- a\n"]
)
def test_no_header(text: str) -> None:
    assert header(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("---\ntitle: a: b\n---\n", "quotes"),
        ("---\ntitle: Rain\n", "without an end"),
        ("---\n\ttitle: Rain\n---\n", "indent with spaces"),
        ("---\ntitle: Rain\ntitle: Sun\n---\n", "second time"),
        ("---\n" + "[" * 60 + "\n---\n", "deeper"),
        ("+++\ntitle = Rain\n+++\n", "not TOML"),
        (';;;\n{"title": }\n;;;\n', "not JSON"),
    ],
)
def test_faults_say_what_to_do(text: str, words: str) -> None:
    found = header(text)
    assert found is not None
    (fault,) = found.faults
    assert words in fault.message
    assert 0 <= fault.start < fault.end <= len(text)


@given(st.text(st.sampled_from(list("a: '\"[]{}-&*>|\n\\#")), max_size=50))
def test_any_yaml_gives_places_inside_the_text(body: str) -> None:
    text = f"---\n{body}\n---\nCopy.\n"
    found = header(text)
    if found is None:
        return
    for field in found.fields:
        for _, start, end in field.pieces:
            assert 0 <= start <= end <= len(text)
    for fault in found.faults:
        assert 0 <= fault.start < fault.end <= len(text)


HEADER_BITS = st.sampled_from(
    [
        *"ab: '\"[]{}-&*>|\\#~,.!?%@`=“é\u00a0\t\x85\u200b\n",
        "null",
        "\nb: ",
        "\nc: ",
        "\r\n",
        "yes",
        "12:30",
        " #",
    ]
)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.lists(HEADER_BITS, max_size=4)), max_size=4))
def test_a_header_of_one_line_values_is_read_as_the_library_reads_it(
    lines: list[tuple[str, list[str]]],
) -> None:
    body = "".join(f"{key}: {''.join(bits)}\n" for key, bits in lines)
    text = f"---\n{body}---\n"
    plainly = _flat(4, body)
    if plainly is not None:
        assert (plainly, []) == _by_library(text, 4, body)
