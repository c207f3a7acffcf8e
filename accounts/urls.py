from django.urls import path

from accounts import views

urlpatterns = [
    path("", views.people, name="people"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/address/", views.person_address, name="person_address"),
    path("<int:pk>/factors/", views.factors_remove, name="factors_remove"),
    path("<int:pk>/invitation/", views.invite, name="invite"),
    path("<int:pk>/invitation/revoke/", views.invitation_revoke, name="invitation_revoke"),
    path("rules/", views.sign_in_rules, name="sign_in_rules"),
]
