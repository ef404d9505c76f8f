"""The line that is typed: a text and a cursor, changed by keys; compared with a simple model of the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otgroup.board.line import EDITS, Line, joined_lines


@pytest.mark.parametrize(
    ("keys", "text", "cursor"),
    [
        ("", "lift the hip", 12),
        ("backspace", "lift the hi", 11),
        ("home delete", "ift the hip", 0),
        ("left left backspace", "lift the ip", 9),
        ("ctrl+w", "lift the ", 9),
        ("ctrl+w ctrl+w", "lift ", 5),
        ("ctrl+u", "", 0),
        ("home ctrl+k", "", 0),
        ("ctrl+left ctrl+k", "lift the ", 9),
        ("home ctrl+right ctrl+u", " the hip", 0),
        ("home left", "lift the hip", 0),
        ("right end ctrl+e", "lift the hip", 12),
    ],
)
def test_keys_edit_the_line(keys, text, cursor) -> None:
    line = Line.of("lift the hip")
    for key in keys.split():
        line = EDITS[key](line)
    assert line == Line(text, cursor)


@given(st.lists(st.sampled_from([*EDITS, *"ab é😀"]), max_size=40))
def test_no_key_takes_the_cursor_out_of_the_line_or_loses_what_is_not_beside_it(keys) -> None:
    line = Line()
    for key in keys:
        before = line
        line = EDITS[key](line) if key in EDITS else line.put(key)
        assert 0 <= line.cursor <= len(line.text)
        if key not in EDITS:
            assert (line.before, line.after) == (before.before + key, before.after)
        elif key in ("left", "right", "home", "end", "ctrl+left", "ctrl+right"):
            assert line.text == before.text


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("First line.\nSecond line.", "First line. Second line."),
        ("one\r\ntwo\rthree\n", "one two three"),
        ("  a\n\n  b  ", "a b"),
        (" within", " within"),
        ("a\tb", "a b"),
        ("", ""),
    ],
)
def test_a_pasted_text_is_one_line_with_all_of_its_words(pasted, kept) -> None:
    assert joined_lines(pasted) == kept
    assert Line("xy", 1).paste(pasted) == Line(f"x{kept}y", 1 + len(kept))
