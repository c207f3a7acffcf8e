"""`{% url %}` as Django's, which works each address out anew: a row of a list has three, all alike but for a number."""

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_of_django
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from accounts.addresses import address

register = template.Library()


class AddressNode(URLNode):
    """With no argument, or a whole number alone, the address of that name is worked out once in a process."""

    def render(self, context: Context) -> str:
        known = self._known(context)
        if known is None:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = known
            return ""
        return conditional_escape(known)

    def _known(self, context: Context) -> str | None:
        """None for what Django has to work out, or to refuse."""
        if self.kwargs or len(self.args) > 1:
            return None
        name = self.view_name.resolve(context)
        number = self.args[0].resolve(context) if self.args else None
        if self.args and (type(number) is not int or number < 0):
            return None
        try:
            return address(name, number)
        except NoReverseMatch:
            return None


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    """`{% url "opening" opening.pk %}`, in all that Django's can."""
    node = url_of_django(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
