from django.urls import path

from candidates import views
from candidates.importing.views import import_detail, import_new, import_undo
from candidates.openings import views as changing
from candidates.planning.views import colleagues_found, loop_plan
from candidates.webhooks.views import opening_webhooks, webhook_remove, webhook_try, webhooks

urlpatterns = [
    path("calendar.ics", views.calendar_feed, name="calendar_feed"),
    path("openings/", views.opening_list, name="opening_list"),
    path("openings/new/", views.opening_new, name="opening_new"),
    path("openings/<int:pk>/reminders/", views.reminders, name="reminders"),
    path("openings/<int:pk>/plan/", views.opening_plan, name="opening_plan"),
    path("openings/<int:pk>/people/", views.opening_people, name="opening_people"),
    path("openings/<int:pk>/settings/", views.opening_settings, name="opening_settings"),
    path("openings/<int:pk>/webhooks/", opening_webhooks, name="opening_webhooks"),
    path("webhooks/", webhooks, name="webhooks"),
    path("webhooks/<int:pk>/try/", webhook_try, name="webhook_try"),
    path("webhooks/<int:pk>/remove/", webhook_remove, name="webhook_remove"),
    path("openings/<int:pk>/edit/", changing.opening_edit, name="opening_edit"),
    path("openings/<int:pk>/close/", changing.opening_close, name="opening_close"),
    path("openings/<int:pk>/open/", changing.opening_open_again, name="opening_open_again"),
    path("openings/<int:pk>/copy/", changing.opening_copy, name="opening_copy"),
    path("openings/<int:pk>/remove/", changing.opening_remove, name="opening_remove"),
    path("openings/<int:pk>/members/<int:member_id>/remove/", changing.member_remove, name="member_remove"),
    path("applications/<int:pk>/remove/", changing.application_remove, name="application_remove"),
    path("openings/<int:pk>/members/", views.member_new, name="member_new"),
    path("openings/<int:pk>/invite/", views.opening_invite, name="opening_invite"),
    path("openings/<int:pk>/rounds/new/", views.round_new, name="round_new"),
    path("openings/<int:pk>/candidates/new/", views.candidate_new, name="candidate_new"),
    path("openings/<int:pk>/candidates/import/", import_new, name="candidate_import_new"),
    path("openings/<int:pk>/loops/", loop_plan, name="loop_plan"),
    path("openings/<int:pk>/colleagues/", colleagues_found, name="colleagues_found"),
    path("candidate-imports/<int:pk>/", import_detail, name="candidate_import"),
    path("candidate-imports/<int:pk>/undo/", import_undo, name="candidate_import_undo"),
    path("rounds/<int:pk>/", views.round_edit, name="round_edit"),
    path("rounds/<int:pk>/remove/", views.round_remove, name="round_remove"),
    path("applications/<int:pk>/candidate/", views.candidate_edit, name="candidate_edit"),
    path("applications/<int:pk>/merge/", views.candidate_merge, name="candidate_merge"),
    path("applications/<int:pk>/interviews/new/", views.interview_new, name="interview_new"),
]
