"""What of a text may be stored, and the usual signs for those that only word processors
have.

Pure, and imports no Django.
"""

import re
import unicodedata

OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
FILLERS = frozenset("\u115f\u1160\u3164\uffa0")  # letters by their kind, which nobody sees

# Vertical tab, form feed and their like end a line where they were written.
LINE_ENDS = str.maketrans(dict.fromkeys("\u000b\u000c\u0085\u2028\u2029", "\n"))
PRIVATE = re.compile("[\uf000-\uf0ff]")
# A private sign before a blank, where a line begins, is the bullet of a list.
BULLET = re.compile("^([ \t\u00a0]*)[\uf000-\uf0ff](?=[ \t\u00a0])", re.MULTILINE)
BULLETS = "\uf02d\uf06c\uf06e\uf06f\uf071\uf072\uf073\uf074\uf075\uf076\uf09f\uf0a7\uf0a8\uf0b7\uf0d8"
# Where Symbol and Wingdings keep their signs, which no other font has.
PICTURES = {
    "\uf04a": "☺",
    "\uf04b": "😐",
    "\uf04c": "☹",
    "\uf0df": "←",
    "\uf0e0": "→",
    "\uf0e8": "→",
    "\uf0f3": "⇔",
    "\uf0fb": "✗",
    "\uf0fc": "✓",
    "\uf0fd": "☒",
    "\uf0fe": "☑",
}
USUAL = str.maketrans(dict.fromkeys(BULLETS, "•") | PICTURES)


def usual_signs(text: str) -> str:
    """The text with every line end as \\n, and •, arrows and ticks for the private
    signs that Word writes for them. Other private signs stay."""
    text = text.translate(LINE_ENDS)
    if not PRIVATE.search(text):
        return text
    return BULLET.sub(r"\1•", text).translate(USUAL)


def clean_text(value: str) -> str:
    """Text as it may be stored: lines end in \\n; no control or override character, and
    the usual signs for those that only word processors have.

    What this Python does not know yet stays: an emoji may be younger than its tables.
    So do the invisible signs that right-to-left text and flags are written with.
    """
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text  # nearly always, at a fraction of the time
    return "".join(filter(_may_be_stored, usual_signs(text)))


def clean_name(value: str) -> str:
    """A name or a title as it may be stored: clean, on one line, without space around
    it."""
    return " ".join(clean_text(value).split())


def says_something(name: str) -> bool:
    """Whether a name has a letter or a figure that can be seen, in whatever script."""
    return _has_sign(name, "LN")


def has_letters(name: str) -> bool:
    """Whether a person's name has a letter that can be seen, in whatever script."""
    return _has_sign(name, "L")


def _has_sign(name: str, kinds: str) -> bool:
    for sign in name:
        kind = unicodedata.category(sign)[0]
        if kind in kinds and sign not in FILLERS:
            return True
    return False


def _may_be_stored(sign: str) -> bool:
    if sign in "\n\t":
        return True
    return sign not in OVERRIDES and unicodedata.category(sign) not in {"Cc", "Cs"}
