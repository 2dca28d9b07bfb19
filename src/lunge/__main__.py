"""`python -m lunge` is the `lunge` command."""

from lunge.cli import main

main()
