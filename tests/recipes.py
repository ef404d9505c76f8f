"""A group file with a checklist: a soup by its recipe."""

_HEAD = """
schema = 1
id = "soup"
title = "Soup"
area = "meal preparation"
activity = "cooking a soup from a recipe"
purposes = ["following a recipe"]
cues = ["verbal", "gestural"]

[[measures]]
id = "recipe"
kind = "checklist"
one = "recipe"
many = "recipes"
"""


def soup_file(**items: str) -> str:
    """The file's text, with these items: their ids and how they read."""
    listed = "".join(f'    {{ id = "{item}", text = "{text}" }},\n' for item, text in items.items())
    return f"{_HEAD}items = [\n{listed}]\n"
