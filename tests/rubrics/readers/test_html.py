"""HTML goes on as it is, but for Word's lists, which are paragraphs that only look like one."""

from rubrics.readers.html import read

ITEM = (
    "<p class=MsoListParagraph style='mso-list:l0 level{} lfo1'><![if !supportLists]><span>{}<span>&nbsp;</span></span>"
)
ITEM += "<![endif]>{}</p>"


def item(text: str, level: int = 1, bullet: str = "·") -> str:
    return ITEM.format(level, bullet, text)


def test_markup_stays_as_it_is():
    markup = "<style>.c5{font-weight:700}</style><p class=c5>a<img src=http://x/y></p>"

    assert read(markup).markup == markup


def test_word_s_list_paragraphs_become_lists_with_their_levels():
    page = read(f"<p>A</p>{item('b')}\n{item('c', 2, 'o')}{item('d')}<p>E</p>{item('f')}")

    assert page.markup == ("<p>A</p><ul><li>b</li>\n<ul><li>c</li></ul><li>d</li></ul><p>E</p><ul><li>f</li></ul>")


def test_a_number_that_word_counted_stays():
    assert "2." in read(item("b", bullet="2.")).markup
