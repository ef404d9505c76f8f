"""What a leader asks for in the review: words, edits, additions, the clipboard, export. Ties it to the clinic."""

import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

from textual.app import App
from textual.content import Content
from textual.worker import Worker

from otgroup.errors import AlreadyThere, BadInput, OTGroupError
from otgroup.export.copies import Copy
from otgroup.export.folder import write_folder
from otgroup.export.form import Work
from otgroup.export.handover import HandOver, hand_over, steps
from otgroup.export.naming import Naming
from otgroup.export.text import as_text
from otgroup.live.keymap import Keys
from otgroup.live.reviewing import Reviewing
from otgroup.live.wording import link
from otgroup.notes.note import AdditionKind, Note
from otgroup.record.people import Person, PersonId
from otgroup.store.files import write_whole
from otgroup.ui.clinic import Clinic
from otgroup.ui.clipboard import Clipboard
from otgroup.ui.screens.late import Begin, LateScreen
from otgroup.ui.screens.linking import LinkScreen
from otgroup.ui.screens.papers import ADDITIONS, CompareScreen, ExportScreen, TextScreen
from otgroup.ui.screens.progress import ProgressScreen
from otgroup.ui.screens.review import ReviewScreen, review_help

USUAL_FORMATS = ("txt", "md")


def _folder(typed: str) -> Path:
    """The folder that was typed. Raises BadInput where there is none of that name to be had."""
    if not typed:
        raise BadInput("no folder is named: nothing was written")
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        raise BadInput(f"{typed}: there is no such user here, name another folder") from None


class ReviewFlow:
    """One review on one screen. `clipboard` outlives it: what it copied is taken away later."""

    def __init__(self, app: App[None], clinic: Clinic, keys: Keys, review: Reviewing, clipboard: Clipboard) -> None:
        self._app, self._clinic, self._keys, self._review = app, clinic, keys, review
        self.session = review.state.id
        batch = review.batch()
        missed = [line for line in batch.summary if "missed treatment" in line or "never stated" in line]
        self.screen = ReviewScreen(review, clinic.note_formats(), "; ".join(missed))
        self.clipboard = clipboard
        self._copying: Worker[None] | None = None

    def help(self) -> Content:
        """Every key of the review."""
        return review_help()

    async def wanted(self, what: str, who: PersonId) -> None:
        """Do what was asked for on the screen."""
        ways: dict[str, Callable[[PersonId], None]] = {
            "words": lambda person: self._late(person, "words"),
            "late": lambda person: self._late(person, "time"),
            "open": lambda person: self._late(person, "open"),
            "copy": self._copy,
            "edit": self._edit,
            "add": self._add,
            "link": self._link,
            "compare": self._compare,
            "export": self._export,
        }
        if what in ways:
            ways[what](who)

    def after_codes(self) -> None:
        """Codes and one-on-one time may have changed: the note that was shown stands there again."""
        self._review.take_entries(tuple(self._clinic.folder.library.minutes()))
        self.screen.call_later(self.screen.show, "")

    async def _show(self, said: str) -> None:
        await self.screen.show(said)

    async def _try(self, do: Callable[[], None], said: str) -> None:
        """Do it and draw the note anew; a refusal is told instead."""
        try:
            do()
        except OTGroupError as refusal:
            said = str(refusal)
        await self._show(said)

    # --- the record -------------------------------------------------------------------------------

    def _late(self, who: PersonId, begin: Begin) -> None:
        desk, pen = self._clinic.late_desk(who)

        async def back(_: object) -> None:
            await self._show("")

        self._app.push_screen(LateScreen(desk, pen, self._keys, begin), back)

    def _link(self, who: PersonId) -> None:
        person = self._review.state.participants[who].person
        desk, _ = self._clinic.late_desk(who)

        async def keep(changed: Person | None) -> None:
            if changed is None:
                return
            said = changed.link(self._review.state.protocol.id)
            try:
                self._clinic.save_link(who, said)
            except OTGroupError as refusal:
                self.screen.say(str(refusal))
                return
            link(desk, who, said)
            await self._show(desk.alarm or desk.said)

        self._app.push_screen(LinkScreen(person, self._review.state.protocol), keep)

    # --- the text ---------------------------------------------------------------------------------

    def _edit(self, who: PersonId) -> None:
        note = self._review.notes()[who]

        async def keep(edited: tuple[str, str] | None) -> None:
            if edited is None:
                return
            section, text = edited
            if text:
                await self._try(lambda: self._review.edit(who, section, text), f"edited: {section}")
            else:
                await self._try(lambda: self._review.revert(who, section), f"{section}: the generated text again")

        hint = "Ctrl+S keeps · Ctrl+G generated text · Ctrl+O editor · Escape back"
        sections = [(s.title, "\n".join(s.paragraphs)) for s in note.sections]
        self._app.push_screen(TextScreen(f"Edit: {note.header.name}", sections, hint, self._outside(note)), keep)

    def _add(self, who: PersonId) -> None:
        note = self._review.notes()[who]
        kinds: dict[str, AdditionKind] = {told: kind for kind, told in ADDITIONS}

        async def keep(added: tuple[str, str] | None) -> None:
            if added is not None and added[1]:
                kind = kinds[added[0]]
                await self._try(lambda: self._review.add(who, kind, added[1]), f"added and signed: {kind}")

        hint = "Ctrl+S signs and adds it · Ctrl+O editor · Escape back"
        choices = [(told, "") for told in kinds]
        self._app.push_screen(TextScreen("Add to the signed note", choices, hint, self._outside(note)), keep)

    def _outside(self, note: Note) -> Callable[[str], str]:
        """The leader's own editor for one note: an editor that stays open never holds somebody else's text."""
        return lambda text: self._in_editor(text, f"{self._name(note)}_edit.txt")

    def _in_editor(self, text: str, name: str) -> str:
        """The text as it comes back from the leader's own editor. Raises BadInput."""
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not editor:
            raise BadInput("EDITOR is not set: write it here")
        path = self._clinic.aside(name)
        write_whole(path, text.encode(), overwrite=True)
        try:
            with self._app.suspend():
                subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the leader's own choice
            return path.read_text("utf-8")
        except (OSError, ValueError) as error:
            raise BadInput(f"{editor}: cannot be used ({type(error).__name__}), write it here") from error
        finally:
            path.unlink(missing_ok=True)

    def _compare(self, who: PersonId) -> None:
        notes = self._review.notes()
        case = self._review.case(who, notes)
        found = next((f for f in self._review.findings(who) if f.mend == "compare"), None)
        other = case.before if found and found.other == who else notes.get(found.other or who) if found else None
        if found is None or other is None:
            self._app.notify("no other note is too like this one", markup=False)
            return

        async def seen(looked: bool | None) -> None:  # noqa: FBT001
            if looked:
                await self._try(lambda: self._review.look(who, found), "looked at beside the other one")

        self._app.push_screen(CompareScreen(notes[who], other), seen)

    # --- out --------------------------------------------------------------------------------------

    def _copy(self, who: PersonId) -> None:
        """Copy the note as plain text, then show the next one."""
        if self._copying and not self._copying.is_finished:
            self.screen.say("the note before is still on its way: y once more when it is there")
            return
        note = self._review.notes()[who]
        self.screen.say(f"{note.header.name}: on its way to be pasted")
        self._copying = self._app.run_worker(self._copied(note))

    async def _copied(self, note: Note) -> None:
        """Keep on record where the note really went; what cannot be kept there is taken away again."""
        for_s, name = self._review.rules.clipboard_s, f"{self._name(note)}.txt"
        try:
            copy = await self.clipboard.copy(as_text(note), lambda: self._clinic.aside(name), stays=not for_s)
        except OTGroupError as refusal:
            self._tell(note, str(refusal))
            return
        refused = self._keep_copied(note, copy)
        if refused:
            await self.clipboard.take_away(copy)
            self._tell(note, f"not copied, {refused}")
            return
        if for_s:
            self.clipboard.take_away_after(copy, for_s)
        self._app.call_later(self._go_on_from, note, f"{copy.told}, for {for_s} s" if for_s else copy.told)

    def _keep_copied(self, note: Note, copy: Copy) -> str:
        """Keep the copy on record; why it is not."""
        if self.screen not in self._app.screen_stack:  # its journal may be closed
            return "the review was left before"
        try:
            self._review.hand_over((note.participant,), ("txt",), copy.to)
        except OTGroupError as refusal:
            return f"for it cannot be kept on record: {refusal}"
        return ""

    async def _go_on_from(self, note: Note, told: str) -> None:
        """To the next note, unless the leader is at another one already."""
        if self.screen in self._app.screen_stack and self.screen.who == note.participant:
            await self.screen.action_step(1)
        self._tell(note, told)

    def _tell(self, note: Note, told: str) -> None:
        line = f"{note.header.name}: {told}"
        if self.screen in self._app.screen_stack:
            self.screen.say(line)
        else:
            self._app.notify(line, markup=False)

    def _name(self, note: Note) -> str:
        """What a file is called that holds one note on its way to somewhere else."""
        return Naming(self._review.batch(), self._review.state).beside(note)

    def _export(self, _: PersonId) -> None:
        unsigned = sum(not note.signed for note in self._review.batch().notes)
        told = f"{unsigned} unsigned: they say so" if unsigned else "all are signed"
        self._ask_export(USUAL_FORMATS, str(self._clinic.notes_folder(self._review.state)), told)

    def _ask_export(self, formats: tuple[str, ...], folder: str, told: str, *, overwrite: bool = False) -> None:
        def write(wanted: tuple[tuple[str, ...], str] | None) -> None:
            if wanted is not None:
                self._write(*wanted, overwrite=overwrite and wanted[1] == folder)

        self._app.push_screen(ExportScreen(formats, folder, told), write)

    def _write(self, formats: tuple[str, ...], folder: str, *, overwrite: bool) -> None:
        """Make all notes and the index, then put them there; what stands there already is asked about once."""
        batch = self._review.batch()
        job = Work(batch=batch, state=self._review.state, letterhead=self._clinic.letterhead())

        def keep(made: HandOver | OTGroupError | None) -> None:
            if isinstance(made, HandOver):
                self._put(made, formats, folder, overwrite=overwrite)
            elif made is not None:
                self.screen.say(str(made))

        self._app.push_screen(ProgressScreen(lambda step: hand_over(job, formats, step), steps(job, formats)), keep)

    def _put(self, made: HandOver, formats: tuple[str, ...], folder: str, *, overwrite: bool) -> None:
        """Write the files, all or none, and keep on record that signed notes have left."""
        try:
            out = _folder(folder)
            people = tuple(p.person.id for p in self._review.people)
            replaced = write_folder(
                out,
                made.files,
                overwrite=overwrite,
                keep=lambda: self._review.hand_over(people, formats, str(out)),
            )
        except AlreadyThere:
            self._ask_export(formats, folder, "Notes stand there already: Enter replaces them", overwrite=True)
            return
        except OTGroupError as refusal:
            self.screen.say(str(refusal))
            return
        told = f"{len(made.files)} files written to {out}"
        self.screen.say("; ".join([f"{told}, {len(replaced)} replaced" if replaced else told, *made.failed]))
