"""Drills that take long: `make chaos`. What of them is quick stands with the other tests and runs with them."""
