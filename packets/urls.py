from django.urls import path

from packets.views import batches, kits, packets

urlpatterns = [
    path("applications/<int:pk>/packets/", packets.ask, name="packet_request"),
    path("applications/<int:pk>/packets/preview/", packets.preview, name="packet_preview"),
    path("packets/<int:pk>/", packets.detail, name="packet"),
    path("packets/<int:pk>/retry/", packets.retry, name="packet_retry"),
    path("packets/<int:pk>/file/", packets.download, name="packet_download"),
    path("openings/<int:pk>/packets/", batches.choose, name="batch_new"),
    path("batches/<int:pk>/", batches.detail, name="batch"),
    path("batches/<int:pk>/cancel/", batches.cancel, name="batch_cancel"),
    path("batches/<int:pk>/retry/", batches.retry, name="batch_retry"),
    path("batches/<int:pk>/archive/", batches.archive, name="batch_archive"),
    path("batches/<int:pk>/document/", batches.document, name="batch_document"),
    path("rounds/<int:pk>/kit/", kits.of_round, name="round_kit"),
    path("panelists/<int:pk>/kit/", kits.of_panelist, name="panelist_kit"),
]
