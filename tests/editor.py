"""An editor as a language server sees it: JSON-RPC over the pipes of a process, and nothing of pygls."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

LONGEST = 120.0  # seconds for one answer, on a machine that has other things to do
ABLE = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "workspaceEdit": {"documentChanges": True},
    },
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "tagSupport": {"valueSet": [1, 2]}},
        "codeAction": {
            "resolveSupport": {"properties": ["edit"]},
            "dataSupport": True,
            "disabledSupport": True,
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
    },
    "window": {"showDocument": {"support": True}},
}
ANSWERS = {"workspace/applyEdit": {"applied": True}, "window/showDocument": {"success": True}}
Message = dict[str, Any]


class Editor:
    """A server in a process of its own, and what has come from it."""

    def __init__(
        self,
        cache: Path,
        *folders: Path,
        capabilities: object = ABLE,
        arguments: Sequence[str] = (),
        cwd: Path | None = None,
    ) -> None:
        environment = {**os.environ, "NEWSLINT_CACHE_DIR": str(cache)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "newslint", "lsp", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env=environment,
        )
        self._come: Queue[Message | None] = Queue()
        self._held: list[Message] = []
        self._asked = 0
        self._open: list[str] = []
        self.errors = b""
        self._threads = [Thread(target=each) for each in (self._read, self._read_errors)]
        for each in self._threads:
            each.start()
        self.able = self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": None,
                "capabilities": capabilities,
                "workspaceFolders": [{"uri": each.as_uri(), "name": each.name} for each in folders],
            },
        )["capabilities"]
        self.tell("initialized", {})

    def _read(self) -> None:
        out = self.process.stdout
        assert out is not None
        while header := out.readline():
            name, _, value = header.decode("ascii").partition(":")
            assert name == "Content-Length", header  # whatever else is there is no protocol
            while out.readline() != b"\r\n":
                pass
            self._come.put(json.loads(out.read(int(value))))
        self._come.put(None)

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.errors += line

    def send(self, message: Message) -> None:
        """Send anything."""
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self.process.stdin.flush()

    def tell(self, method: str, params: object) -> None:
        """Send what asks for no answer."""
        self.send({"method": method, "params": params})

    def ask(self, method: str, params: object) -> Any:
        """The answer to a request."""
        self._asked += 1
        number = self._asked
        self.send({"id": number, "method": method, "params": params})
        answer = self.next(lambda each: each.get("id") == number and "method" not in each)
        assert "error" not in answer, answer
        return answer["result"]

    def next(self, wanted: Callable[[Message], bool]) -> Message:
        """The next message that is wanted; others are held, and requests answered."""
        for each in self._held:
            if wanted(each):
                self._held.remove(each)
                return each
        while True:
            each = self._come.get(timeout=LONGEST)
            assert each is not None, self.errors.decode()
            if "method" in each and "id" in each:
                self.send({"id": each["id"], "result": ANSWERS.get(each["method"])})
            if wanted(each):
                return each
            self._held.append(each)

    def told(self, method: str) -> Any:
        """The next that the server says of itself by this method."""
        return self.next(lambda each: each.get("method") == method)["params"]

    def message(self, words: str) -> str:
        """The next message to its user that has such words."""

        def wanted(each: Message) -> bool:
            return each.get("method") == "window/showMessage" and words in each["params"]["message"]

        return str(self.next(wanted)["params"]["message"])

    def held(self, method: str) -> list[Any]:
        """All that has come by this method and was not looked at."""
        return [each["params"] for each in self._held if each.get("method") == method]

    # ------------------------------------------------------------------ documents

    def open(self, uri: str, text: str, language: str = "markdown", version: int = 1) -> None:
        """Open a text."""
        self._open.append(uri)
        item = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})

    def change(self, uri: str, version: int, *changes: object) -> None:
        """Change a text: (line, character, end line, end character, new), or all of it."""
        told = [
            {"text": each}
            if isinstance(each, str)
            else {
                "range": {
                    "start": {"line": each[0], "character": each[1]},  # type: ignore[index]
                    "end": {"line": each[2], "character": each[3]},  # type: ignore[index]
                },
                "text": each[4],  # type: ignore[index]
            }
            for each in changes
        ]
        document = {"uri": uri, "version": version}
        params = {"textDocument": document, "contentChanges": told}
        self.tell("textDocument/didChange", params)

    def save(self, uri: str) -> None:
        """Say that a text was written."""
        self.tell("textDocument/didSave", {"textDocument": {"uri": uri}})

    def close(self, uri: str) -> None:
        """Close a text."""
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def close_all(self) -> None:
        """Close all that was opened, and forget what was said of it."""
        while self._open:
            self.close(self._open.pop())
        nowhere = {"textDocument": {"uri": ""}, "position": {"line": 0, "character": 0}}
        self.ask("textDocument/hover", nowhere)  # what is closed has been told by now
        self._held.clear()

    def found(self, uri: str, version: int | None = None) -> list[Any]:
        """The next diagnostics of a text, of some version."""

        def wanted(each: Message) -> bool:
            params = each.get("params") or {}
            return (
                each.get("method") == "textDocument/publishDiagnostics"
                and params["uri"] == uri
                and version in (None, params.get("version"))
            )

        return list(self.next(wanted)["params"]["diagnostics"])

    def actions(self, uri: str, place: Message, *only: str) -> list[Any]:
        """What is offered for a range."""
        context: Message = {"diagnostics": []}
        if only:
            context["only"] = list(only)
        params = {"textDocument": {"uri": uri}, "range": place, "context": context}
        return list(self.ask("textDocument/codeAction", params))

    def carry_out(self, action: Message) -> Any:
        """Carry out the command of an action."""
        command = action["command"]
        params = {"command": command["command"], "arguments": command["arguments"]}
        return self.ask("workspace/executeCommand", params)

    def __enter__(self) -> Editor:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.ended()

    def end(self) -> int:
        """Say goodbye; the exit status."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.ended()

    def ended(self) -> int:
        """The exit status, when the server has ended."""
        status = self.process.wait(LONGEST)
        for each in self._threads:
            each.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()
        return status


def edited(text: str, edit: Message, uri: str) -> str:
    """A text with an edit of the workspace made, counted in UTF-16 as an editor would."""
    if "changes" in edit:
        edits = edit["changes"][uri]
    else:
        (change,) = edit["documentChanges"]
        assert change["textDocument"]["uri"] == uri
        edits = change["edits"]
    units = text.encode("utf-16-le", "surrogatepass")
    starts = [0]
    at = 0
    while at < len(units) // 2:
        unit = units[2 * at : 2 * at + 2]
        at += 1
        if unit == b"\n\0" or (unit == b"\r\0" and units[2 * at : 2 * at + 2] != b"\n\0"):
            starts.append(at)
    for each in sorted(edits, key=lambda e: _place(e["range"]["start"]), reverse=True):
        first, last = (
            2 * (starts[each["range"][key]["line"]] + each["range"][key]["character"])
            for key in ("start", "end")
        )
        units = units[:first] + each["newText"].encode("utf-16-le") + units[last:]
    return units.decode("utf-16-le", "surrogatepass")


def _place(position: Message) -> tuple[int, int]:
    return position["line"], position["character"]
