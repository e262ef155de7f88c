"""The schemas and examples that the makers of formats publish, where clones of their repositories are at hand.

They are not ours to ship. To run this, clone these into one folder and name it in NEWSLINT_PUBLISHED:

    github.com/iptc/newsml-g2  github.com/iptc/newsinjson  github.com/washingtonpost/ans-schema
    github.com/reviewdog/reviewdog    github.com/gitlabhq/gitlabhq

What the tests write themselves is valid by those schemas, and every example is read: as articles, or as no article
with the reason. Nothing in them is a fault.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import test_formats as written
from newslint.engine import Linter

FOLDER = os.environ.get("NEWSLINT_PUBLISHED", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="NEWSLINT_PUBLISHED names no folder of clones")

NEWSML = Path(FOLDER, "newsml-g2")
NINJS = Path(FOLDER, "newsinjson")
ANS = Path(FOLDER, "ans-schema", "src", "main", "resources", "schema", "ans", "0.10.7")
EXAMPLES = [
    *sorted(NEWSML.glob("examples/*.xml")),
    *sorted(NINJS.glob("examples/*/*.json")),
    *sorted(NINJS.glob("documentation/includes/examples/*/*.json")),
    *sorted(ANS.parents[4].glob("tests/fixtures/schema/*/story-fixture-good*.json")),
]
# What in the examples is no article: by the root or a word of the name of the file.
OTHER = (
    "concept", "knowledge", "catalog", "planning", "event", "package", "group_set", "hop_history", "metadata",
    "facet", "photo", "audio", "video", "image", "picture", "dateline", "inlinexml", "examples", "championleague",
    "taxonomy", "not-valid", "press-conference", "news_message", "collection",
)  # fmt: skip


@pytest.mark.parametrize("path", EXAMPLES if FOLDER else [], ids=lambda path: path.name)
def test_an_example_is_read(path: Path) -> None:
    result = Linter().check_path(str(path))
    assert not [each for each in result.findings if each.code.startswith("LNT")]
    name = f"{path.parent.name}/{path.name}".lower()
    if not any(each in name for each in OTHER):
        assert result.articles == 1
    assert result.articles or result.skipped or result.omitted


@pytest.mark.parametrize(
    "write",
    [
        written.as_newsml_with_xhtml,
        written.as_newsml_with_nitf,
        written.as_newsml_with_plain_text,
        written.as_newsml_of_iptc,
    ],
)
def test_our_newsml_is_valid(write: Callable[[], written.Written]) -> None:
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(
        etree.parse(NEWSML / "tests" / "schema_versions" / "NewsML-G2_2.35-spec-All-Power.xsd")
    )
    schema.assertValid(etree.fromstring(write().data))


def test_our_nitf_is_valid() -> None:
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(NEWSML / "examples" / "nitf-3-6.xsd"))
    text = written.as_nitf().data.replace(
        b"<nitf ", b'<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" '
    )
    schema.assertValid(etree.fromstring(text))


@pytest.mark.parametrize(
    ("write", "version"),
    [(written.as_ninjs_1, "1.4"), (written.as_ninjs_2, "2.1"), (written.as_ninjs_3, "3.1")],
)
def test_our_ninjs_is_valid(write: Callable[[], written.Written], version: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((NINJS / "specification" / f"ninjs-schema_{version}.json").read_text())
    jsonschema.validate(json.loads(write().data), schema)


def test_our_ans_is_valid() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    referencing = pytest.importorskip("referencing")
    base = "https://raw.githubusercontent.com/washingtonpost/ans-schema/master/src/main/resources/schema/ans"

    def found(address: str) -> Any:
        path = ANS.parent / address.removeprefix(base).lstrip("/")
        return referencing.Resource.from_contents(json.loads(path.read_text()))

    schema = json.loads((ANS / "story.json").read_text())
    checker = jsonschema.Draft4Validator(schema, registry=referencing.Registry(retrieve=found))
    checker.validate(json.loads(written.as_ans().data))


@pytest.mark.parametrize("folder", [".", "seeds"])
def test_our_rdjson_is_valid(folder: str, root: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = Path(FOLDER, "reviewdog", "proto", "rdf", "jsonschema", "DiagnosticResult.json")
    report = (root / "tests" / "golden" / folder / "rdjson.txt").read_text("utf-8")
    checker = jsonschema.Draft4Validator(json.loads(schema.read_text()))
    checker.validate(json.loads(report))
    with pytest.raises(jsonschema.ValidationError):
        checker.validate(json.loads(report.replace('"range"', '"range": 1, "lines"')))


@pytest.mark.parametrize("folder", [".", "seeds"])
def test_our_gitlab_report_is_valid(folder: str, root: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = Path(FOLDER, "gitlabhq", "app", "validators", "json_schemas", "codeclimate.json")
    checker = jsonschema.Draft7Validator(json.loads(schema.read_text()))
    report = json.loads((root / "tests" / "golden" / folder / "gitlab.txt").read_text("utf-8"))
    assert report
    for issue in report:
        checker.validate(issue)
        assert issue["location"]["path"]
        assert issue["location"]["lines"]["begin"] >= 1
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        with pytest.raises(jsonschema.ValidationError):
            checker.validate({key: issue[key] for key in issue if key != "fingerprint"})
