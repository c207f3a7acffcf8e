from django.urls import path

from debriefs.views import debriefs, finalists

urlpatterns = [
    path("openings/<int:pk>/finalists/", finalists.finalists, name="finalists"),
    path("applications/<int:pk>/debrief/", debriefs.debrief, name="debrief"),
    path("applications/<int:pk>/debrief/summary/", debriefs.summary, name="debrief_summary"),
    path("applications/<int:pk>/debrief/changes/", debriefs.decision_changes, name="decision_changes"),
    path("applications/<int:pk>/debrief/news/", debriefs.news, name="debrief_news"),
    path("applications/<int:pk>/debrief/open/", debriefs.start, name="debrief_open"),
    path("applications/<int:pk>/debrief/notes/", debriefs.note, name="debrief_note"),
    path("applications/<int:pk>/debrief/attendance/", debriefs.attendance, name="debrief_attendance"),
    path(
        "applications/<int:pk>/debrief/attendance/<int:attendee_id>/", debriefs.attendee_remove, name="attendee_remove"
    ),
    path("applications/<int:pk>/debrief/scorecards/<int:scorecard_id>/<str:key>/", debriefs.re_rate, name="re_rate"),
    path("applications/<int:pk>/debrief/decision/", debriefs.decide, name="decide"),
    path("applications/<int:pk>/debrief/reopening/", debriefs.reopen, name="debrief_reopen"),
]
