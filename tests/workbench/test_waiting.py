"""Lists of the home page: the first rows, and how many there are."""

from accounts.models import User
from workbench.waiting import first_of, some


def test_some_rows_count_the_others(db):
    User.objects.bulk_create([User(name=f"Kim {n}", email=f"k{n}@example.com") for n in range(4)])

    cut, whole = [some(list(first_of(User.objects.all(), shown))) for shown in (3, 4)]

    assert (len(cut.rows), cut.total, cut.is_cut) == (3, 4, True)
    assert (len(whole.rows), whole.total, whole.is_cut) == (4, 4, False)


def test_no_rows_are_none(db):
    assert some([]).total == 0
