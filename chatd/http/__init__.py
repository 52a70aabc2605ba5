"""Starlette: sign-in, every request by POST, health, metrics, the static page. No deed is decided here."""
