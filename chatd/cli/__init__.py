"""The command line: the only place that prints and exits."""

from chatd.cli.commands import main

__all__ = ["main"]
