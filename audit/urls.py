from django.urls import path

from audit import views

urlpatterns = [
    path("", views.trail, name="audit_trail"),
    path("events.csv", views.export, name="audit_export"),
]
