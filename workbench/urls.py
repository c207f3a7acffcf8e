from django.urls import path

from workbench.views import applications, home, lists, search, trail

urlpatterns = [
    path("", home.home, name="home"),
    path("openings/<int:pk>/", lists.opening, name="opening"),
    path("interviews/", home.interviews, name="my_interviews"),
    path("waiting/<slug:kind>/", home.waiting_list, name="waiting"),
    path("search/", search.search, name="search"),
    path("candidates/", lists.candidates, name="candidate_list"),
    path("applications/<int:pk>/", applications.application_detail, name="application"),
    path("applications/<int:pk>/status/", applications.application_state, name="application_state"),
    path("audit/", trail.trail, name="audit_trail"),
    path("audit/events.csv", trail.export, name="audit_export"),
]
