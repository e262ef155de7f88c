"""Results for a second report, while memory holds none of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult


class Kept:
    """Results, written to a nameless file as they pass, and read from it as often as needed."""

    def __init__(self) -> None:
        from tempfile import TemporaryFile

        self._file = TemporaryFile()  # noqa: SIM115

    def __enter__(self) -> Kept:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def passing(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        """`results`, each of them kept."""
        from pickle import Pickler

        for result in results:
            Pickler(self._file).dump(result)
            yield result

    def again(self) -> Iterator[FileResult]:
        """What has passed, in its order."""
        from pickle import Unpickler

        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            result: FileResult = Unpickler(self._file).load()
            yield result
