"""The GitHub Action and the recipes for build servers: against the schemas of their servers, and run as there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from newslint import __version__

pytestmark = pytest.mark.skipif(os.name == "nt", reason="runs scripts for bash")

BAD = 'Envoys meet\n\nThe envoy spoke of a ‘malign" alliance, her office said on Monday.\n'
CLEAN = "Rain is on its way, the council said on Monday.\n"


def bash(script: str, folder: Path, more: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """A script as GitHub runs one, with nothing of this run but PATH and what pip needs."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR")
    environment = {
        key: value
        for key, value in os.environ.items()
        if key in kept or key.startswith(("PIP_", "SSL_")) or key.lower().endswith("_proxy")
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(
        command,
        cwd=folder,
        env={**environment, **more},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )


def schema_faults(schema: str, file: Path) -> str:
    """What a schema of the package `check-jsonschema` has against a file; "" for nothing."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=file.parent)
    return "" if done.returncode == 0 else done.stdout + done.stderr


# ---------------------------------------------------------------------- the action


@pytest.fixture(scope="module")
def action(root: Path) -> dict:
    return yaml.load((root / "action.yml").read_text("utf-8"), yaml.BaseLoader)


@pytest.fixture(scope="module")
def steps(action: dict) -> dict[str, dict]:
    return {step["id"]: step for step in action["runs"]["steps"]}


def test_the_action_is_what_github_wants(
    root: Path, action: dict, steps: dict[str, dict], tmp_path: Path
) -> None:
    assert schema_faults("vendor.github-actions", root / "action.yml") == ""
    broken = tmp_path / "action.yml"
    broken.write_text((root / "action.yml").read_text("utf-8").replace("runs:", "run:"), "utf-8")
    assert schema_faults("vendor.github-actions", broken) != ""
    for step in steps.values():
        # What somebody else wrote must come as a variable, never as a piece of the script.
        assert "${{" not in step.get("run", "")
        assert step.get("shell") == "bash" or re.fullmatch(r"[\w/-]+@v\d+", step["uses"])
    used = set(re.findall(r"inputs\.([\w-]+)", json.dumps(action["runs"])))
    assert used == set(action["inputs"])


class Job:
    """What GitHub gives to the steps of a job: folders, files, and outputs of steps before."""

    def __init__(self, folder: Path, root: Path, action: dict, steps: dict[str, dict]) -> None:
        self.workspace = folder / "work space"
        self.workspace.mkdir()
        self._steps = steps
        self._defaults = {name: each["default"] for name, each in action["inputs"].items()}
        self.outputs = {"python.outputs.python-path": sys.executable}
        self._files = {
            name: folder / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")
        }
        temporary = folder / "temp"
        temporary.mkdir()
        self._variables = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_ACTION_PATH": str(root),
            "RUNNER_TEMP": str(temporary),
            **{name: str(path) for name, path in self._files.items()},
        }

    def run(self, step: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        for path in self._files.values():
            path.write_text("", "utf-8")
        given = {**self._defaults, **{key.replace("_", "-"): each for key, each in inputs.items()}}

        def value(expression: re.Match[str]) -> str:
            kind, _, name = expression[1].partition(".")
            return given[name] if kind == "inputs" else self.outputs[name]

        variables = {
            key: re.sub(r"\$\{\{ ([\w.-]+) \}\}", value, written)
            for key, written in self._steps[step]["env"].items()
        }
        variables |= self._variables
        done = bash(self._steps[step]["run"], self.workspace, variables)
        for line in self._files["GITHUB_OUTPUT"].read_text("utf-8").splitlines():
            name, _, written = line.partition("=")
            self.outputs[f"{step}.outputs.{name}"] = written
        return done

    @property
    def summary(self) -> str:
        return self._files["GITHUB_STEP_SUMMARY"].read_text("utf-8")


@pytest.fixture(scope="module")
def job(
    root: Path, action: dict, steps: dict[str, dict], tmp_path_factory: pytest.TempPathFactory
) -> Job:
    """A job after the step that installs newslint from the checkout of the action."""
    made = Job(tmp_path_factory.mktemp("job"), root, action, steps)
    folder = made.workspace / "our articles"
    folder.mkdir()
    (folder / "bad one.txt").write_text(BAD, "utf-8")
    (made.workspace / "clean.txt").write_text(CLEAN, "utf-8")
    done = made.run("install")
    assert done.returncode == 0, done.stderr
    assert Path(made.outputs["install.outputs.bin"]).is_dir()
    return made


def test_the_action_annotates_and_fails(job: Job) -> None:
    done = job.run("check")
    assert done.returncode == 1
    assert job.outputs["check.outputs.status"] == "1"
    (command,) = done.stdout.splitlines()
    assert command.startswith("::error file=our articles/bad one.txt,line=3,")
    assert done.stderr == ""
    assert "| `our articles/bad one.txt:3:22` | error | `QUO101 mismatched-quotes` |" in job.summary


def test_the_action_passes_on_clean_articles(job: Job) -> None:
    done = job.run("check", paths="clean.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert job.outputs["check.outputs.status"] == "0"
    assert "1 file clean." in job.summary


def test_the_action_takes_paths_and_options_line_by_line(job: Job) -> None:
    arguments = "--report=sarif=newslint report.sarif\n\n--ignore=QUO\n"
    done = job.run("check", paths="clean.txt\nour articles/bad one.txt\n", args=arguments)
    assert (done.returncode, done.stdout) == (0, "")
    (run,) = json.loads((job.workspace / "newslint report.sarif").read_text("utf-8"))["runs"]
    assert run["results"] == []
    assert run["properties"]["summary"]["files"] == 2


def test_the_action_carries_out_nothing_that_an_input_says(job: Job) -> None:
    order = '$(touch pwned)"; touch pwned; `touch pwned` ${{ x }} *'
    done = job.run("check", paths=f"{order}\n--exit-zero", args="--no-cache")
    assert done.returncode == 2
    assert done.stdout.count("::error ") == 2  # two files of such names, which are not there
    assert not (job.workspace / "pwned").exists()
    assert job.run("check", args=f"--select={order}").returncode == 2
    assert not (job.workspace / "pwned").exists()


# ---------------------------------------------------------------------- recipes


@pytest.fixture(scope="module")
def recipes(root: Path) -> list[tuple[str, str]]:
    """The language and the text of each block of docs/ci.md."""
    document = (root / "docs" / "ci.md").read_text("utf-8")
    return re.findall(r"```(\w+)\n(.*?)```", document, re.S)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout on a build server, with newslint on PATH and where a virtual environment has it."""
    folder = tmp_path / "project"
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "bad.txt").write_text(BAD, "utf-8")
    (folder / "articles" / "clean.md").write_text(CLEAN, "utf-8")
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "newslint").symlink_to(own_newslint())
    return folder


def own_newslint() -> str:
    found = shutil.which("newslint", path=os.path.dirname(sys.executable))
    assert found is not None
    return found


def run(command: str, project: Path, **more: str) -> subprocess.CompletedProcess[str]:
    path = f"{os.path.dirname(own_newslint())}{os.pathsep}{os.environ['PATH']}"
    return bash(command, project, {"PATH": path, **more})


def test_recipes_are_for_this_version(recipes: list[tuple[str, str]]) -> None:
    versions = {each for _, text in recipes for each in re.findall(r"newslint@v([\d.]+)", text)}
    assert versions == {__version__}


def test_recipes_for_github_are_workflows(
    recipes: list[tuple[str, str]], action: dict, tmp_path: Path
) -> None:
    workflows = [text for language, text in recipes if language == "yaml" and "\njobs:" in text]
    assert len(workflows) == 3
    for number, text in enumerate(workflows):
        file = tmp_path / f"{number}.yml"
        file.write_text(text, "utf-8")
        assert schema_faults("vendor.github-workflows", file) == ""
        for step in yaml.load(text, yaml.BaseLoader)["jobs"]["newslint"]["steps"]:
            if step.get("uses", "").startswith("newslint/"):
                assert set(step["with"]) <= set(action["inputs"])


def test_the_actions_of_recipes_can_be_run(
    recipes: list[tuple[str, str]], job: Job, steps: dict[str, dict]
) -> None:
    for folder in ("articles", "letters"):
        (job.workspace / folder).mkdir(exist_ok=True)
        (job.workspace / folder / "bad.txt").write_text(BAD, "utf-8")
    ran = 0
    for _, text in recipes:
        if "newslint/newslint@" not in text or "\njobs:" not in text:
            continue
        for step in yaml.load(text, yaml.BaseLoader).get("jobs", {})["newslint"]["steps"]:
            if step.get("uses", "").startswith("newslint/newslint@"):
                done = job.run("check", **step["with"])
                assert done.returncode == 1, done.stderr
                assert done.stdout.startswith("::error file=articles/bad.txt")
                ran += 1
            if step.get("uses", "").startswith("github/codeql-action/upload-sarif@"):
                file = job.workspace / step["with"]["sarif_file"]
                assert len(json.loads(file.read_text("utf-8"))["runs"][0]["results"]) == 1
    assert ran == 2


def test_the_recipe_for_reviewdog_gives_it_a_report(
    recipes: list[tuple[str, str]], project: Path
) -> None:
    (text,) = [text for _, text in recipes if "reviewdog/action-setup" in text]
    commands = [
        step["run"]
        for step in yaml.load(text, yaml.BaseLoader)["jobs"]["newslint"]["steps"]
        if "run" in step
    ]
    install, check, post = commands
    assert install.startswith("pip install ")
    done = run(check, project)
    assert done.returncode == 0, done.stderr
    stand_in = project / "bin" / "reviewdog"
    stand_in.parent.mkdir()
    stand_in.write_text(
        '#!/bin/sh\nprintf "%s\\n" "$@" > arguments.out; cat > input.out\n', "utf-8"
    )
    stand_in.chmod(0o755)
    path = f"{stand_in.parent}{os.pathsep}{os.environ['PATH']}"
    assert bash(post, project, {"PATH": path}).returncode == 0
    assert "-f=rdjson" in (project / "arguments.out").read_text("utf-8")
    posted = json.loads((project / "input.out").read_text("utf-8"))
    assert [each["location"]["path"] for each in posted["diagnostics"]] == ["articles/bad.txt"]


def test_the_recipe_for_gitlab(
    recipes: list[tuple[str, str]], project: Path, tmp_path: Path
) -> None:
    (text,) = [text for language, text in recipes if language == "yaml" and "image:" in text]
    file = tmp_path / ".gitlab-ci.yml"
    file.write_text(text, "utf-8")
    assert schema_faults("vendor.gitlab-ci", file) == ""
    job = yaml.load(text, yaml.BaseLoader)["newslint"]
    install, *commands = job["script"]
    assert install.startswith("pip install ")
    variables = {"CI_PROJECT_DIR": str(project)}
    for name, value in job["variables"].items():
        variables[name] = value.replace("$CI_PROJECT_DIR", str(project))
    done = run("\n".join(commands), project, **variables)
    assert done.returncode == 1
    assert "articles/bad.txt:3:22: QUO101" in done.stdout  # for whoever reads the log
    reports = job["artifacts"]["reports"]
    (issue,) = json.loads((project / reports["codequality"]).read_text("utf-8"))
    assert issue["location"]["path"] == "articles/bad.txt"
    assert ElementTree.parse(project / reports["junit"]).getroot().get("failures") == "1"
    (kept,) = job["cache"]["paths"]
    assert any((project / kept).iterdir())


def test_the_recipe_for_jenkins(recipes: list[tuple[str, str]], project: Path) -> None:
    (text,) = [text for language, text in recipes if language == "groovy"]
    assert text.count("{") == text.count("}")
    commands = re.findall(r"sh '([^']*)'", text)
    assert [each.split()[1] for each in commands[:2]] == ["-m", "install"]
    done = run(commands[2], project)
    assert done.returncode == 1
    assert "QUO101" in done.stdout
    (pattern,) = re.findall(r"pattern: '([^']*)'", text)
    (tests,) = re.findall(r"junit '([^']*)'", text)
    (file,) = ElementTree.parse(project / pattern).getroot()
    assert file.get("name") == "articles/bad.txt"
    assert ElementTree.parse(project / tests).getroot().get("failures") == "1"


def test_the_recipe_for_changed_files(
    recipes: list[tuple[str, str]], project: Path, git: Callable[..., None]
) -> None:
    (script,) = [text for language, text in recipes if language == "sh"]
    git("init", "-q", "-b", "main")
    git("add", "articles")
    git("commit", "-q", "-m", "All")
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    done = run(script, project)
    assert (done.returncode, done.stderr) == (0, "")  # the old fault is not of this change
    (project / "articles" / "neu“.txt").write_text(BAD, "utf-8")
    (project / "newslint.toml").write_text('exclude = ["old/"]\n', "utf-8")
    (project / "old").mkdir()
    (project / "old" / "story.txt").write_text(BAD, "utf-8")
    git("add", "-A", "articles", "old")
    git("commit", "-q", "-m", "More")
    done = run(script, project)
    assert done.returncode == 1
    assert "articles/neu“.txt:3:22: QUO101" in done.stdout
    assert "articles/bad.txt" not in done.stdout
    assert "old/story.txt" not in done.stdout


@pytest.fixture
def git(project: Path) -> Callable[..., None]:
    def command(*arguments: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        subprocess.run(["git", *identity, *arguments], cwd=project, env=environment, check=True)

    return command
