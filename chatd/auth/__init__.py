"""Proving who somebody is: passwords, tokens, and the brakes on guessing. Decides nothing about rights."""
