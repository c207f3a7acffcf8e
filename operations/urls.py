from django.urls import path

from operations import views

urlpatterns = [
    path("status/", views.status, name="status"),
    path("status/test-mail/", views.test_mail, name="status_test_mail"),
    path("metrics", views.metrics, name="metrics"),
]
