"""The review: each note beside the record it came from, signed one by one."""

from typing import ClassVar

from textual._time import get_time
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Label, Static

from otgroup.errors import OTGroupError
from otgroup.notes.note import Note
from otgroup.notes.signing.findings import Finding
from otgroup.notes.signing.reviewing import Reviewing
from otgroup.notes.signing.trace import Evidence
from otgroup.record.people import PersonId
from otgroup.ui.messages import ReviewRequest
from otgroup.ui.parts.lines import Lines
from otgroup.ui.parts.pressed import PressedScreen
from otgroup.ui.review.notetext import finding_text, note_parts, record_lines, title_row

BINDINGS: tuple[Binding, ...] = (
    Binding("s", "sign", "sign, next", tooltip="sign the note that stands here, or co-sign it, and go to the next"),
    Binding("y", "copy", "copy, next", tooltip="copy the note as plain text and go to the next"),
    Binding("l", "look", "look", tooltip="this loss of balance or fall has been looked at"),
    Binding("n", "want('words')", "words", tooltip="response, plan, remark, pain, RPE and more, as on the board"),
    Binding("e", "want('edit')", "edit", tooltip="edit a section, here or in your own editor"),
    Binding("x", "want('export')", "export", tooltip="write all notes to a folder"),
    Binding("j,down", "step(1)", "next", show=False, tooltip="the next note"),
    Binding("k,up", "step(-1)", "previous", show=False, tooltip="the note before"),
    Binding("tab,right", "figure(1)", "figure", show=False, tooltip="the next figure, its events beside it"),
    Binding("shift+tab,left", "figure(-1)", "figure before", show=False, tooltip="the figure before"),
    Binding("pagedown,space", "read(1)", "read on", show=False, tooltip="read on"),
    Binding("pageup", "read(-1)", "read back", show=False, tooltip="read back"),
    Binding("t", "want('late')", "late entry", show=False, tooltip="the board's keys, at an earlier time"),
    Binding(
        "i", "want('open')", "open", show=False, tooltip="what is open: an incident, its details, a score, a pause"
    ),
    Binding("g", "want('link')", "goals", show=False, tooltip="which goals this group serves, and why a group"),
    Binding("m", "want('compare')", "compare", show=False, tooltip="beside the note it is too like"),
    Binding("a", "want('add')", "add", show=False, tooltip="addendum, correction or late entry to a signed note"),
    Binding("c", "want('codes')", "codes", show=False, tooltip="minutes, codes and units, and what is to correct"),
    Binding("f", "next_format", "format", show=False, tooltip="the next format: narrative, SOAP, DAP, your own"),
    Binding("o", "reopen", "reopen", show=False, tooltip="the group goes on after all"),
    Binding("question_mark,slash,f1", "want('help')", "help", key_display="?", tooltip="these keys"),
    Binding("escape,q", "dismiss('home')", "home", tooltip="home; what is not signed waits there"),
)
"""The one table of the review's keys: bindings, footer and help come from it."""

FINDING_ROWS = 3
"""Rows for the findings on a small screen."""

LAYOUT_S = 0.02
"""Seconds until a note that was just put there is looked at again."""

_SHOWN = {"question_mark": "?", "slash": "/", "pagedown": "Page Down", "pageup": "Page Up", "shift+tab": "Shift+Tab"}


def review_key(key: str) -> str:
    """A key as people know it."""
    return _SHOWN.get(key, key.capitalize() if len(key) > 1 else key)


def review_help() -> Content:
    """Every key of the review."""
    lines = []
    for binding in BINDINGS:
        keys = " ".join(map(review_key, binding.key.split(",")))
        lines.append(Content.assemble((f"  {keys:<18}", "$accent"), binding.tooltip))
    return Content("\n").join(lines)


class ReviewScreen(PressedScreen):
    """Participant by participant. Ends with "home" or "reopen"; everything else is asked of the app."""

    BINDINGS: ClassVar[list[BindingType]] = list(BINDINGS)
    DEFAULT_CSS = """
    ReviewScreen #both { height: 1fr; }
    ReviewScreen #note { width: 2fr; padding: 0 1; }
    ReviewScreen #record { width: 1fr; padding: 0 1; border-left: solid $panel; }
    ReviewScreen #note Static { width: 100%; }
    ReviewScreen #findings { color: $warning; padding: 0 1; width: 100%; height: auto; max-height: 9; }
    """

    def __init__(self, review: Reviewing, formats: list[str], missed: str) -> None:
        super().__init__()
        self.review = review
        self._formats, self._missed = formats, missed
        people = [p.person.id for p in review.people]
        self._place = self._first_to_sign(people)
        self._figure: int | None = None
        self._read: dict[PersonId, tuple[Note, float]] = {}
        self._said = missed
        self._asked = False

    def _first_to_sign(self, people: list[PersonId]) -> int:
        return next((n for n, who in enumerate(people) if not self._done(who)), 0)

    def _done(self, who: PersonId) -> bool:
        """Whether nobody waits for a signature on this note."""
        return self.review.paper(who).signed is not None and not self.review.owes_cosignature(who)

    # --- drawing ----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Title, findings, note and record side by side, what was said."""
        yield Lines(id="title")
        yield Static("", id="findings", markup=False)
        with Horizontal(id="both"):
            yield VerticalScroll(id="note", can_focus=False)
            with VerticalScroll(id="record", can_focus=False):
                yield Static("", id="events", markup=False)
        yield Label("", id="said", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    async def on_mount(self) -> None:
        """The first note nobody has signed."""
        await self.show()

    @property
    def who(self) -> PersonId | None:
        """Whose note is shown."""
        people = self.review.people
        return people[self._place].person.id if people else None

    async def show(self, said: str | None = None) -> None:
        """Draw everything anew, the note from its beginning."""
        if said is not None:
            self._said = said
        self._figure = None
        note = self.query_one("#note", VerticalScroll)
        await note.remove_children()
        if self.who is None:
            await note.mount(Static("No note is owed: nobody took part.", markup=False))
        else:
            self._load(self.who)
            await note.mount(*(Static(part, markup=False) for part in self._parts()))
        note.scroll_home(animate=False)
        self._paint()
        self.call_after_refresh(self._mark_read)

    def _load(self, who: PersonId) -> None:
        self._notes = self.review.notes()
        self._found: tuple[Finding, ...] = self.review.findings(who)
        self._evidence: tuple[Evidence, ...] = self.review.evidence(who)

    def _parts(self) -> list[Content]:
        chosen = self._evidence[self._figure] if self._figure is not None else None
        who = self.who
        assert who is not None  # noqa: S101 - asked before
        return note_parts(self._notes[who], self.review.paper(who), self._evidence, chosen)

    def _paint(self) -> None:
        """Title, findings, the events behind the chosen figure (else the whole record), what was said."""
        who = self.who
        self.query_one("#said", Label).update(Content(self._said))
        if who is None:
            self.query_one("#title", Lines).show((((f" {self.review.state.protocol.title}", "bar"),),))
            return
        place = f"{self._place + 1} of {len(self.review.people)}"
        title = title_row(self._notes[who], self.review.state, place, self._standing(who), self.size.width)
        self.query_one("#title", Lines).show((title,))
        rows = max(FINDING_ROWS, self.size.height // 8)
        self.query_one("#findings", Static).update(finding_text(self._found, self.size.width - 2, rows))
        self.query_one("#findings", Static).display = bool(self._found)
        chosen = self._evidence[self._figure] if self._figure is not None else None
        record = record_lines(self.review.state, self.review.state.participants[who], chosen)
        self.query_one("#events", Static).update(record)

    def _standing(self, who: PersonId) -> str:
        if self.review.owes_cosignature(who):
            return "to co-sign"
        if self.review.paper(who).signed:
            return "signed"
        number = len(self._found)
        return f"{number} finding{'' if number == 1 else 's'}" if number else "no findings"

    # --- going through ----------------------------------------------------------------------------

    async def action_step(self, step: int) -> None:
        """The next note, or the one before."""
        if self.review.people:
            self._place = (self._place + step) % len(self.review.people)
            await self.show("")

    async def action_next_format(self) -> None:
        """The same record, laid out another way."""
        before = self.review.template
        self.review.template = self._formats[(self._formats.index(before) + 1) % len(self._formats)]
        try:
            self.review.notes()
        except OTGroupError as refusal:
            refused, self.review.template = str(refusal), before
            await self.show(refused)
        else:
            await self.show(f"{self.review.template}: signed notes stay as they were signed")

    def action_read(self, pages: int) -> None:
        """Scroll the note."""
        note = self.query_one("#note", VerticalScroll)
        note.scroll_relative(y=pages * max(1, note.size.height - 1), animate=False, immediate=True)
        self.call_after_refresh(self._mark_read)

    def action_figure(self, step: int) -> None:
        """The next figure of the note: the events behind it stand beside."""
        if not self._evidence:
            self.say("no figures to walk through here: signed and edited text stands as it was written")
            return
        begin = -1 if step > 0 else 0
        self._figure = ((begin if self._figure is None else self._figure) + step) % len(self._evidence)
        note = self.query_one("#note", VerticalScroll)
        parts = self._parts()
        for widget, part in zip(note.query(Static), parts, strict=True):
            widget.update(part)
        section = self._evidence[self._figure].section
        titles = [None, *(s.title for s in self._note().sections)]
        note.query(Static)[titles.index(section)].scroll_visible(animate=False)
        self._paint()
        self.call_after_refresh(self._mark_read)

    def _note(self) -> Note:
        who = self.who
        assert who is not None  # noqa: S101 - asked before
        return self._notes[who]

    # --- signing ----------------------------------------------------------------------------------

    async def action_sign(self) -> None:
        """Sign the note that stands here and go on; a note longer than the screen is read to its end first."""
        await self.once_pressed("s", self._sign)

    async def action_look(self) -> None:
        """What the first finding of its kind is about has been looked at now."""
        await self.once_pressed("l", self._look)

    async def action_copy(self) -> None:
        """Copy the note that stands here, for one chart."""
        await self.once_pressed("y", self._copy)

    async def _copy(self) -> None:
        self.action_want("copy")

    async def _sign(self) -> None:
        who = self.who
        if who is None:
            return
        note, seen_at = self._read.get(who, (None, 0.0))
        if note != self._notes[who] and not self._done(who):
            self.action_read(1)
            self.say("read on: s signs once the end of the note was on the screen")
            return
        if self.presses.at < seen_at:
            self.say("not signed: s was pressed before this note stood here. Press it again when it is read")
            return
        self.review.sign(who)
        await self._go_on(who)

    async def _go_on(self, who: PersonId) -> None:
        """To the next note that waits for a signature."""
        name = self.review.state.participants[who].person.name
        people = [p.person.id for p in self.review.people]
        following = [*people[self._place + 1 :], *people[: self._place]]
        waiting = next((other for other in following if not self._done(other)), None)
        if waiting is None:
            await self.show(f"signed: {name}. All are signed: y copies one after another, x exports them all")
            return
        self._place = people.index(waiting)
        await self.show(f"signed: {name}")

    def _mark_read(self) -> None:
        """Keep the note as one that was read, if its end is on the screen; changed since, it is another note."""
        if self.who is None:
            return
        note = self.query_one("#note", VerticalScroll)
        if not note.children:  # another note is being put there, and is looked at after that
            return
        end = note.children[-1].region
        if not end.height:  # not laid out yet; asked again at once, the screen would never come to lay it out
            self.set_timer(LAYOUT_S, self._mark_read)
        elif end.bottom <= note.region.bottom:
            self._keep_read(self.who)

    def _keep_read(self, who: PersonId) -> None:
        """From when a note's end has been on the screen; a key pressed before was not pressed for it."""
        note, _ = self._read.get(who, (None, 0.0))
        if note != self._notes[who]:
            self._read[who] = (self._notes[who], get_time())

    async def _look(self) -> None:
        who = self.who
        found = next((f for f in self._found if f.mend in ("look", "compare")), None) if who else None
        if who is None or found is None:
            self.say("nothing here has to be looked at")
            return
        if found.mend == "compare":
            self.post_message(ReviewRequest("compare", who))
            return
        self.review.look(who, found)
        await self.show(f"looked at: {found.about}")

    def say(self, text: str) -> None:
        """Put one line before the leader."""
        self._said = text
        self.query_one("#said", Label).update(Content(text))
        self.call_after_refresh(self._mark_read)  # a longer or shorter line leaves the note more or less room

    def add_said(self, text: str) -> None:
        """Put a word behind what was said, which still holds."""
        if text not in self._said:
            self.say(f"{self._said} · {text}" if self._said else text)

    async def action_reopen(self) -> None:
        """The group goes on after all; where notes are signed, asked twice."""
        await self.once_pressed("o", self._reopen)

    async def _reopen(self) -> None:
        signed = sum(self.review.paper(p.person.id).signed is not None for p in self.review.people)
        if signed and not self._asked:
            self._asked = True
            self.say(f"{signed} signed: they stay as they are. o once more lets the group go on after all")
            return
        self.dismiss("reopen")

    def action_want(self, what: str) -> None:
        """Something the app opens."""
        if self.who is not None or what in ("help", "export", "codes"):
            self.post_message(ReviewRequest(what, self.who or PersonId("")))

    def on_resize(self) -> None:
        """Another size shows more or less of the note."""
        self._paint()
        self.call_after_refresh(self._mark_read)
