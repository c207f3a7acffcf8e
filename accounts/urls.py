from django.urls import path

from accounts import views

urlpatterns = [path("", views.people, name="people"), path("<int:pk>/", views.person, name="person")]
