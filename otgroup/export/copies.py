"""Copied notes: where each lies to be pasted from, and how it is taken away again.

Programs may take their time, so all of this is called off the screen's thread; one call waits for another.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Final

import msgspec

from otgroup.errors import OTGroupError, StoreError
from otgroup.export.clipboard import ClipboardProgram, NotOnClipboard
from otgroup.store.files import reason_of, write_whole

ON_CLIPBOARD: Final = "clipboard"
BY_TERMINAL: Final = "terminal (OSC 52)"


class Copy(msgspec.Struct, frozen=True, eq=False):
    """One copy of a note: where it went (`to`, as it is kept on record), and that in words.

    Two copies of one text are two: each is taken away at its own time.
    """

    to: str
    told: str


class _Lying(msgspec.Struct, frozen=True):
    copy: Copy
    away: Callable[[], object]
    stays: bool = False


class Copies:
    """Where copied notes lie. There is one clipboard: what is copied later stands in the place of what was before.

    `programs` are tried in their order, then `terminal` where it takes text for its clipboard, then a file.
    `otherwise` says why no clipboard is tried, where there are none.
    """

    def __init__(
        self,
        programs: Sequence[ClipboardProgram],
        terminal: Callable[[str], object] | None = None,
        otherwise: str = "no clipboard can be reached here",
    ) -> None:
        self._programs, self._terminal, self._otherwise = programs, terminal, otherwise
        self._lock = Lock()
        self._lying: dict[str, _Lying] = {}
        self._left = False

    def copy(self, text: str, beside: Callable[[], Path], *, stays: bool = False) -> Copy:
        """Put a text where it can be pasted from; `beside` names the file where there is no clipboard.

        `stays`: it is not taken away at leaving.
        Raises NotSaved where not even the file can be written, OTGroupError after `leave`.
        """
        with self._lock:
            if self._left:
                raise OTGroupError("nothing was copied: OTGroup is being left")
            refusals: list[str] = []
            lying = self._to_program(text, refusals) or self._elsewhere(text, beside, refusals)
            self._lying[_place(lying.copy)] = msgspec.structs.replace(lying, stays=stays)
            return lying.copy

    def take_away(self, copy: Copy) -> None:
        """Take a copy away, unless a later one stands in its place. Raises OTGroupError where it cannot be."""
        with self._lock:
            if (lying := self._lying.get(_place(copy))) and lying.copy is copy:
                self._take_away(_place(copy))

    def leave(self) -> list[str]:
        """Take away all that is not to stay, and copy nothing more; a line for each that cannot be taken away."""
        with self._lock:
            self._left = True
            ours = [place for place, lying in self._lying.items() if not lying.stays]
            files_first = sorted(ours, key=lambda place: place == ON_CLIPBOARD)
            return [told for place in files_first if (told := self._refusal(place))]

    def _take_away(self, place: str) -> None:
        self._lying[place].away()
        del self._lying[place]

    def _refusal(self, place: str) -> str:
        try:
            self._take_away(place)
        except OTGroupError as refusal:
            return f"a copied note may still lie on the {place}: {refusal}"
        return ""

    def _to_program(self, text: str, refusals: list[str]) -> _Lying | None:
        for program in self._programs:
            try:
                seen = program.put(text)
            except NotOnClipboard as refusal:
                refusals.append(str(refusal))
            else:
                return _Lying(
                    Copy(ON_CLIPBOARD, "copied to the clipboard"), partial(program.take_away, text, seen=seen)
                )
        return None

    def _elsewhere(self, text: str, beside: Callable[[], Path], refusals: list[str]) -> _Lying:
        """To the terminal or a file; the note copied before must not be what is pasted now."""
        stale = self._free_clipboard()
        if self._terminal:
            self._terminal(text)
            told = "given to the terminal for its clipboard (it does not say whether it took it)"
            return _Lying(Copy(BY_TERMINAL, told), partial(self._terminal, ""))
        path = beside()
        write_whole(path, text.encode(), overwrite=True)
        failed = f"NOT on the clipboard, {'; '.join(refusals)}: copied to the file"
        told = failed if refusals else f"{self._otherwise}: the text is in"
        return _Lying(Copy(str(path), f"{told} {path}{stale}"), partial(_remove, path))

    def _free_clipboard(self) -> str:
        """Take away what was copied before, unless the terminal is about to replace it; a warning where it stays."""
        before = self._lying.get(ON_CLIPBOARD)
        if before is None or (self._terminal and before.copy.to == BY_TERMINAL):
            return ""
        return ", and what was copied before may still be on the clipboard" if self._refusal(ON_CLIPBOARD) else ""


def _place(copy: Copy) -> str:
    """What holds one copy at a time: the clipboard, whoever puts it there, or a file."""
    return ON_CLIPBOARD if copy.to == BY_TERMINAL else copy.to


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: cannot be removed, {reason_of(error)}") from error
