"""Elements and attributes by their local names."""

from xml.etree.ElementTree import fromstring

from rubrics.readers.xml_nodes import attribute, child, is_on, local, whole

NODE = fromstring('<a xmlns="x" xmlns:y="z" y:id="7"><b><c y:val="0"/></b><d/></a>')


def test_names_are_without_their_namespace():
    assert local(NODE) == "a"
    assert attribute(NODE, "id") == "7"
    assert attribute(None, "id", "none") == "none"
    assert child(NODE, "b", "c") is not None
    assert child(NODE, "c", "b") is None


def test_a_switch_is_on_unless_it_is_switched_off():
    assert [is_on(child(NODE, *path)) for path in (["d"], ["b", "c"], ["e"])] == [True, False, False]


def test_whole_numbers_are_small_and_positive():
    assert [whole(text, 3) for text in ("12", "-1", "1e9", "123456789", "٣", "")] == [12, 3, 3, 3, 3, 3]
