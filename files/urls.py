from django.urls import path

from files import views

urlpatterns = [
    path("applications/<int:pk>/files/", views.application_files, name="application_files"),
    path("applications/<int:pk>/files/new/", views.file_add, name="file_add"),
    path("applications/<int:pk>/links/new/", views.link_add, name="link_add"),
    path("applications/<int:pk>/notes/new/", views.note_add, name="note_add"),
    path("openings/<int:pk>/files/", views.opening_files, name="opening_files"),
    path("materials/<int:pk>/", views.material_download, name="material_download"),
    path("materials/<int:pk>/remove/", views.material_remove, name="material_remove"),
    path("notes/<int:pk>/remove/", views.note_remove, name="note_remove"),
    path("panelists/<int:pk>/files/<int:material_id>/", views.panelist_file, name="panelist_file"),
]
