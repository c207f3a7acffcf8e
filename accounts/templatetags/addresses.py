"""`{% url %}` as Django's, which works each address out anew: a row of a list has three, all alike but for a number."""

from functools import lru_cache

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_of_django
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape

register = template.Library()
MOST = 500  # addresses that a process keeps
NUMBER = 9_007_199_254_740_993  # stands for the number; no address has it by itself


class AddressNode(URLNode):
    """With no argument, or a whole number alone, the address of that name is worked out once in a process."""

    def render(self, context: Context) -> str:
        if self.kwargs or self.asvar or len(self.args) > 1:
            return super().render(context)
        name = self.view_name.resolve(context)
        if not self.args:
            return _alone(name, get_urlconf(), get_script_prefix())
        number = self.args[0].resolve(context)
        if type(number) is not int or number < 0:
            return super().render(context)
        before, after = _around(name, get_urlconf(), get_script_prefix())
        return f"{before}{number}{after}"


@lru_cache(maxsize=MOST)
def _alone(name: str, urlconf: str | None, prefix: str) -> str:
    """The address of this name. Which addresses there are, and below which prefix, is Django's to know by itself."""
    return conditional_escape(reverse(name))


@lru_cache(maxsize=MOST)
def _around(name: str, urlconf: str | None, prefix: str) -> tuple[str, str]:
    """What stands before and after the number in the address of this name."""
    before, _, after = conditional_escape(reverse(name, args=[NUMBER])).partition(str(NUMBER))
    return before, after


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    """`{% url "opening" opening.pk %}`, in all that Django's can."""
    node = url_of_django(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
