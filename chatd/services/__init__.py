"""The deeds: check the rules, write, then tell. A right is judged in the transaction that uses it."""
