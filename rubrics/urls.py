from django.urls import path

from rubrics.views import editing, imports, library, rubrics, versions

urlpatterns = [
    path("", rubrics.rubric_list, name="rubric_list"),
    path("import/", imports.blueprint_import, name="blueprint_import"),
    path("import/forget/<int:pk>/", imports.reading_forget, name="reading_forget"),
    path("new/", editing.rubric_new, name="rubric_new"),
    path("library/", library.rubric_library, name="rubric_library"),
    path("versions/<int:pk>/", rubrics.version_detail, name="rubric_version"),
    path("versions/<int:pk>/edit/", editing.rubric_edit, name="rubric_edit"),
    path("versions/<int:pk>/draft/", editing.rubric_draft, name="rubric_draft"),
    path("versions/<int:pk>/copy/", editing.rubric_copy, name="rubric_copy"),
    path("versions/<int:pk>/library/", library.library_copy, name="library_copy"),
    path("versions/<int:pk>/changes/", rubrics.version_changes, name="rubric_changes"),
    path("versions/<int:pk>/compare/", versions.rubric_compare, name="rubric_compare"),
    path("versions/<int:pk>/publish/", versions.rubric_publish, name="rubric_publish"),
    path("versions/<int:pk>/fork/", rubrics.version_fork, name="rubric_fork"),
    path("versions/<int:pk>/blueprint/", rubrics.blueprint_read, name="blueprint_read"),
    path("versions/<int:pk>/discard/", rubrics.version_discard, name="rubric_discard"),
]
