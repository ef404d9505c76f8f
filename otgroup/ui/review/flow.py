"""What a leader asks for in the review: words, edits, additions, the clipboard, export. Ties it to the clinic."""

from collections.abc import Callable
from pathlib import Path

from textual.app import App
from textual.content import Content
from textual.worker import Worker

from otgroup.board.keymap import Keys
from otgroup.clinic.clinic import Clinic
from otgroup.clinic.notes import note_formats, notes_folder
from otgroup.errors import AlreadyThere, BadInput, OTGroupError
from otgroup.export.copies import Copy
from otgroup.export.folder import write_folder
from otgroup.export.form import ExportJob
from otgroup.export.handover import HandOver, hand_over, step_count
from otgroup.export.naming import Naming
from otgroup.export.text import as_text
from otgroup.notes.note import AdditionKind, Note
from otgroup.notes.signing.reviewing import Reviewing
from otgroup.record.people import Person, PersonId
from otgroup.ui.board.goals import LinkScreen
from otgroup.ui.parts.progress import ProgressScreen
from otgroup.ui.review.clipboard import Clipboard
from otgroup.ui.review.dialogs import ADDITIONS, CompareScreen, ExportScreen, TextScreen, Writing
from otgroup.ui.review.editor import edit_outside
from otgroup.ui.review.late import Begin, LateScreen
from otgroup.ui.review.review import ReviewScreen, review_help

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
        self.screen = ReviewScreen(review, note_formats(clinic), "; ".join(review.batch().away))
        self.clipboard = clipboard
        self._copying: Worker[None] | None = None

    def help(self) -> Content:
        """Every key of the review."""
        return review_help()

    async def handle_request(self, what: str, who: PersonId) -> None:
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
        self._review.take_entries(tuple(self._clinic.library.minutes()))
        self.screen.call_later(self.screen.show, "")

    async def _show(self, said: str | None) -> None:
        """Draw the note anew and say what came of a dialog; nothing where it was left."""
        if said is not None:
            await self.screen.show(said)

    # --- the record -------------------------------------------------------------------------------

    def _late(self, who: PersonId, begin: Begin) -> None:
        desk, pen = self._clinic.late_desk(who)

        async def back(_: object) -> None:
            await self._show("")

        self._app.push_screen(LateScreen(desk, pen, self._keys, begin), back)

    def _link(self, who: PersonId) -> None:
        person = self._review.state.participants[who].person
        desk, _ = self._clinic.late_desk(who)

        def keep(changed: Person) -> None:
            self._clinic.keep_link(desk, changed)

        async def kept(changed: Person | None) -> None:
            await self._show(desk.said if changed else None)

        self._app.push_screen(LinkScreen(person, self._review.state.protocol, keep), kept)

    # --- the text ---------------------------------------------------------------------------------

    def _edit(self, who: PersonId) -> None:
        self._review.refuse_edit(who)
        note = self._review.notes()[who]

        def keep(section: str, text: str) -> str:
            self._review.edit(who, section, text)
            return f"edited: {section}"

        def revert(section: str) -> str:
            self._review.revert(who, section)
            return f"{section}: the generated text again"

        hint = "Ctrl+S keeps · Ctrl+G generated text · Ctrl+O editor · Escape back"
        sections = [(s.title, "\n".join(s.paragraphs)) for s in note.sections]
        writing = Writing(f"Edit: {note.header.name}", sections, hint, keep, self._outside(note), revert)
        self._app.push_screen(TextScreen(writing), self._show)

    def _add(self, who: PersonId) -> None:
        self._review.refuse_addition(who)
        note = self._review.notes()[who]
        kinds: dict[str, AdditionKind] = {told: kind for kind, told in ADDITIONS}

        def keep(told: str, text: str) -> str:
            self._review.add(who, kinds[told], text)
            return f"added and signed: {kinds[told]}"

        hint = "Ctrl+S signs and adds it · Ctrl+O editor · Escape back"
        choices = [(told, "") for told in kinds]
        writing = Writing("Add to the signed note", choices, hint, keep, self._outside(note))
        self._app.push_screen(TextScreen(writing), self._show)

    def _outside(self, note: Note) -> Callable[[str], tuple[str, str]]:
        """The leader's own editor for one note: an editor that stays open never holds somebody else's text."""
        path = self._clinic.aside(f"{self._name(note)}_edit.txt")
        return lambda text: edit_outside(text, path, self._app.suspend)

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
                self._review.look(who, found)
                await self._show("looked at beside the other one")

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
        self._ask_export(USUAL_FORMATS, str(notes_folder(self._clinic, self._review.state)), told)

    def _ask_export(self, formats: tuple[str, ...], folder: str, told: str, *, overwrite: bool = False) -> None:
        def write(wanted: tuple[tuple[str, ...], str] | None) -> None:
            if wanted is not None:
                self._write(*wanted, overwrite=overwrite and wanted[1] == folder)

        self._app.push_screen(ExportScreen(formats, folder, told), write)

    def _write(self, formats: tuple[str, ...], folder: str, *, overwrite: bool) -> None:
        """Make all notes and the index, then put them there; what stands there already is asked about once."""
        batch = self._review.batch()
        job = ExportJob(batch=batch, state=self._review.state, letterhead=self._clinic.files.letterhead())

        def keep(made: HandOver | OTGroupError | None) -> None:
            if isinstance(made, HandOver):
                self._put(made, formats, folder, overwrite=overwrite)
            elif made is not None:
                self._ask_export(formats, folder, str(made))

        self._app.push_screen(
            ProgressScreen(lambda step: hand_over(job, formats, step), step_count(job, formats)), keep
        )

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
            self._ask_export(formats, folder, str(refusal))
            return
        told = f"{len(made.files)} files written to {out}"
        self.screen.say("; ".join([f"{told}, {len(replaced)} replaced" if replaced else told, *made.failed]))
