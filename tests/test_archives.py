"""Archives as folders: which members are checked, by what name, and what an archive may not do."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import archives
from newslint.cli import main
from newslint.config import Config, Override
from newslint.engine import Linter

BAD = "Also read: Five things to know\n"


def zipped(members: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(members: dict[str, bytes | str], mode: str = "w:gz") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, text in members.items():
            data = text.encode("utf-8") if isinstance(text, str) else text
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return file.getvalue()


MEMBERS: dict[str, bytes | str] = {
    "desk/rain.txt": BAD,
    "desk/rain.md.gz": gzip.compress(BAD.encode()),
    "photo.jpg": b"\xff\xd8",
    "desk/.hidden.md": BAD,
    "__MACOSX/desk/._rain.txt": BAD,
    "node_modules/a/readme.md": BAD,
    "inner.zip": zipped({"a.txt": BAD}),
    "pom.xml": "<project/>",
    "../../up.txt": BAD,
    "wire.jsonl": '{"id": 1, "text": "Also read: Five things to know"}\n{"id": 2, "te\n',
}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(MEMBERS)),
        ("a.ZIP", zipped(MEMBERS, zipfile.ZIP_LZMA)),
        ("a.tar.gz", tarred(MEMBERS)),
        ("a.tgz", tarred(MEMBERS)),
        ("a.tar", tarred(MEMBERS, "w")),
        ("a.tar.xz", tarred(MEMBERS, "w:xz")),
        ("a.tbz2", tarred(MEMBERS, "w:bz2")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_members_are_checked_as_in_a_folder(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    result = Linter(Config(root=str(tmp_path))).check_path(str(path))
    found = {(each.path.removeprefix(f"{path}!"), each.part, each.code) for each in result.findings}
    assert found == {
        ("desk/rain.txt", "", "RES102"),
        ("desk/rain.md.gz", "", "RES102"),
        ("../../up.txt", "", "RES102"),
        ("wire.jsonl", "1", "RES102"),
        ("wire.jsonl", "2", "LNT001"),
    }
    assert (result.path, result.articles, result.failed) == (str(path), 4, True)
    assert dict(result.omitted) == {
        "hidden files in archives": 2,
        "excluded files in archives": 1,
        "archives in archives": 1,
        "files in archives that hold no article": 1,
    }


def test_a_folder_is_walked_into_its_archives_and_runs_are_replayed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2026.zip").write_bytes(zipped({"desk/rain.txt": BAD, "a.zip": b""}))
    monkeypatch.chdir(tmp_path)
    shown = []
    for _ in range(2):
        assert main(["check", "--output-format", "concise", "."]) == 1
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]
    assert shown[0].startswith("2026.zip!desk/rain.txt:1:1: RES102")
    assert "Left out in files: archives in archives (1)." in shown[0]


def test_patterns_take_an_archive_for_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "2026.zip"
    path.write_bytes(zipped({"desk/rain.txt": BAD, "old/rain.txt": BAD}))
    config = Config(
        root=str(tmp_path),
        extend_exclude=("2026.zip/old/",),
        overrides=(Override(files=("2026.zip/desk/*",), ignore=("RES102",)),),
    )
    result = Linter(config).check_path(str(path))
    assert not result.findings
    assert dict(result.omitted) == {"excluded files in archives": 1}
    named = Linter(Config(root=str(tmp_path), exclude=("*.zip",))).check_path(str(path))
    assert len(named.findings) == 2


def test_standard_input_may_be_an_archive(tmp_path: Path) -> None:
    result = Linter().check_bytes(zipped({"a.txt": BAD}), "upload.zip")
    assert [each.path for each in result.findings] == ["upload.zip!a.txt"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.zip", b"no archive", "no zip archive"),
        ("a.zip", zipped({"a.txt": BAD})[:-30], "no zip archive"),
        ("a.tar", b"no archive" * 200, "no tar archive"),
        ("a.tar.gz", tarred({"a.txt": BAD * 900})[:-20], "damaged or ends too early"),
        ("a.tar.gz", b"no archive", "damaged"),
    ],
)
def test_a_damaged_archive_is_a_finding(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    result = Linter().check_path(str(path))
    assert result.failed
    assert said in result.findings[-1].message


def test_a_damaged_member_is_a_finding_and_the_next_is_read() -> None:
    data = bytearray(zipped({"a.txt": BAD, "b.txt": BAD}, zipfile.ZIP_STORED))
    data[data.index(b"Also")] = ord("a")
    found = Linter().check_bytes(bytes(data), "a.zip").findings
    assert [(each.path, each.code) for each in found] == [
        ("a.zip!a.txt", "LNT001"),
        ("a.zip!b.txt", "RES102"),
    ]
    assert "Bad CRC" in found[0].message


def test_what_grows_out_of_proportion_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "FREE", 100_000)
    blank = {f"{number}.txt": " " * 90_000 for number in range(9)}
    for name, data in (("a.zip", zipped(blank)), ("a.tar.gz", tarred(blank))):
        result = Linter().check_bytes(data, name)
        assert result.failed
        assert "times its size" in result.findings[-1].message
    text = {f"{number}.txt": bytes(range(32, 127)) * 1000 for number in range(9)}
    assert not Linter().check_bytes(zipped(text, zipfile.ZIP_STORED), "a.zip").failed


def test_large_members_and_archives_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    members: dict[str, bytes | str] = {"a.txt": b"word " * 200_001, "b.txt": BAD}
    linter = Linter(Config(max_megabytes=1))
    for name, data in (("a.zip", zipped(members)), ("a.tar.gz", tarred(members))):
        found = linter.check_bytes(data, name).findings
        assert [(each.path, each.code) for each in found] == [
            (f"{name}!a.txt", "LNT001"),
            (f"{name}!b.txt", "RES102"),
        ]
        assert "raise max-megabytes" in found[0].message
    monkeypatch.setattr(archives, "MOST_MEMBERS", 1)
    found = Linter().check_bytes(zipped({"a.txt": BAD, "b.txt": BAD}), "a.zip").findings
    assert "more than 1 files" in found[-1].message


def test_names_are_shown_without_what_a_terminal_obeys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"\x1b[31mred\nline.txt": BAD}))
    assert main(["check", "--output-format", "concise", str(path)]) == 1
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert r"a.zip!\x1b[31mred\nline.txt:1:1: RES102" in shown


@settings(deadline=None)
@given(st.binary(max_size=80), st.integers(0, 300), st.sampled_from(["a.zip", "a.tar", "a.tar.gz"]))
def test_no_bytes_are_too_strange(data: bytes, at: int, name: str) -> None:
    members: dict[str, bytes | str] = {"a.txt": BAD, "b.md": BAD}
    sound = (
        zipped(members) if name == "a.zip" else tarred(members, "w" if name == "a.tar" else "w:gz")
    )
    for mixed in (data, sound[:at] + data + sound[at + len(data) :]):
        assert Linter().check_bytes(mixed, name).path == name
