"""Several files put into a folder together: all of them or none, and what they replaced comes back if any fails."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from otgroup.errors import AlreadyThere, NotSaved, OTGroupError
from otgroup.store import files


def write_together(
    folder: Path, contents: Mapping[str, bytes], *, overwrite: bool, then: Callable[[], object] = lambda: None
) -> tuple[str, ...]:
    """Put files into a folder, which is made if missing; the names of those that were replaced.

    `then` is called while they stand and belongs to it: where it fails, they are taken back and what they
    replaced stands again. The folder's names are on the disk before that; the bytes of a file follow when the
    system writes them, for each can be made anew. Raises AlreadyThere without `overwrite`, NotSaved, and what
    `then` raises.
    """
    files.make_folder(folder)
    placing = _Placing(folder, overwrite=overwrite)
    try:
        placing.place_all(contents)
        files.sync_folder(folder)
        then()
    except BaseException as error:
        placing.take_back()
        if placing.placed:
            raise _half_way(placing.placed, error) from error
        if isinstance(error, OSError):
            raise NotSaved(f"{folder}: no file was written, {files.reason_of(error)}") from error
        raise
    finally:
        placing.tidy()
    return tuple(path.name for path in placing.replaced)


def _half_way(standing: Iterable[Path], error: BaseException) -> NotSaved:
    """What could not even be taken back is named; of a mishap nobody foresaw only its kind is said."""
    told = files.reason_of(error) if isinstance(error, OSError) else type(error).__name__
    reason = str(error) if isinstance(error, OTGroupError) else told
    return NotSaved(f"{reason}; written already, and could not be taken back: {', '.join(map(str, standing))}")


class _Placing:
    """Files on their way into one folder. `placed` stand under their names; `replaced` were there before."""

    def __init__(self, folder: Path, *, overwrite: bool) -> None:
        self._folder, self._overwrite = folder, overwrite
        self._ending = f".{secrets.token_hex(4)}{files.TEMP_ENDING}"
        self._beside: list[Path] = []
        self._kept: dict[Path, Path] = {}
        self.placed: list[Path] = []

    @property
    def replaced(self) -> Iterable[Path]:
        """The files that stood there before."""
        return self._kept

    def place_all(self, contents: Mapping[str, bytes]) -> None:
        """Everything beside first, then each under its name."""
        self._clear_leftovers(contents)
        self._refuse_existing(contents)
        parts = {self._part(name, "new"): self._folder / name for name in contents}
        for part, data in zip(parts, contents.values(), strict=True):
            self._beside.append(part)
            files.write_new(part, data)
        for part, final in parts.items():
            self._place(part, final)

    def _part(self, name: str, which: str) -> Path:
        return self._folder / f".{name}.{which}{self._ending}"

    def _clear_leftovers(self, names: Iterable[str]) -> None:
        """What a run that was killed left beside these names."""
        known = tuple(f".{name}." for name in names)
        for path in self._folder.glob(f".*{files.TEMP_ENDING}"):
            if path.name.startswith(known):
                _remove(path)

    def _refuse_existing(self, names: Iterable[str]) -> None:
        there = [] if self._overwrite else sorted({path.name for path in self._folder.iterdir()}.intersection(names))
        if there:
            more = f" and {len(there) - 1} more" if len(there) > 1 else ""
            raise AlreadyThere(f"{self._folder / there[0]}{more}: exists already, use --overwrite or another folder")

    def _place(self, part: Path, final: Path) -> None:
        if self._overwrite:
            self._keep(final)
        try:
            files.put_in_place(part, final, overwrite=self._overwrite)
        except FileExistsError as error:
            raise AlreadyThere(f"{final}: exists already, use --overwrite or another folder") from error
        self.placed.append(final)

    def _keep(self, final: Path) -> None:
        """A second name for what stands there, or a copy of it where files have only one."""
        if final.is_dir():
            raise NotSaved(f"{final}: no file was written, a folder of that name is there: choose another folder")
        if not os.path.lexists(final):
            return
        kept = self._part(final.name, "old")
        self._beside.append(kept)
        try:
            kept.hardlink_to(final)
        except OSError as error:
            if error.errno not in files.NO_LINKS:
                raise
            shutil.copy2(final, kept, follow_symlinks=False)
        self._kept[final] = kept

    def take_back(self) -> None:
        """What was placed goes, and what it replaced stands again; what cannot be taken back stays in `placed`."""
        for final in reversed(self.placed.copy()):
            kept = self._kept.get(final)
            try:
                if kept:
                    kept.replace(final)
                else:
                    final.unlink(missing_ok=True)
            except OSError:
                self._beside = [path for path in self._beside if path != kept]  # the only copy of it stays
            else:
                self.placed.remove(final)

    def tidy(self) -> None:
        """Remove what lies beside the files."""
        for path in self._beside:
            _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
