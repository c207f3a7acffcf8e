from django.urls import path

from privacy import views

urlpatterns = [
    path("applications/<int:pk>/erasure/", views.candidate_erase, name="candidate_erase"),
    path("applications/<int:pk>/subject-access/", views.subject_access, name="subject_access"),
    path("applications/<int:pk>/hold/", views.hold_impose, name="hold_impose"),
    path("applications/<int:pk>/hold/lift/", views.hold_lift, name="hold_lift"),
    path("retention/", views.retention_list, name="retention_list"),
    path("openings/<int:pk>/retention/", views.opening_retention, name="opening_retention"),
]
