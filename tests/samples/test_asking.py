"""What the demo's interviewers are given to ask."""

from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import plan
from samples.asking import QUESTIONS, with_questions
from tests.rubrics.role_documents import SAMPLE


def test_every_dimension_of_the_sample_has_a_question():
    found = plan(load(SAMPLE.read_bytes(), filename=SAMPLE.name))
    asked = with_questions(found.dimensions)

    assert {row.key for row in asked} == set(QUESTIONS)
    assert all(row.questions for row in asked)
    texts = [question.text for row in asked for question in row.questions]
    assert len(set(texts)) == len(texts)
