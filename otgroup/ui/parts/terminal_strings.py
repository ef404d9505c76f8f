"""What a terminal sends, cut into keys, pasted text and its own answers. Knows neither keys' names nor a screen.

A terminal answers questions in control strings (`ESC ] 11;rgb:... BEL`): read as keys they would be repetitions,
cues and losses of balance. They are dropped whole, also when they come in pieces. The grammar is that of ECMA-48
with xterm's additions.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

ESCAPE: Final = "\x1b"
ESCAPE_S: Final = 0.1
"""An escape with nothing behind it for so long (s) is the key."""

PIECE_S: Final = 2.0
"""What has begun and does not go on for so long (s) is not going to end."""

LONGEST_STRING: Final = 65_536
"""Characters of a control string that are kept until its end; those before are forgotten."""

_C1 = str.maketrans({chr(0x40 + ord(sign)): f"\x1b{sign}" for sign in "PX[]^_"})
"""The one-character forms of what begins a sequence or a control string."""

_PASTE = "\x1b[200~"
_PIECE = re.compile(
    r"(?P<text>[^\x1b\x80-\x9f]+)"
    r"|\x1b\[200~(?P<paste>.*?)\x1b\[201~"
    r"|(?P<string>\x1b[\]P_^X][^\x07\x18\x1a\x1b\x9c]*(?:[\x07\x18\x1a\x9c]|\x1b\\|(?=\x1b[^\\])))"
    r"|(?P<sequence>\x1b\[M...|\x1b\[\[.|\x1b\[(?!200~|M|\[)[0-?]*[ -/]*[@-~]|\x1bO[0-9;]*[@-~]|\x1b[\t\x7f])"
    r"|(?P<broken>\x1b(?:\[[0-?]*+[ -/]*+|O[0-9;]*+)(?=[^@-~])|[\x80-\x9f])"
    r"|\x1b(?P<alt>[^\x1b\[O\]P_^X])"
    r"|(?P<escape>\x1b)(?=\x1b)",
    re.DOTALL,
)
_STRING = re.compile(r"\x1b[\]P_^X]")
_LATE = re.compile(r"[\[\]_^]|P[0-9>!$+=?]")
"""How the rest of an answer begins whose escape came so long before that it was taken for the key."""


class StringKind(Enum):
    """What a piece is: typed text, a sequence of a key or a mouse, a key with Alt, Escape, pasted text."""

    TEXT = "text"
    SEQUENCE = "sequence"
    ALT = "alt"
    ESCAPE = "escape"
    PASTE = "paste"


_KEPT = {kind.value: kind for kind in StringKind}
"""The groups of the grammar that are handed on; control strings and broken sequences are not."""


class InputPiece(NamedTuple):
    """Something whole that came from the terminal."""

    kind: StringKind
    text: str


class TerminalStrings:
    """Cuts what comes into whole pieces, and keeps what has only begun. Times are seconds on one clock."""

    def __init__(self) -> None:
        self._begun = ""
        self._since = 0.0
        self._escaped: float | None = None

    def feed(self, data: str, now: float) -> Iterator[InputPiece]:
        """The pieces that are whole with what came now."""
        if self._escaped is not None and now - self._escaped < PIECE_S and _LATE.match(data):
            self._begun = ESCAPE
        self._escaped = None
        self._begun, self._since = self._begun + data.translate(_C1), now
        while found := _PIECE.match(self._begun):
            self._begun = self._begun[found.end() :]
            if kind := _KEPT.get(found.lastgroup or ""):
                yield InputPiece(kind, found[kind.value])
        if len(self._begun) > LONGEST_STRING and _STRING.match(self._begun):
            self._begun = self._begun[:2]

    def quiet(self, now: float) -> Iterator[InputPiece]:
        """What has begun and came to nothing: Escape, a key with Alt, a paste without an end; the rest is dropped."""
        begun, waited = self._begun, now - self._since
        if not begun or waited < (ESCAPE_S if begun == ESCAPE else PIECE_S):
            return
        self._begun = ""
        if begun == ESCAPE:
            self._escaped = now
            yield InputPiece(StringKind.ESCAPE, begun)
        elif begun.startswith(_PASTE):
            yield InputPiece(StringKind.PASTE, begun.removeprefix(_PASTE))
        elif len(begun) == 2:
            yield InputPiece(StringKind.ALT, begun[1])
