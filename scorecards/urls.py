from django.urls import path

from scorecards.views import guests, imports, openings, owed, panels, scoring, words

urlpatterns = [
    path("words/", words.word_lists, name="word_lists"),
    path("words/<slug:language>/", words.word_list, name="word_list"),
    path("imports/scorecards/", imports.scorecard_imports, name="scorecard_imports"),
    path("imports/scorecards/example.csv", imports.import_example, name="import_example"),
    path("imports/scorecards/<int:pk>/", imports.scorecard_import, name="scorecard_import"),
    path("imports/scorecards/<int:pk>/undo/", imports.scorecard_import_undo, name="scorecard_import_undo"),
    path("openings/<int:pk>/rubric/", openings.opening_rubric, name="opening_rubric"),
    path("openings/<int:pk>/owed/", owed.opening_owed, name="opening_owed"),
    path("applications/<int:pk>/override/", panels.override, name="override"),
    path("interviews/<int:pk>/", panels.interview_edit, name="interview_edit"),
    path("interviews/<int:pk>/cancel/", panels.interview_cancel, name="interview_cancel"),
    path("interviews/<int:pk>/guests/", panels.guest_new, name="guest_new"),
    path("interviews/<int:pk>/guests/<int:panelist_id>/link/", panels.guest_renew, name="guest_renew"),
    path("interviews/<int:pk>/guests/<int:panelist_id>/name/", panels.guest_name, name="guest_name"),
    path("interviews/<int:pk>/guests/<int:panelist_id>/revoke/", panels.guest_revoke, name="guest_revoke"),
    path("interviews/<int:pk>/panelists/<int:panelist_id>/release/", panels.panelist_release, name="panelist_release"),
    path(
        "interviews/<int:pk>/panelists/<int:panelist_id>/withdraw/", panels.panelist_withdraw, name="panelist_withdraw"
    ),
    path("guest/", guests.guest, name="guest"),
    path("guest/leave/", guests.guest_leave, name="guest_leave"),
    path("panelists/<int:pk>/scorecard/", scoring.scorecard, name="scorecard"),
    path("panelists/<int:pk>/scorecard/draft/", scoring.autosave, name="scorecard_draft"),
    path("panelists/<int:pk>/scorecard/hints/", scoring.scorecard_hints, name="scorecard_hints"),
    path("panelists/<int:pk>/scorecard/changes/", scoring.scorecard_changes, name="scorecard_changes"),
    path("panelists/<int:pk>/scorecard/notes/", scoring.handoff, name="handoff"),
    path("panelists/<int:pk>/scorecard/compare/", scoring.compare, name="scorecard_compare"),
    path("panelists/<int:pk>/scorecard/amend/", scoring.amend, name="scorecard_amend"),
    path("panelists/<int:pk>/scorecard/decline/", scoring.decline, name="scorecard_decline"),
    path("panelists/<int:pk>/scorecard/withdraw/", scoring.withdraw, name="scorecard_withdraw"),
    path("panelists/<int:pk>/scorecard/take-back/", scoring.take_back_declining, name="decline_take_back"),
    path("panelists/<int:pk>/scorecard/blueprint/", scoring.kit_blueprint, name="kit_blueprint"),
]
