"""What is handed in at start: each once, in the order in which it came."""

from audit.handed_in import HandedIn


def first() -> str:
    return "first"


def second() -> str:
    return "second"


def test_each_counts_once_in_the_order_in_which_it_came():
    given = HandedIn()

    for one in (first, second, first):
        given.add(one)

    assert list(given.values()) == [first, second]


def test_what_is_made_anew_under_its_name_takes_the_place_of_the_former():
    given = HandedIn()

    def rule() -> str:
        return "earlier"

    given.add(rule)
    earlier = rule

    def rule() -> str:
        return "later"

    given.add(rule)

    assert list(given.values()) == [rule] != [earlier]
