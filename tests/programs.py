"""Stand-ins for the programs that reach a clipboard: real programs, found in PATH as the real ones are."""

import os
from collections.abc import Mapping
from pathlib import Path

WORKING = 'case "$*" in *-o*) cat "{clip}";; *) cat >"{clip}";; esac'
"""An xclip whose clipboard is a file."""


class Programs:
    """A folder of stand-ins, and the clipboard they share: a file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clip = folder / "bin", folder / "clip"
        self.folder.mkdir()
        self.clip.write_bytes(b"what was there before")

    def add(self, name: str, script: str = WORKING) -> None:
        """A program that runs some lines of shell; `{clip}` in them is the clipboard."""
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{script.replace('{clip}', str(self.clip))}\n", "utf-8")
        path.chmod(0o755)

    @property
    def held(self) -> str:
        """What is on the clipboard."""
        return self.clip.read_text("utf-8", "replace")

    def environment(self, **more: str) -> Mapping[str, str]:
        """An X session that has these programs and the shell's."""
        path = os.pathsep.join([str(self.folder), "/usr/bin", "/bin"])
        none = dict.fromkeys(("WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "TERM_PROGRAM"), "")
        return {**none, "PATH": path, "DISPLAY": ":99", "TERM": "xterm-256color", **more}
