"""One query says of an application what its policies say of it one by one."""

import pytest

from candidates.policies import may_run
from privacy.policies import may_answer_access, may_erase
from scorecards.policies import may_override, may_see_debrief
from workbench.reading import application_reader


@pytest.mark.parametrize("name", ["admin", "recruiter", "manager"])
def test_the_rights_are_those_of_the_policies(scored_application, unscored_application, person, name):
    user = person(name)
    for application in (scored_application, unscored_application):
        reader = application_reader(user, application.pk)

        assert reader is not None
        assert reader.application == application
        assert reader.sees_debrief is may_see_debrief(user, application)
        assert reader.may_run is may_run(user, application.opening)
        assert reader.may_override is may_override(user, application)
        assert reader.may_erase is may_erase(user, application.candidate)
        assert reader.may_answer_access is may_answer_access(user, application.candidate)


def test_an_interviewer_runs_no_application(scored_application, person):
    assert application_reader(person("interviewer"), scored_application.pk) is None
