from django.urls import path

from notices import views

urlpatterns = [
    path("notices/", views.notice_list, name="notice_list"),
    path("notices/<int:pk>/", views.notice_open, name="notice_open"),
    path("notices/read/", views.notices_read, name="notices_read"),
    path("notices/settings/", views.notice_settings, name="notice_settings"),
    path("notices/calendar/", views.feed_make, name="feed_make"),
    path("notices/calendar/end/", views.feed_end, name="feed_end"),
    path("outbox/", views.mail_list, name="mail_list"),
    path("outbox/<int:pk>/", views.mail_detail, name="mail_detail"),
    path("outbox/<int:pk>/again/", views.mail_again, name="mail_again"),
    path("outbox/<int:pk>/stop/", views.mail_stop, name="mail_stop"),
]
