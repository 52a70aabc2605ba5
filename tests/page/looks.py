"""The sizes of windows and the themes in which the page is looked at."""

DESK, TABLET, PHONE = (1280, 800), (900, 800), (390, 844)
LOOKS = {"light": ("light", DESK), "dark": ("dark", DESK), "phone": ("light", PHONE), "phone-dark": ("dark", PHONE)}
