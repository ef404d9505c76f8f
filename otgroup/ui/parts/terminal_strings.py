"""What a terminal sends, cut into keys, pasted text and its own answers. Knows neither keys' names nor a screen.

A terminal answers questions in control strings (`ESC ] 11;rgb:... BEL`): read as keys they would be repetitions,
cues and losses of balance. They are dropped whole, also when they come in pieces. What only looks like the beginning
of one (Alt and `]`) does not hold up the keys behind it. The grammar is that of ECMA-48 with xterm's additions.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

ESCAPE: Final = "\x1b"
ESCAPE_S: Final = 0.1
"""An escape, or one with a sign, with nothing behind it for so long (s) is the key."""

PIECE_S: Final = 2.0
"""An answer or a pasted text that is not whole so long (s) after it began is not going to end."""

MOST_PRESSED: Final = 8
"""More characters in one read come from no fingers: the answer or the pasted text goes on."""

LONGEST_STRING: Final = 65_536
"""Characters that are kept of what has no end yet, unless it is a pasted text; what is longer is cut."""

_C1 = str.maketrans({chr(0x40 + ord(sign)): f"\x1b{sign}" for sign in "PX[]^_"})
"""The one-character forms of what begins a sequence or a control string."""

_PASTE = "\x1b[200~"
_SURE = r"\x1b(?:\[[?>=<M\[]|\[\d*[;:$]|\[\d{3}|\]\d{1,4};|P[\d;]*[>!$+=?]|_G)"
"""How what only a terminal sends begins: nobody presses these keys one behind another."""

_PIECE = re.compile(
    r"(?P<text>[^\x1b\x80-\x9f]+)"
    r"|\x1b\[200~(?P<paste>.*?)\x1b\[201~"
    r"|(?P<string>\x1b[\]P_^X][^\x07\x18\x1a\x1b\x9c]*(?:[\x07\x18\x1a\x9c]|\x1b\\))"
    rf"|(?P<aborted>(?=\x1b[\]P_]){_SURE}[^\x07\x18\x1a\x1b\x9c]*(?=\x1b[^\\]))"
    r"|(?P<sequence>\x1b\[M...|\x1b\[\[.|\x1b\[(?!200~|M|\[)[0-?]*[ -/]*[@-~]"
    r"|\x1bO(?:[\d;]+[A-DFHP-S]|[@-~])|\x1b[\t\x7f])"
    r"|(?P<broken>\x1b(?:\[[0-?]*+[ -/]*+)(?=[^@-~])|[\x80-\x9f])"
    r"|\x1b(?P<alt>[^\x1b\[O\]P_^X]|O(?=[\d;]*[^\d;])|[\]P_^X])"
    r"|(?P<escape>\x1b)(?=\x1b)",
    re.DOTALL,
)
_BEGINS = re.compile(rf"{_SURE}|\x1b(?:\]\d{{0,4}}|P[\d;]*|_)\x1b?\Z")
"""What goes on as a control string, or may: anything else behind its sign makes that a key with Alt."""

_BEGUN = re.compile(_SURE)
_LATE = re.compile(r"\x1b(?:[\[\]_^]|P[0-9>!$+=?])")
"""How an answer begins whose escape came so long before that it was taken for the key."""


class StringKind(Enum):
    """What a piece is: typed text, a sequence of a key or a mouse, a key with Alt, Escape, pasted text; or an answer
    without an end, with whatever was pressed meanwhile.
    """

    TEXT = "text"
    SEQUENCE = "sequence"
    ALT = "alt"
    ESCAPE = "escape"
    PASTE = "paste"
    UNENDED = "unended"


_KEPT = {kind.value: kind for kind in StringKind}
"""The groups of the grammar that are handed on; control strings and broken sequences are not."""


class InputPiece(NamedTuple):
    """Something that came from the terminal."""

    kind: StringKind
    text: str


class TerminalStrings:
    """Cuts what comes into whole pieces, and keeps what has only begun. Times are seconds on one clock."""

    def __init__(self) -> None:
        self._begun = ""
        self._since = self._last = 0.0
        self._let_go = ""

    def feed(self, data: str, now: float) -> Iterator[InputPiece]:
        """The pieces that are whole with what came now."""
        if self._let_go and now - self._last < PIECE_S and self._goes_on(data):
            self._begun, self._since = self._let_go, now
        self._let_go = ""
        if not self._begun or len(data) > MOST_PRESSED:
            self._since = now
        self._begun, self._last = self._begun + data.translate(_C1), now
        while found := self._whole():
            self._begun, self._since = self._begun[found.end() :], now
            if kind := _KEPT.get(found.lastgroup or ""):
                yield InputPiece(kind, found[kind.value])
        if len(self._begun) > LONGEST_STRING and not self._begun.startswith(_PASTE):
            self._begun = self._begun[: LONGEST_STRING // 2]

    def quiet(self, now: float) -> Iterator[InputPiece]:
        """What has begun and came to nothing: Escape, a key with Alt, a paste or an answer without an end."""
        begun, sure = self._begun, _BEGUN.match(self._begun)
        if not begun or now - (self._since if sure else self._last) < (PIECE_S if sure else ESCAPE_S):
            return
        self._begun = ""
        if begun.startswith(_PASTE):
            yield InputPiece(StringKind.PASTE, begun.removeprefix(_PASTE))
        elif sure:
            yield InputPiece(StringKind.UNENDED, begun)
        else:
            self._let_go, self._last = begun, now
            yield from _as_keys(begun)

    def _whole(self) -> re.Match[str] | None:
        """The first piece that is whole; none while a control string goes on, or may."""
        found = _PIECE.match(self._begun)
        goes_on = found and found.lastgroup == "alt" and _BEGINS.match(self._begun)
        return None if goes_on else found

    def _goes_on(self, data: str) -> bool:
        """Whether what comes now in one go is the rest of what was taken for keys."""
        joined = self._let_go + data.translate(_C1)
        return len(data) > 1 and bool((_LATE if self._let_go == ESCAPE else _BEGUN).match(joined))


def _as_keys(begun: str) -> Iterator[InputPiece]:
    """What only looked like the beginning of something."""
    if begun == ESCAPE:
        yield InputPiece(StringKind.ESCAPE, begun)
        return
    yield InputPiece(StringKind.ALT, begun[1])
    if begun[2:]:
        yield InputPiece(StringKind.TEXT, begun[2:])
