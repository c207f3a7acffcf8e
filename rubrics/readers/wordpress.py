"""A WordPress post as its REST interface gives it: an object, or a list with one."""

import re

from rubrics.blueprints.lines import plain
from rubrics.blueprints.markup import flatten
from rubrics.blueprints.reading import PlanWarning
from rubrics.readers.page import Page, UnusableBlueprint, shown_list

TAG = re.compile(r"<[^>]*>")
ABOUT_HIRING = re.compile(r"blueprint|scorecard|rubric|interview|hiring", re.IGNORECASE)


def read(content: object) -> Page:
    """The page of a post. Raises UnusableBlueprint for any other JSON, and where the post has no text."""
    posts = content if isinstance(content, list) else [content]
    post, warnings = _chosen(posts)
    markup = _rendered(post, "content")
    if markup is None:
        raise UnusableBlueprint(_no_post(post))
    if not markup.strip():
        raise UnusableBlueprint(_no_text(post))
    return Page(markup, _title(post), _url(post), warnings=warnings)


def _chosen(posts: list[object]) -> tuple[object, tuple[PlanWarning, ...]]:
    """The only post, or the only one whose title is about hiring, and a warning that names the others."""
    if len(posts) == 1:
        return posts[0], ()
    titles = [_title(post) for post in posts]
    fitting = [index for index, title in enumerate(titles) if ABOUT_HIRING.search(title)]
    if len(fitting) != 1:
        named = [title for title in titles if title]
        which = f" ({shown_list(named, 3)})" if named else ""
        raise UnusableBlueprint(f"the JSON is a list of {len(posts)} posts{which}; it must hold exactly one")
    chosen = fitting[0]
    left_out = titles[:chosen] + titles[chosen + 1 :]
    others = [title or "a post without a title" for title in left_out]
    message = f"The file holds {len(posts)} posts. These were not read: {shown_list(others)}."
    return posts[chosen], (PlanWarning("posts_left_out", message),)


def _no_post(post: object) -> str:
    if isinstance(post, dict) and isinstance(post.get("code"), str) and isinstance(post.get("message"), str):
        return "the JSON is an error message of WordPress, not a post: fetch the post again"
    return "the JSON has no content.rendered, so it is not a WordPress post"


def _no_text(post: object) -> str:
    content = post.get("content") if isinstance(post, dict) else None
    if isinstance(content, dict) and content.get("protected") is True:
        return "content.rendered is empty: the post is protected by a password"
    return "content.rendered is empty"


def _title(post: object) -> str:
    """The title by the same cleaner as the body: the text of scripts is none."""
    flat = flatten(_rendered(post, "title") or "")
    return plain(_unescaped(TAG.sub(" ", flat.markup)))


def _unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


def _url(post: object) -> str:
    url = post.get("link") if isinstance(post, dict) else None
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        return ""
    return plain(url)


def _rendered(post: object, name: str) -> str | None:
    part = post.get(name) if isinstance(post, dict) else None
    rendered = part.get("rendered") if isinstance(part, dict) else None
    return rendered if isinstance(rendered, str) else None
