from django.urls import path

from scorecards.views import applications, debriefs, packets, scoring, words

urlpatterns = [
    path("words/", words.word_lists, name="word_lists"),
    path("words/<slug:language>/", words.word_list, name="word_list"),
    path("applications/<int:pk>/", applications.application_detail, name="application"),
    path("applications/<int:pk>/override/", applications.override, name="override"),
    path("plan/<int:pk>/", applications.interview_edit, name="interview_edit"),
    path("plan/<int:pk>/cancel/", applications.interview_cancel, name="interview_cancel"),
    path("interviews/<int:pk>/", scoring.scorecard, name="scorecard"),
    path("interviews/<int:pk>/draft/", scoring.autosave, name="scorecard_draft"),
    path("interviews/<int:pk>/hints/", scoring.scorecard_hints, name="scorecard_hints"),
    path("interviews/<int:pk>/notes/", scoring.handoff, name="handoff"),
    path("interviews/<int:pk>/compare/", scoring.compare, name="scorecard_compare"),
    path("interviews/<int:pk>/decline/", scoring.decline, name="scorecard_decline"),
    path("interviews/<int:pk>/blueprint/", scoring.kit_blueprint, name="kit_blueprint"),
    path("debriefs/<int:pk>/", debriefs.debrief, name="debrief"),
    path("debriefs/<int:pk>/decision/", debriefs.decide, name="decide"),
    path("debriefs/<int:pk>/packets/", packets.ask, name="packet_request"),
    path("debriefs/<int:pk>/packets/preview/", packets.preview, name="packet_preview"),
    path("packets/<int:pk>/", packets.detail, name="packet"),
    path("packets/<int:pk>/retry/", packets.retry, name="packet_retry"),
    path("packets/<int:pk>/file/", packets.download, name="packet_download"),
]
