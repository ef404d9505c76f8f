"""python -m otgroup."""

from otgroup.cli import main

main()
