"""What a document says about one subject: its section, or the sub-headings on it inside another section."""

from collections.abc import Iterable
from re import Pattern

from rubrics.blueprints import words
from rubrics.blueprints.sections import Block, Section


def technical(sections: tuple[Section, ...]) -> list[Block]:
    """The blocks on technical skills."""
    return blocks_on(sections, words.TECHNICAL_SECTION, other=words.SOFT_SECTION)


def soft(sections: tuple[Section, ...]) -> list[Block]:
    """The blocks on soft skills."""
    return blocks_on(sections, words.SOFT_SECTION, other=words.TECHNICAL_SECTION)


def blocks_on(sections: tuple[Section, ...], title: Pattern[str], *, other: Pattern[str]) -> list[Block]:
    """The blocks of the section on a subject, else of the sub-headings on it, up to one on the other subject.

    Without both, a section on the two together is taken whole.
    """
    own = section_on(sections, title, but=other)
    if own is not None:
        return _up_to(own.blocks, other, title)
    for section in sections:
        below = _below(section, title, other) if other.search(section.title) else []
        if below:
            return below
    both = section_on(sections, title)
    return list(both.blocks) if both is not None else []


def section_on(sections: Iterable[Section], title: Pattern[str], *, but: Pattern[str] | None = None) -> Section | None:
    """The first section whose title is on a subject, and not on another."""
    for section in sections:
        if title.search(section.title) and not (but and but.search(section.title)):
            return section
    return None


def _up_to(blocks: Iterable[Block], other: Pattern[str], title: Pattern[str]) -> list[Block]:
    out: list[Block] = []
    for block in blocks:
        if block.is_heading and _is_only_on(other, title, block.text):
            break
        out.append(block)
    return out


def _below(section: Section, title: Pattern[str], other: Pattern[str]) -> list[Block]:
    """The section's blocks from the sub-heading on a subject to the next one of its level."""
    out: list[Block] = []
    level = 0  # of the sub-heading, once it is found
    for block in section.blocks:
        if not level:
            begins = block.is_heading and _is_only_on(title, other, block.text)
            level = block.level if begins else 0
        elif block.is_heading and (block.level < level or _is_only_on(other, title, block.text)):
            break
        else:
            out.append(block)
    return out


def _is_only_on(one: Pattern[str], other: Pattern[str], text: str) -> bool:
    return one.search(text) is not None and not other.search(text)
