from django.urls import path

from candidates import views
from candidates.importing.views import import_detail, import_new, import_undo
from candidates.planning.views import loop_plan

urlpatterns = [
    path("openings/", views.opening_list, name="opening_list"),
    path("openings/new/", views.opening_new, name="opening_new"),
    path("openings/<int:pk>/plan/", views.opening_plan, name="opening_plan"),
    path("openings/<int:pk>/people/", views.opening_people, name="opening_people"),
    path("openings/<int:pk>/settings/", views.opening_settings, name="opening_settings"),
    path("openings/<int:pk>/members/", views.member_new, name="member_new"),
    path("openings/<int:pk>/rounds/new/", views.round_new, name="round_new"),
    path("openings/<int:pk>/candidates/new/", views.candidate_new, name="candidate_new"),
    path("openings/<int:pk>/candidates/import/", import_new, name="candidate_import_new"),
    path("openings/<int:pk>/loops/", loop_plan, name="loop_plan"),
    path("candidate-imports/<int:pk>/", import_detail, name="candidate_import"),
    path("candidate-imports/<int:pk>/undo/", import_undo, name="candidate_import_undo"),
    path("rounds/<int:pk>/", views.round_edit, name="round_edit"),
    path("rounds/<int:pk>/remove/", views.round_remove, name="round_remove"),
    path("applications/<int:pk>/candidate/", views.candidate_edit, name="candidate_edit"),
    path("applications/<int:pk>/interviews/new/", views.interview_new, name="interview_new"),
]
