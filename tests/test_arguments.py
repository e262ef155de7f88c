"""Command lines, read without `argparse` and with it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.arguments import CHECK, NUMBERS, Option, checked, parser, plain

VALUE = st.text("ab=./,", min_size=1, max_size=4)


def words(option: Option) -> st.SearchStrategy[list[str]]:
    """Ways to write an option on a command line."""
    name = st.sampled_from(option.names)
    if option.kind == "switch":
        return name.map(lambda each: [each])
    value = st.sampled_from(option.choices) if option.choices else VALUE
    if option.key in NUMBERS:
        value = st.integers(0, 99).map(str)
    apart = st.tuples(name, value).map(list)
    return apart | value.map(lambda each: [f"{option.names[0]}={each}"])


WORDS = st.lists(
    st.one_of(*map(words, CHECK), VALUE.map(lambda path: [path]), st.just(["-"])), max_size=6
).map(lambda parts: [word for part in parts for word in part])


def by_argparse(words: list[str]) -> SimpleNamespace:
    own = parser("check")
    own.add_argument("paths", nargs="*")
    return own.parse_intermixed_args(words, SimpleNamespace())


@given(WORDS)
def test_plain_command_lines_mean_what_argparse_takes_them_for(words: list[str]) -> None:
    found = plain(words, CHECK)
    assert found is not None
    assert vars(found) == vars(by_argparse(words))


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--jobs", "many"],
        ["--jobs"],
        ["-qj2"],
        ["--color", "blue"],
        ["--quiet=yes"],
        ["--selec", "ALL"],
        ["--select", "-q"],
        ["--max-warnings", "-1"],
    ],
)
def test_all_else_is_left_to_argparse(words: list[str]) -> None:
    assert plain(words, CHECK) is None


def test_what_stands_behind_two_dashes_is_a_path() -> None:
    assert checked(["a", "--", "-q", "--"]).paths == ["a", "-q", "--"]
    assert checked(["-qj2", "a", "--", "-q"]).paths == ["a", "-q"]
    assert checked(["-qj2"]).jobs == 2
