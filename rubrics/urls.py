from django.urls import path

from rubrics import views

urlpatterns = [
    path("", views.rubric_list, name="rubric_list"),
    path("import/", views.blueprint_import, name="blueprint_import"),
    path("versions/<int:pk>/", views.version_detail, name="rubric_version"),
    path("versions/<int:pk>/changes/", views.version_changes, name="rubric_changes"),
    path("versions/<int:pk>/publish/", views.version_publish, name="rubric_publish"),
    path("versions/<int:pk>/fork/", views.version_fork, name="rubric_fork"),
    path("versions/<int:pk>/blueprint/", views.blueprint_read, name="blueprint_read"),
    path("versions/<int:pk>/evidence/", views.evidence_levels, name="evidence_levels"),
    path("versions/<int:pk>/language/", views.rubric_language, name="rubric_language"),
    path("versions/<int:pk>/discard/", views.version_discard, name="rubric_discard"),
    path("versions/<int:pk>/dimensions/new/", views.dimension_new, name="dimension_new"),
    path("dimensions/<int:pk>/remove/", views.dimension_remove, name="dimension_remove"),
    path("dimensions/<int:pk>/", views.dimension_edit, name="dimension_edit"),
]
