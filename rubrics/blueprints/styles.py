"""What attributes and style sheets say of a text: bold or not, struck out, a footnote's mark. Pure."""

import re
from dataclasses import dataclass, field

STYLE = re.compile(r"\bstyle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
CLASS = re.compile(r"\bclass\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
RULE = re.compile(r"([^{}]{1,400})\{([^{}]{0,4000})\}")
CLASS_SELECTOR = re.compile(r"^\s*(?:\w+)?\.([\w-]+)\s*$")
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)\b", re.IGNORECASE)
NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|lighter|[1-5]00)\b", re.IGNORECASE)
STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]{0,60}\bline-through\b", re.IGNORECASE)
FOOTNOTE_CLASS = re.compile(
    r"\bdata-fn\b|\brole\s*=\s*[\"']?doc-noteref|\b(?:class|id|rel)\s*=\s*[\"']?[^\"'>]{0,80}?"
    r"\b(?:fn|fnref|footnotes?|footnote-?ref|note-?ref|noteref|reference|endnote|MsoFootnoteReference)\b",
    re.IGNORECASE,
)
NOTE_LINK = re.compile(
    r"\bhref\s*=\s*[\"']?#(?:_?ftn|_?edn|fn[\d:._-]|fnref|footnote|cite_note|endnote|note-?\d)", re.IGNORECASE
)
LONE_LINK = re.compile(r"\s*<a\b[^<>]{0,300}\bhref\s*=\s*[\"']?#[^<>]{0,300}>[^<>]{0,20}</a\s*>\s*", re.IGNORECASE)
TAG = re.compile(r"<[^<>]{0,400}>")
RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
FIGURES = re.compile(r"\s*[0-9+−=()-]*[0-9][0-9+−=()-]*\s*")


@dataclass
class Sheet:
    """The classes that a document's style sheets make bold, and those that they strike out."""

    bold: set[str] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)

    def read(self, css: str) -> None:
        """Takes in the rules of one style element whose selectors are classes."""
        for selectors, rules in RULE.findall(css):
            names = {found.group(1) for found in map(CLASS_SELECTOR.match, selectors.split(",")) if found}
            if BOLD.search(rules):
                self.bold |= names
            if STRUCK.search(rules):
                self.struck |= names

    def is_bold(self, attributes: str, *, by_itself: bool = False) -> bool:
        """Whether a tag's text is bold: by its style, else by its class, else as the tag is `by_itself`."""
        style = style_of(attributes)
        if BOLD.search(style):
            return True
        if NOT_BOLD.search(style):
            return False
        if by_itself or not self.bold:
            return by_itself
        return bool(self.bold & classes_of(attributes))

    def is_struck(self, attributes: str) -> bool:
        """Whether a tag's text is struck out, by its style or its class."""
        if STRUCK.search(style_of(attributes)):
            return True
        return bool(self.struck and self.struck & classes_of(attributes))


def style_of(attributes: str) -> str:
    found = STYLE.search(attributes)
    if found is None:
        return ""
    return found.group(1) or found.group(2) or ""


def classes_of(attributes: str) -> set[str]:
    found = CLASS.search(attributes)
    if found is None:
        return set()
    written = [text for text in found.groups() if text]
    return set("".join(written).split())


def is_footnote_mark(attributes: str, inside: str = "") -> bool:
    """Whether a raised text is a footnote's mark: by its attributes, or as a lone link to the same page."""
    if FOOTNOTE_CLASS.search(attributes) or NOTE_LINK.search(attributes):
        return True
    return LONE_LINK.fullmatch(inside) is not None


def raised(inside: str, *, lowered: bool) -> str:
    """Raised or lowered figures as the signs that Unicode has for them; any other text as it is, without tags."""
    text = TAG.sub("", inside)
    if not FIGURES.fullmatch(text):
        return text
    return text.strip().translate(LOWERED if lowered else RAISED)
