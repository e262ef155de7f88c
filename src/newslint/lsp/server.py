"""The protocol: what the editor says to the session, and the session to the editor, over standard input and output."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from newslint import __version__
from newslint.lsp.findings import Showing
from newslint.lsp.session import EXPLAIN, FIX_ALL, SUPPRESS, Client, Session
from newslint.typed import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from newslint.config import Resolver
    from newslint.lsp import Unit

# What settings hang on: settings, rules and suppressions, and what is known of old articles.
WATCHED = ("**/*.toml", "**/*baseline*.json")


class _Protocol(LanguageServerProtocol):
    """The protocol as pygls has it, but for the texts: it ends lines where the protocol does not, at a form feed, say."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        self.fm.features[types.TEXT_DOCUMENT_DID_OPEN](params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE](params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE](params)


def serve(resolver: Callable[[str], Resolver]) -> bool:
    """Serve one editor until it says goodbye or is gone; whether it said goodbye.

    `resolver`: what settles the settings below a folder.
    """
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
    # Whatever a plugin prints must not come between two messages.
    sys.stdout.flush()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    server = LanguageServer("newslint", __version__, protocol_cls=_Protocol)
    said = _register(server, Session(resolver))
    server.start_io(sys.stdin.buffer, out)
    return bool(said)


def _register(server: LanguageServer, session: Session) -> list[str]:
    """Have the session hear what the editor says; a list that gets the goodbye."""
    goodbye: list[str] = []

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        folders = [each.uri for each in params.workspace_folders or ()]
        if not folders and params.root_uri:
            folders = [params.root_uri]
        roots = [path for uri in folders if (path := uris.to_fs_path(uri))]
        session.begin(_client(server, params.capabilities), roots)

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching is not None and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            wanted = types.Registration("newslint-settings", method, options)
            server.client_register_capability(types.RegistrationParams([wanted]))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        session.open(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        session.change(document.uri, document.version, params.content_changes)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        session.save(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        session.close(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(params: types.DidChangeWatchedFilesParams) -> None:
        kinds = {each.type for each in params.changes}
        session.files_changed(is_other=kinds != {types.FileChangeType.Changed})

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configuration_changed(_: types.DidChangeConfigurationParams) -> None:
        """Settings stand in files; the editor has none for us."""

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(params: types.DidChangeWorkspaceFoldersParams) -> None:
        added, removed = (
            [path for each in folders if (path := uris.to_fs_path(each.uri))]
            for folders in (params.event.added, params.event.removed)
        )
        session.change_roots(added, removed)

    kinds: list[types.CodeActionKind | str] = [types.CodeActionKind.QuickFix, FIX_ALL]

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=kinds, resolve_provider=True),
    )
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        return await session.actions(params)

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        return await session.resolve(action)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        return await session.hover(params.text_document.uri, params.position)

    @server.command(SUPPRESS)
    async def suppress(uri: str, code: str, start: int, end: int, number: int) -> None:
        await session.suppress(uri, code, start, end, number)

    @server.command(EXPLAIN)
    async def explain(uri: str, code: str) -> None:
        await session.explain(uri, code)

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        goodbye.append("shutdown")

    return goodbye


def _client(server: LanguageServer, can: types.ClientCapabilities) -> Client:
    """The editor by what it says that it can do."""
    document, window, workspace = can.text_document, can.window, can.workspace
    diagnostics = document.publish_diagnostics if document else None
    action = document.code_action if document else None
    hover = document.hover if document else None
    edit = workspace.workspace_edit if workspace else None
    tags = diagnostics.tag_support.value_set if diagnostics and diagnostics.tag_support else ()
    resolved = action.resolve_support.properties if action and action.resolve_support else ()
    shows = bool(window and window.show_document and window.show_document.support)

    def publish(uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        params = types.PublishDiagnosticsParams(uri, found, version)
        server.text_document_publish_diagnostics(params)

    def message(kind: types.MessageType, words: str) -> None:
        server.window_show_message(types.ShowMessageParams(kind, words))

    async def apply(change: types.WorkspaceEdit, label: str) -> None:
        await server.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(change, label))

    def show(uri: str) -> None:
        server.window_show_document(types.ShowDocumentParams(uri, take_focus=True))

    unit = server.workspace.position_encoding
    return Client(
        publish=publish,
        message=message,
        apply=apply,
        open=show if shows else None,
        unit=cast("Unit", str(getattr(unit, "value", unit))),
        showing=Showing(
            related=bool(diagnostics and diagnostics.related_information),
            unnecessary=types.DiagnosticTag.Unnecessary in tags,
        ),
        resolves="edit" in resolved and bool(action and action.data_support),
        versions=bool(edit and edit.document_changes),
        disables=bool(action and action.disabled_support),
        markdown=bool(hover and types.MarkupKind.Markdown in (hover.content_format or ())),
    )
