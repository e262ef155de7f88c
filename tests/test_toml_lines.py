"""The lines on which the keys and elements of a TOML text stand."""

from __future__ import annotations

import tomli
from hypothesis import given
from hypothesis import strategies as st

from newslint.toml_lines import DEEPEST, key_lines, line_of

TEXT = """\
# a comment = 1
select = ["QUO", "TTL"] # line 2
ignore = [
  "RES101", # a "comment" ]
  # another [[rule]]

  "RES102",
  [ 1,
    2 ],
]
"quoted key" = 1
'it''s' = 2
"""

TABLES = """\
top = 1

[rules.long-title]
max-words = 8
"max.characters" = { a = 1, b = [
  1,
  { c = 2 },
] }

[[overrides]]
files = ["a"]
[overrides.rules.worn-word]
severity = "info"

[[overrides]]
files = [
  "b",
]
rules.x.severity = "info"
[[overrides.deep]]
a = 1
[[overrides.deep]]
a = 2
"""


def test_keys_and_elements_have_lines() -> None:
    lines = key_lines(TEXT.replace("'it''s' = 2\n", "'it \"s' = 2\n"))
    assert lines["select",] == 2
    assert lines["select", "1"] == 2
    assert [lines["ignore", str(number)] for number in range(3)] == [4, 7, 8]
    assert [lines["ignore", "2", number] for number in "01"] == [8, 9]
    assert lines["quoted key",] == 11
    assert lines['it "s',] == 12


def test_tables_and_arrays_of_tables_have_lines() -> None:
    lines = key_lines(TABLES)
    assert lines["rules", "long-title"] == lines["rules",] == 3
    assert lines["rules", "long-title", "max-words"] == 4
    value = ("rules", "long-title", "max.characters")
    assert (lines[value], lines[*value, "b", "0"], lines[*value, "b", "1", "c"]) == (5, 6, 7)
    assert lines["overrides",] == lines["overrides", "0"] == 10
    assert lines["overrides", "0", "rules", "worn-word", "severity"] == 13
    assert lines["overrides", "1", "files", "0"] == 17
    assert lines["overrides", "1", "rules"] == 19
    assert lines["overrides", "1", "deep", "1", "a"] == 23


def test_an_unknown_key_has_the_line_of_what_is_around_it() -> None:
    lines = key_lines(TABLES)
    assert line_of(lines, ("overrides", "1", "files", "7")) == 16
    assert line_of(lines, ("overrides", "9")) == 10
    assert line_of(lines, ("nothing", "at", "all")) == 1
    assert line_of({}, ()) == 1


def test_brackets_and_signs_inside_strings_are_no_structure() -> None:
    lines = key_lines(
        'a = """\n[not.a.table]\nb = 1 \\" "" """\n'
        "c = '''\n[x]\n'd'\n'''\n"
        'd = "[[e]] # \\" \'"\n'
        "e = ['#', \"\\\\\", ''] # f = 1\n"
        "g = 1979-05-27T07:32:00.5-07:00\n"
        "h = -1.5e3\n"
    )
    assert {keys[0]: line for keys, line in lines.items()} == {
        "a": 1, "c": 4, "d": 8, "e": 9, "g": 10, "h": 11
    }  # fmt: skip


def test_a_key_is_known_by_what_it_stands_for() -> None:
    lines = key_lines('"a\\u002eb" = 1\n"c:\\\\d" = 2\n"\'e\'" = 3\n\'\\n\' = 4\n"" = 5\n')
    assert lines == {("a.b",): 1, ("c:\\d",): 2, ("'e'",): 3, ("\\n",): 4, ("",): 5}


def test_windows_line_ends() -> None:
    assert key_lines("a = 1\r\n\r\nb = [\r\n1]\r\n")["b", "0"] == 4


def test_a_value_may_be_nested_deeper_than_python_may_call() -> None:
    for opening, closing in (("[", "]"), ("{ k = ", " }")):
        lines = key_lines(f"a = {opening * 5000}1{closing * 5000}\n\nb = [{opening}2{closing}]\n")
        assert lines["b",] == 3
        assert max(map(len, lines)) == DEEPEST


names = st.text(st.sampled_from("ab .\"'\\\n#[]{}=,é"), max_size=6)
values = st.recursive(
    st.one_of(st.integers(), st.booleans(), names),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


def written(text: str) -> str:
    """A string as a TOML writer would write it."""
    body = "".join(
        f"\\u{ord(c):04x}" if ord(c) < 32 else f"\\{c}" if c in '"\\' else c for c in text
    )
    return f'"{body}"'


def as_toml(value: object) -> str:
    """A value as TOML, with the line ends that it may have."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return written(value) if "'" in value or "\n" in value else f"'{value}'"
    if isinstance(value, list):
        return "[" + ", # ]\n".join(map(as_toml, value)) + "\n]"
    if isinstance(value, dict):
        pairs = (f"{written(key)} = {as_toml(each)}" for key, each in value.items())
        return "{ " + ", ".join(pairs) + " }"
    return str(value)


def paths(value: object, keys: tuple[str, ...]) -> list[tuple[str, ...]]:
    found = [keys]
    if isinstance(value, dict):
        for key, each in value.items():
            found += paths(each, (*keys, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            found += paths(each, (*keys, str(number)))
    return found


@given(st.dictionaries(names, values, max_size=4))
def test_every_key_of_any_table_is_found_in_its_own_lines(table: dict[str, object]) -> None:
    text, expected = "", {}
    for key, value in table.items():
        first = text.count("\n") + 1
        text += f"{written(key)} = {as_toml(value)}\n"
        last = text.count("\n")
        expected.update(dict.fromkeys(paths(value, (key,)), (first, last)))
    assert tomli.loads(text) == table
    lines = key_lines(text)
    assert set(lines) == set(expected)
    assert all(first <= lines[path] <= last for path, (first, last) in expected.items())
