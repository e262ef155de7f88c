"""What an editor and newslint have going: documents that are open, when each is checked, and what is asked of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence

from lsprotocol import types
from pygls import uris

from newslint import cache
from newslint.annotate import can_be_suppressed, sidecar_of, write_entries
from newslint.config import ConfigError, shown_path
from newslint.documents import page
from newslint.fix import EndlessFixing, fixes_of
from newslint.lsp.changes import Refused, fix_all, fix_one, suppress
from newslint.lsp.findings import (
    SUFFIXES,
    Edition,
    Saved,
    Showing,
    check,
    compare,
    overlapping,
    show,
    uri_of,
)
from newslint.lsp.places import Places, Text
from newslint.lsp.settings import Settings, place_of
from newslint.lsp.worker import Stale, Worker, stopping
from newslint.reports._summary import help_text
from newslint.terminal import visible
from newslint.typed import TYPE_CHECKING, NamedTuple
from newslint.writing import Unwritable, replace_file

if TYPE_CHECKING:
    from newslint.config import Resolver
    from newslint.finding import Edit, Finding
    from newslint.lsp import Unit
    from newslint.lsp.findings import Checked, Found, Shown
    from newslint.rules import Rule

PAUSE = 0.3  # seconds without a key before a text is checked
LONG = 100_000  # characters of a text in which a fix is tried only when it is chosen
MOST_OFFERED = 20  # findings of a selection that something is offered for
FIX_ALL = "source.fixAll.newslint"
SUPPRESS, EXPLAIN = "newslint.suppress", "newslint.explain"
_CHECKING, _COMPARING = "checking", "comparing"


class Client(NamedTuple):
    """The ways to an editor, and what it can do.

    `open`: to show a file; None where it cannot. `resolves`: it asks for edits only when one is wanted; `versions`: it
    can be told of which version of a text an edit is; `disables`: it can show why something cannot be done.
    """

    publish: Callable[[str, int | None, list[types.Diagnostic]], None]
    message: Callable[[types.MessageType, str], None]
    apply: Callable[[types.WorkspaceEdit, str], Awaitable[object]]
    open: Callable[[str], object] | None
    unit: Unit
    showing: Showing
    resolves: bool
    versions: bool
    disables: bool
    markdown: bool


class Document:
    """A text that is open in the editor."""

    def __init__(self, item: types.TextDocumentItem, path: str, has_file: bool, unit: Unit) -> None:
        self.uri = item.uri
        self.version: int | None = item.version
        self.language = item.language_id.lower()
        self.path = path
        self.has_file = has_file
        self.text = Text(item.text, unit)
        self.number = 0  # of the edition
        self.is_open = True
        self.is_shown = False  # whether the editor has diagnostics
        self.owes_file = True  # whether its file has still to be looked at …
        self.owes_others = False  # … and what else is open to be compared with it
        self.encoding = self.compared = Saved()
        self.to_compare: Found | None = None
        self.checked: Checked | None = None
        self.pause: asyncio.TimerHandle | None = None
        self.checking: asyncio.Task[None] | None = None
        self.comparing: asyncio.Task[None] | None = None

    @property
    def edition(self) -> Edition:
        """The document as it is now."""
        own = self.text
        return Edition(self.number, self.path, self.language, own.text, own.unit, self.has_file)

    @property
    def current(self) -> Checked | None:
        """What is shown of it as it is now, if that is known."""
        checked = self.checked
        is_current = checked is not None and checked.found.edition.number == self.number
        return checked if is_current else None


class Session:
    """All that is open in one editor.

    `resolver`: what settles the settings below a folder of the workspace. Everything here runs on the thread of the
    protocol but for what is given to a worker.
    """

    def __init__(self, resolver: Callable[[str], Resolver]) -> None:
        self._resolver = resolver
        self._documents: dict[str, Document] = {}
        self._roots: list[str] = []
        self._client: Client | None = None
        self._checker, self._comparer = Worker("newslint checks"), Worker("newslint compares")
        self._is_stale: Callable[[], bool] = _never
        self._settings: dict[str, Settings] = {}
        self._others: dict[str, Settings] = {}  # of the thread that compares
        self._blamed: dict[tuple[str, str], _Blame] = {}  # by document, and what was to be done
        self._renewal: asyncio.TimerHandle | None = None
        self._is_other = False  # whether files came or went for that

    # ------------------------------------------------------------------ the editor

    def begin(self, client: Client, roots: Iterable[str]) -> None:
        """Take up what the editor says of itself, and the folders of its workspace."""
        self._client = client
        self._roots = [os.path.abspath(each) for each in roots]

    @property
    def client(self) -> Client:
        """The editor."""
        assert self._client is not None
        return self._client

    def change_roots(self, added: Iterable[str], removed: Iterable[str]) -> None:
        """The workspace has other folders."""
        gone = {os.path.abspath(each) for each in removed}
        kept = [each for each in self._roots if each not in gone]
        self._roots = [*dict.fromkeys((*kept, *(os.path.abspath(each) for each in added)))]
        self.renew()

    def _root_of(self, path: str) -> str:
        """The folder of the workspace that a file is in: the nearest, else the first."""
        around = [each for each in self._roots if path.startswith(os.path.join(each, ""))]
        return max(around, key=len) if around else next(iter(self._roots), os.getcwd())

    def _settings_of(self, path: str, *, to_compare: bool = False) -> Settings:
        root = self._root_of(path)
        held = self._others if to_compare else self._settings
        if root not in held:
            # What compares is never stopped, as it keeps the corpus up to date; it has all of its own.
            prepare = None if to_compare else (lambda each: stopping(each, self._wants_to_stop))
            held[root] = Settings(lambda: self._resolver(root), prepare)
        return held[root]

    def _wants_to_stop(self) -> bool:
        return self._is_stale()

    # ------------------------------------------------------------------ documents

    def open(self, item: types.TextDocumentItem) -> None:
        """A document is open from now on."""
        self.close(item.uri)
        placed = self._placed(item)
        if placed is not None:
            document = self._documents[item.uri] = Document(item, *placed, self.client.unit)
            self._start(document)

    def _placed(self, item: types.TextDocumentItem) -> tuple[str, bool] | None:
        """The path by which settings and format are chosen, and whether it is that of a file; None for what is none.

        Other schemes are views of something else: of an old version, of a page of help.
        """
        scheme, path = uris.uri_scheme(item.uri), uris.to_fs_path(item.uri)
        if scheme == "file" and path and os.path.basename(path):
            return os.path.abspath(path), True
        if scheme not in ("file", "untitled", "buffer"):
            return None
        name = os.path.basename(uris.urlparse(item.uri)[2]) or "untitled"
        suffix = SUFFIXES.get(item.language_id.lower(), "")
        if not name.lower().endswith(suffix):
            name += suffix
        return os.path.join(self._root_of(""), name), False

    def change(
        self,
        uri: str,
        version: int | None,
        changes: Iterable[types.TextDocumentContentChangeEvent],
    ) -> None:
        """The text of a document has changed; it is checked when no other change follows for a while."""
        document = self._documents.get(uri)
        if document is None:
            return
        for each in changes:
            document.text = document.text.edited(getattr(each, "range", None), each.text)
        document.version = version
        document.number += 1
        if document.pause is not None:
            document.pause.cancel()
        loop = asyncio.get_running_loop()
        document.pause = loop.call_later(PAUSE, lambda: self._start(document))

    def save(self, uri: str) -> None:
        """A document was written to its file."""
        document = self._documents.get(uri)
        if document is not None:
            document.owes_file = document.owes_others = True
            self._start(document)

    def close(self, uri: str) -> None:
        """A document is not open any more."""
        document = self._documents.pop(uri, None)
        if document is None:
            return
        document.is_open = False
        if document.pause is not None:
            document.pause.cancel()
        for task in (document.checking, document.comparing):
            if task is not None:
                task.cancel()
        if document.is_shown:
            self._publish(document, [])
        for doing in (_CHECKING, _COMPARING):
            self._forgive(document, doing)

    def files_changed(self, *, is_other: bool) -> None:
        """Files that settings may hang on have changed, or are others; what is open is checked again when no more follow.

        A file that is as before but for its content is known by that.
        """
        if self._renewal is not None:
            self._renewal.cancel()
        self._is_other = self._is_other or is_other
        self._renewal = asyncio.get_running_loop().call_later(PAUSE, self._renewed)

    def _renewed(self) -> None:
        is_other, self._is_other = self._is_other, False
        (self.renew if is_other else self._check_again)()

    def renew(self) -> None:
        """Read all settings again, and check all that is open."""

        def forget() -> None:
            for settings in self._settings.values():
                settings.forget()

        def forget_others() -> None:
            for settings in self._others.values():
                settings.forget()

        self._checker.run(forget)
        self._comparer.run(forget_others)
        self._check_again()

    def _check_again(self, but: Document | None = None) -> None:
        for document in self._documents.values():
            if document is not but:
                document.owes_file = True
                self._start(document)

    # ------------------------------------------------------------------ checking

    def _start(self, document: Document) -> asyncio.Task[None]:
        """Check a document as it is now, in the place of what is under way for it."""
        if document.pause is not None:
            document.pause.cancel()
            document.pause = None
        if document.checking is not None:
            document.checking.cancel()
        document.checking = asyncio.ensure_future(self._check(document))
        return document.checking

    async def _check(self, document: Document) -> None:
        """Check a document as it is now, and tell the editor. Cancelled where something newer comes between."""
        edition, with_file = document.edition, document.owes_file
        settings = self._settings_of(document.path)
        task = asyncio.current_task()
        readings = [0, 0]

        def is_stale() -> bool:
            return document.checking is not task or document.number != edition.number

        def work() -> Found:
            if is_stale():
                raise Stale
            readings[0] = settings.readings
            self._is_stale = is_stale
            try:
                return check(edition, settings, with_file=with_file)
            finally:
                self._is_stale = _never
                readings[1] = settings.readings

        try:
            found = await self._checker.run(work)
            self._forgive(document, _CHECKING)
            if with_file:
                document.owes_file = False
                text = found.source.text if found.source is not None else ""
                document.encoding = Saved(found.encoding, text)
                document.to_compare = found if found.result is not None else None
                self._compare_again(document, found)
            await self._show(document, found)
        except Exception as error:
            is_known = isinstance(error, ConfigError)
            words = str(error) if is_known else f"{document.path}: {type(error).__name__}: {error}"
            document.checked = None
            self._publish(document, [])
            self._blame(document, _CHECKING, words)
        if readings[0] != readings[1]:  # a file of settings is another, and nobody has said so
            self._check_again(document)

    async def _show(self, document: Document, found: Found) -> None:
        """Tell the editor what is found, with what has not been found out anew."""
        showing, others = self.client.showing, (document.encoding, document.compared)
        checked = await self._checker.run(lambda: show(found, others, showing), first=True)
        if document.number != found.edition.number or not document.is_open:
            return
        if others != (document.encoding, document.compared):
            await self._show(document, found)
            return
        document.checked = checked
        # A file of settings may be open too, and show what is wrong with it.
        if checked.diagnostics or found.source is not None or document.is_shown:
            self._publish(document, checked.diagnostics)

    def _publish(self, document: Document, diagnostics: list[types.Diagnostic]) -> None:
        document.is_shown = bool(diagnostics)
        version = document.version if document.is_open else None
        self.client.publish(document.uri, version, diagnostics)

    async def _known(self, document: Document) -> Checked | None:
        """What is found in a document as it is now; None where its settings are at fault."""
        while document.is_open:
            task = document.checking
            if task is None or task.done():
                if (current := document.current) is not None:
                    return current
                task = self._start(document)
            number = document.number
            await asyncio.wait({task})
            if not task.cancelled() and document.number == number:
                return document.current
        return None

    # ------------------------------------------------------------------ comparing

    def _compare_again(self, document: Document, found: Found) -> None:
        """Compare a document with its corpus; once it was saved also what else is open, as it stands in that."""
        with_others, document.owes_others = document.owes_others, False
        if found.result is None:
            document.compared = Saved()
            return
        self._compare(document, found)
        for other in self._documents.values():
            if with_others and other is not document and other.to_compare is not None:
                self._compare(other, other.to_compare._replace(is_saved=False))

    def _compare(self, document: Document, found: Found) -> None:
        if document.comparing is not None:
            document.comparing.cancel()
        document.comparing = asyncio.ensure_future(self._compared(document, found))

    async def _compared(self, document: Document, found: Found) -> None:
        settings = self._settings_of(document.path, to_compare=True)
        assert found.source is not None
        try:
            findings = await self._comparer.run(lambda: compare(found, settings))
        except Exception as error:
            is_known = isinstance(error, ConfigError)
            words = f"comparing {document.path}: {type(error).__name__}: {error}"
            self._blame(document, _COMPARING, str(error) if is_known else words)
            return
        self._forgive(document, _COMPARING)
        document.compared = Saved(findings, found.source.text)
        if (current := document.current) is not None:
            await self._show(document, current.found)

    # ------------------------------------------------------------------ faults of settings

    def _blame(self, document: Document, doing: str, error: str) -> None:
        """Say once that something is wrong, and show it in the file that is to blame."""
        before = self._blamed.get((document.uri, doing))
        if before is not None and before.error == error:
            return
        is_said = any(each.error == error for each in self._blamed.values())
        self._forgive(document, doing)
        if not is_said:
            self.client.message(types.MessageType.Error, f"newslint: {visible(error)}")
        place = place_of(error)
        self._blamed[document.uri, doing] = _Blame(error, uri_of(place.path) if place else "")
        if place is not None:
            start, end = types.Position(place.line - 1, 0), types.Position(place.line, 0)
            shown = types.Diagnostic(
                types.Range(start, end),
                visible(place.message),
                severity=types.DiagnosticSeverity.Error,
                source="newslint",
            )
            self.client.publish(uri_of(place.path), None, [shown])

    def _forgive(self, document: Document, doing: str) -> None:
        """What was wrong with the settings of a document is so no more."""
        blame = self._blamed.pop((document.uri, doing), None)
        if blame is not None and all(each.uri != blame.uri for each in self._blamed.values()):
            self.client.publish(blame.uri, None, [])

    # ------------------------------------------------------------------ what is asked

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """What can be done about the findings in a range."""
        document = self._documents.get(params.text_document.uri)
        checked = await self._known(document) if document is not None else None
        if document is None or checked is None or checked.found.source is None:
            return []
        only = params.context.only
        version = document.version
        return await self._checker.run(
            lambda: [*self._offered(document, version, checked, params.range, only)], first=True
        )

    def _offered(
        self,
        document: Document,
        version: int | None,
        checked: Checked,
        where: types.Range,
        only: Sequence[types.CodeActionKind | str] | None,
    ) -> Iterator[types.CodeAction]:
        found = checked.found
        if _is_wanted(types.CodeActionKind.QuickFix, only):
            near = [*overlapping(checked.shown, where)][:MOST_OFFERED]
            for each in near:
                if each.finding.fix is not None:
                    yield from self._fix(document, version, found, each)
            for each in near:
                code, name = each.finding.code, each.finding.name
                if can_be_suppressed(code):
                    arguments = [document.uri, code, each.start, each.end, found.edition.number]
                    title = f"Suppress {code} {name} here"
                    yield _commanding(title, SUPPRESS, arguments, [each.diagnostic])
            named = {each.finding.code: each.finding.name for each in near}
            for code, name in named.items():
                own = [each.diagnostic for each in near if each.finding.code == code]
                yield _commanding(f"Explain {code} {name}", EXPLAIN, [document.uri, code], own)
        if _is_wanted(FIX_ALL, only) and fixes_of(found.findings, unsafe=False):
            action = types.CodeAction("Fix all that is safe to fix", FIX_ALL)
            if self.client.resolves:
                action.data = {"uri": document.uri}
            else:
                try:
                    action.edit = self._all_fixed(document, version, found)
                except Refused as why:
                    action.disabled = types.CodeActionDisabled(visible(str(why)))
            if action.disabled is None or self.client.disables:
                yield action

    def _fix(
        self, document: Document, version: int | None, found: Found, each: Shown
    ) -> Iterator[types.CodeAction]:
        fix = each.finding.fix
        assert fix is not None
        advice = help_text(each.finding)
        title = f"{advice[:1].upper()}{advice[1:]} ({each.finding.code})"
        action = types.CodeAction(
            title if fix.safe else f"{title}, unsafe: look at it",
            types.CodeActionKind.QuickFix,
            diagnostics=[each.diagnostic],
        )
        action.is_preferred = fix.safe or None
        if self.client.resolves and len(found.edition.text) > LONG:
            of = (each.finding.code, each.start, each.end, found.edition.number)
            action.data = {"uri": document.uri, "of": [*of]}
            yield action
            return
        try:
            action.edit = self._one_fixed(document, version, found, each.finding)
        except Refused as why:
            action.is_preferred = None
            action.disabled = types.CodeActionDisabled(visible(str(why)))
        if action.disabled is None or self.client.disables:
            yield action

    def _one_fixed(
        self, document: Document, version: int | None, found: Found, finding: Finding
    ) -> types.WorkspaceEdit:
        return self._workspace_edit(document, version, found, fix_one(found, finding))

    def _all_fixed(
        self, document: Document, version: int | None, found: Found
    ) -> types.WorkspaceEdit:
        """What `newslint --fix` would make of a document. Raises Refused."""
        try:
            return self._workspace_edit(document, version, found, fix_all(found))
        except (Unwritable, EndlessFixing) as error:
            raise Refused(str(error)) from error

    async def resolve(self, action: types.CodeAction) -> types.CodeAction:
        """An action with the edit that it stands for."""
        data = action.data if isinstance(action.data, dict) else {}
        document = self._documents.get(str(data.get("uri")))
        checked = await self._known(document) if document is not None else None
        if document is None or checked is None or checked.found.source is None:
            return action
        found, version = checked.found, document.version
        try:
            if "of" not in data:
                action.edit = await self._checker.run(
                    lambda: self._all_fixed(document, version, found), first=True
                )
            else:
                finding = _chosen(checked, *data["of"])
                action.edit = await self._checker.run(
                    lambda: self._one_fixed(document, version, found, finding), first=True
                )
        except Refused as why:
            self.client.message(types.MessageType.Warning, f"newslint: {visible(str(why))}")
        return action

    def _workspace_edit(
        self, document: Document, version: int | None, found: Found, edits: Iterable[Edit]
    ) -> types.WorkspaceEdit:
        assert found.source is not None
        places = Places(found.source, found.edition.unit)
        made = [types.TextEdit(places.range(each.start, each.end), each.new) for each in edits]
        if not self.client.versions:
            return types.WorkspaceEdit(changes={document.uri: made})
        identified = types.OptionalVersionedTextDocumentIdentifier(document.uri, version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identified, made)])

    async def suppress(self, uri: str, code: str, start: int, end: int, number: int) -> None:
        """Note a finding as meant, in the article or beside it."""
        document = self._documents.get(uri)
        checked = await self._known(document) if document is not None else None
        if document is None or checked is None:
            return
        found, version = checked.found, document.version
        try:
            finding = _chosen(checked, code, start, end, number)
            edits, entries = await self._checker.run(lambda: suppress(found, finding), first=True)
            linter = found.linter
            assert linter is not None
            if entries:
                await self._checker.run(lambda: write_entries(linter, entries), first=True)
        except (Refused, ConfigError, Unwritable) as why:
            self.client.message(types.MessageType.Warning, f"newslint: {visible(str(why))}")
            return
        except OSError as error:
            words = f"newslint: {error.filename}: {error.strerror or error}"
            self.client.message(types.MessageType.Error, visible(words))
            return
        if edits:
            edit = self._workspace_edit(document, version, found, edits)
            await self.client.apply(edit, f"Suppress {code}")
        if entries:
            noted = visible(shown_path(sidecar_of(linter)))
            self.client.message(types.MessageType.Info, f"newslint: {code} is noted in {noted}")
            self.renew()

    async def explain(self, uri: str, code: str) -> None:
        """Show the page of a rule."""
        document = self._documents.get(uri)
        checked = await self._known(document) if document is not None else None
        rule = await self._rule(checked, code)
        if rule is None:
            return
        if self.client.open is None:
            words = f"{rule.code} {rule.name}: {rule.summary} {' '.join(rule.why.split())}"
            self.client.message(types.MessageType.Info, visible(words.strip()))
            return
        plain = "".join(sign if sign.isalnum() or sign == "-" else "_" for sign in rule.name)
        path = os.path.join(cache.folder(), "pages", f"{plain}.md")
        try:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            replace_file(path, page(rule).encode("utf-8", "replace"))
        except OSError as error:
            words = f"newslint: {path}: {error.strerror or error}"
            self.client.message(types.MessageType.Error, visible(words))
            return
        self.client.open(uri_of(path))

    async def _rule(self, checked: Checked | None, code: str) -> Rule | None:
        linter = checked.found.linter if checked is not None else None
        if checked is None or linter is None:
            return None
        settings = self._settings_of(checked.found.edition.path)
        return await self._checker.run(lambda: settings.rules_of(linter).get(code), first=True)

    async def hover(self, uri: str, position: types.Position) -> types.Hover | None:
        """What the rules say of which something is found at a place."""
        document = self._documents.get(uri)
        checked = await self._known(document) if document is not None else None
        if checked is None:
            return None
        near = [*overlapping(checked.shown, types.Range(position, position))]
        said = []
        for code in dict.fromkeys(each.finding.code for each in near):
            rule = await self._rule(checked, code)
            if rule is not None:
                said.append(self._said(rule))
        if not said:
            return None
        kind = types.MarkupKind.Markdown if self.client.markdown else types.MarkupKind.PlainText
        return types.Hover(types.MarkupContent(kind, "\n\n".join(said)), near[0].diagnostic.range)

    def _said(self, rule: Rule) -> str:
        head = f"{rule.code} {rule.name}"
        lines = [f"**{head}**" if self.client.markdown else head, visible(rule.summary)]
        if rule.why:
            lines.append("\n".join(visible(line) for line in rule.why.splitlines()))
        return "\n\n".join(lines)


class _Blame(NamedTuple):
    """What is wrong, and the file that shows it; "" for none."""

    error: str
    uri: str


def _chosen(checked: Checked, code: str, start: int, end: int, number: int) -> Finding:
    """The finding that somebody has chosen to do something about. Raises Refused where the text is another by now."""
    if number == checked.found.edition.number:
        for each in checked.shown:
            if (each.finding.code, each.start, each.end) == (code, start, end):
                return each.finding
    raise Refused("the text has changed since; ask again")


def _never() -> bool:
    return False


def _is_wanted(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether actions of a kind are asked for: those of no kind in particular, or of one that it belongs to."""
    if only is None:
        return True
    names = [str(getattr(each, "value", each)) for each in only]
    own = str(getattr(kind, "value", kind))
    return any(own == name or own.startswith(f"{name}.") or not name for name in names)


def _commanding(
    title: str, command: str, arguments: list[object], diagnostics: list[types.Diagnostic]
) -> types.CodeAction:
    return types.CodeAction(
        visible(title),
        types.CodeActionKind.QuickFix,
        diagnostics=diagnostics,
        command=types.Command(visible(title), command, arguments=arguments),
    )
