from django.urls import path

from workbench.views import applications, chase, exports, guide, home, lists, search, trail

urlpatterns = [
    path("", home.home, name="home"),
    path("openings/<int:pk>/", lists.opening, name="opening"),
    path("interviews/", home.interviews, name="my_interviews"),
    path("waiting/<slug:kind>/", home.waiting_list, name="waiting"),
    path("chase/", chase.chase, name="chase"),
    path("chase/remind/", chase.chase_remind, name="chase_remind"),
    path("chase/due/", chase.chase_due, name="chase_due"),
    path("search/", search.search, name="search"),
    path("candidates/", lists.candidates, name="candidate_list"),
    path("applications/<int:pk>/", applications.application_detail, name="application"),
    path("applications/<int:pk>/timeline/", applications.application_timeline, name="application_timeline"),
    path("applications/<int:pk>/status/", applications.application_state, name="application_state"),
    path("openings/export.<slug:kind>", exports.openings, name="openings_export"),
    path("openings/<int:pk>/applications.<slug:kind>", exports.opening_applications, name="applications_export"),
    path("openings/<int:pk>/scores.<slug:kind>", exports.opening_scores, name="scores_export"),
    path("openings/<int:pk>/record.zip", exports.opening_record, name="opening_record"),
    path("candidates/export.<slug:kind>", exports.candidates, name="candidates_export"),
    path("people/export.<slug:kind>", exports.people, name="people_export"),
    path("interviews/export.<slug:kind>", exports.interviews, name="interviews_export"),
    path("waiting/<slug:part>/export.<slug:kind>", exports.waiting_list, name="waiting_export"),
    path("rubrics/export.<slug:kind>", exports.rubrics, name="rubrics_export"),
    path("retention/export.<slug:kind>", exports.retention, name="retention_export"),
    path("openings/<int:pk>/finalists.<slug:kind>", exports.finalists, name="finalists_export"),
    path("applications/<int:pk>/coverage/", applications.application_coverage, name="application_coverage"),
    path("guide/", guide.guide_page, name="guide"),
    path("guide/<slug:name>/", guide.guide_page, name="guide_page"),
    path("audit/", trail.trail, name="audit_trail"),
    path("audit/events.csv", trail.export, name="audit_export"),
]
