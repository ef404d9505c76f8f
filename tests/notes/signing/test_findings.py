"""Findings: what a leader must see before signing is found, and nothing is found where nothing is."""

from pathlib import Path

import msgspec
import pytest

import otgroup
from otgroup.errors import BadInput
from otgroup.notes.batch import NoteContext, write_batch
from otgroup.notes.facts.record import digest_of_record
from otgroup.notes.signing import findings as review
from otgroup.notes.signing.papers import Edit, Paper
from otgroup.notes.signing.rules import KINDS, parse_review, review_problems
from otgroup.notes.writer import NoteWriter
from otgroup.record.course import Ended, GroupPaused, GroupResumed, MachineClockSet, Undone
from otgroup.record.parts.balance import BalanceIncident, BalanceWatched, Outcome
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.presence import Left, Rested
from otgroup.record.parts.words import Plan, ReasonGiven, Remark, Response
from otgroup.record.people import Leader, Link, Person, PersonId
from otgroup.record.state import SessionState
from tests.strategies import Play, load_template, shipped

WRITER = NoteWriter(load_template)
SHIPPED = (Path(otgroup.__file__).parent / "defaults" / "review.toml").read_bytes()
RULES = parse_review(SHIPPED, "review.toml")
ADA = Person(
    id=PersonId("ada"), name="Ada Lindqvist", short_name="Ada", goals=("G1 reach",),
    links=(Link("one-leg-stance", ("G1 reach",), "neighbours distract her"),),
)  # fmt: skip
BEN = Person(id=PersonId("ben"), name="Ben Okoro", short_name="Ben", goals=("G2 stand",))


class Group(Play):
    """A one-leg-stance group of two in which Ada's record is complete."""

    def __init__(self) -> None:
        super().__init__(shipped("one-leg-stance"))
        self.here(ADA, BEN)

    def complete(self) -> "Group":
        self.at("10:05").taps(ADA.id, 3, "taps", "left")
        self.add(BalanceWatched, ADA.id, watched=True)
        self.add(Response, ADA.id, text="Felt steady.")
        self.add(Plan, ADA.id, text="Five taps.")
        return self


def case(state: SessionState, paper: Paper | None = None, before=None) -> review.NoteUnderReview:
    paper = paper or Paper()
    batch = write_batch(state, WRITER, context=NoteContext(papers={ADA.id: paper}))
    notes = {note.participant: note for note in batch.notes}
    return review.NoteUnderReview(
        p=state.participants[ADA.id],
        state=state,
        facts=batch.facts[ADA.id],
        note=notes[ADA.id],
        paper=paper,
        fixed=WRITER.fixed_wording(batch.facts[ADA.id]),
        siblings=notes,
        before=before,
    )


def found(group: Group, paper: Paper | None = None) -> dict[str, review.Finding]:
    return {f.kind: f for f in review.findings(case(group.state("10:30"), paper), RULES)}


def test_a_complete_record_has_no_findings() -> None:
    assert found(Group().complete()) == {}


def test_attendance_alone_blocks_and_says_what_else_is_missing() -> None:
    kinds = found(Group())
    assert kinds["nothing-recorded"].blocks
    assert {"no-response", "no-plan", "watched-unstated"} <= set(kinds)
    assert not kinds["no-plan"].blocks


def test_a_loss_of_balance_waits_until_it_was_looked_at() -> None:
    group = Group().complete()
    lob = group.at("10:10").add(BalanceIncident, ADA.id, outcome=Outcome.LOB)
    seen = found(group)["incident-unseen"]
    assert (seen.blocks, seen.mend, seen.text) == (True, "look", "1 loss of balance at 10:10 not yet looked at")
    assert lob.id in seen.key
    looked = Paper(looked=frozenset({seen.key}))
    assert "incident-unseen" not in {f.kind for f in review.findings(case(group.state(), looked), RULES)}


def test_an_open_incident_and_a_fall_without_details() -> None:
    group = Group().complete()
    group.at("10:10").add(BalanceIncident, ADA.id)
    group.add(BalanceIncident, ADA.id, outcome=Outcome.FALL)
    kinds = found(group)
    assert kinds["incident-open"].blocks
    assert kinds["incident-unseen"].text == "a fall at 10:10 not yet looked at"
    assert not kinds["fall-details"].blocks


@pytest.mark.parametrize("words", ["No LOB today.", "went without any loss of balance", "no falls"])
def test_words_that_deny_a_recorded_loss_contradict_it(words) -> None:
    group = Group().complete()
    group.at("10:10").add(BalanceIncident, ADA.id, outcome=Outcome.LOB)
    group.add(Remark, ADA.id, text=words)
    assert found(group)["contradiction"].blocks


def test_words_about_a_later_stretch_do_not_contradict() -> None:
    group = Group().complete()
    group.at("10:10").add(BalanceIncident, ADA.id, outcome=Outcome.LOB)
    group.add(Remark, ADA.id, text="no loss of balance after the chair came")
    assert "contradiction" not in found(group)


def test_steadiness_stated_beside_unsteadiness_contradicts() -> None:
    group = Group().complete()
    group.at("10:10").add(BalanceIncident, ADA.id, outcome=Outcome.UNSTEADY)
    group.add(BalanceWatched, ADA.id, steady=True)
    assert "unsteadiness" in found(group)["contradiction"].text


def test_work_recorded_of_somebody_who_was_away() -> None:
    group = Group().complete()
    group.at("10:20").add(Left, ADA.id)
    group.at("10:25").add(CueGiven, ADA.id, type=Cue.VERBAL, count=1)
    assert found(group)["after-leaving"].text == "recorded while not here: 10:25"


def test_a_silence_taken_as_a_pause_is_found_for_whoever_was_here_until_somebody_answers() -> None:
    group = Group().complete()
    paused = group.at("10:07").add(GroupPaused, assumed=True)
    resumed = group.at("10:27").add(GroupResumed)
    silence = found(group)["silence-unsaid"]
    assert (silence.blocks, silence.mend) == (False, "open")
    assert silence.text == "20 min without an entry, 10:07-10:27, taken as a pause: were they treated?"
    answered = group.add(ReasonGiven, of=paused.id, reason="it was a pause")
    assert "silence-unsaid" not in found(group)
    group.log.remove(answered)
    group.add(Undone, event=resumed.id)
    group.add(Undone, event=paused.id)
    assert "silence-unsaid" not in found(group)


def test_a_silence_is_not_asked_of_somebody_who_rested_or_had_left() -> None:
    group = Group().complete()
    group.at("10:06").add(Rested, ADA.id)
    group.at("10:07").add(GroupPaused, assumed=True)
    group.at("10:27").add(GroupResumed)
    assert "silence-unsaid" not in found(group)


def test_that_a_pause_was_one_puts_no_signature_behind() -> None:
    group = Group().complete()
    paused = group.at("10:07").add(GroupPaused, assumed=True)
    group.at("10:27").add(GroupResumed)
    before = digest_of_record(group.state(), ADA.id)
    group.add(ReasonGiven, of=paused.id, reason="it was a pause")
    assert digest_of_record(group.state(), ADA.id) == before


def test_a_clock_that_was_set_while_the_group_ran_is_named_until_it_was_looked_at() -> None:
    group = Group().complete()
    group.at("10:10").add(MachineClockSet, at=None, seconds=-300)
    finding = found(group)["clock-set"]
    assert (finding.blocks, finding.mend) == (False, "look")
    assert finding.text == "the machine's clock was set back 5 min at 10:10: times go on by the clock before"
    assert "clock-set" not in found(group, Paper(looked=frozenset({finding.key})))


def test_a_clock_set_back_that_nobody_noticed_is_found_in_the_record() -> None:
    group = Group().complete()
    group.at("11:08").add(CueGiven, ADA.id, type=Cue.VERBAL, count=1)
    group.at("09:13").add(Ended)
    told = {f.kind: f for f in review.findings(case(group.state()), RULES)}
    assert told["clock-set"].text == (
        "entered at 11:08, the next at 09:13: the machine's clock was set back, 1 h 55 min may be missing"
    )


def test_more_parts_than_the_image_has() -> None:
    group = Play(shipped("step-tap-align"))
    group.here(ADA, BEN)
    group.attempt(ADA.id, "image", 1, attempt=1, recalled=5)
    told = review.findings(case(group.state("10:30")), RULES)
    assert next(f for f in told if f.kind == "beyond-image").text == "5 of 3 parts recalled"


def test_an_edit_that_names_another_participant_blocks() -> None:
    group = Group().complete()
    edited = Paper(edits={("narrative", "Plan"): Edit("As good as Okoro.", "r")})
    kinds = found(group, edited)
    assert kinds["other-name"].blocks
    assert "Okoro" in kinds["other-name"].text
    assert "edit-behind" in kinds


def test_an_edit_on_the_record_as_it_is_is_not_behind() -> None:
    group = Group().complete()
    state = group.state("10:30")
    paper = Paper(edits={("narrative", "Plan"): Edit("Five taps, slowly.", digest_of_record(state, ADA.id))})
    assert [f.kind for f in review.findings(case(state, paper), RULES)] == []


def test_the_same_record_on_two_days_is_too_like_the_earlier_note() -> None:
    state = Group().complete().state("10:30")
    earlier = case(state).note
    [finding] = [f for f in review.findings(case(state, before=earlier), RULES) if f.kind == "like-earlier"]
    assert (finding.text, finding.mend) == ("100% of the words as in the one of 2025-11-24", "compare")


def test_findings_can_be_weighed_otherwise() -> None:
    weights = RULES.findings | {"no-plan": "block", "no-response": "off"}
    rules = msgspec.structs.replace(RULES, findings=weights)
    kinds = {f.kind: f.blocks for f in review.findings(case(Group().state("10:30")), rules)}
    assert kinds["no-plan"]
    assert "no-response" not in kinds


def test_the_shipped_file_weighs_every_finding_there_is() -> None:
    assert set(RULES.findings) == set(KINDS)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('schema = 1\n[findings]\nno-plam = "warn"', "findings.no-plam: is no finding of the review"),
        ('schema = 1\n[findings]\nno-plan = "maybe"', 'findings.no-plan: "maybe" is not allowed here'),
        ("schema = 1\nalike = 2.0\n[findings]", "alike: 2.0 is out of range"),
        ('schema = 1\ncosing = ["OTA"]\n[findings]', "did you mean cosign?"),
    ],
)
def test_a_faulty_file_is_told_with_key_and_mend(text, says) -> None:
    assert any(says in line for line in review_problems(text, "review.toml"))
    with pytest.raises(BadInput):
        parse_review(text, "review.toml")


@pytest.mark.parametrize(
    ("credentials", "owed"),
    [
        ("OTA", True),
        ("COTA/L", False),
        ("OTA/L", True),
        ("OTR/L", False),
        ("O.T.A.", True),
        ("ota-l", True),
        ("", False),
    ],
)
def test_a_cosignature_is_owed_by_credentials(credentials, owed) -> None:
    rules = msgspec.structs.replace(RULES, cosign=("OTA",))
    assert rules.needs_cosignature(Leader("A. Bee", credentials)) == owed
