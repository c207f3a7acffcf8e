"""`{% url %}` as Django's, which works each address out anew: a row of a list has three, all alike but for a number."""

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_of_django
from django.utils.html import conditional_escape

from accounts.addresses import address

register = template.Library()


class AddressNode(URLNode):
    """With no argument, or a whole number alone, the address of that name is worked out once in a process."""

    def render(self, context: Context) -> str:
        if self.kwargs or self.asvar or len(self.args) > 1:
            return super().render(context)
        name = self.view_name.resolve(context)
        if not self.args:
            return conditional_escape(address(name))
        number = self.args[0].resolve(context)
        if type(number) is not int or number < 0:
            return super().render(context)
        return conditional_escape(address(name, number))


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    """`{% url "opening" opening.pk %}`, in all that Django's can."""
    node = url_of_django(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
