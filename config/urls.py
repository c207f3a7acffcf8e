"""Every address of the product. Each name has a row in docs/permissions.md."""

from allauth.socialaccount.views import login_cancelled, login_error
from django.apps import apps
from django.urls import include, path
from django.views.generic import RedirectView

from accounts.views import account, invitation, setup, view_remove, view_save

handler500 = "config.away.server_error"
# An address is compared with those before it, so the rooms of the pages that are opened
# most come first.
urlpatterns = [
    path("", include("workbench.urls")),
    path("", include("scorecards.urls")),
    path("", include("debriefs.urls")),
    # One's address is the administrator's to change, so the package's page for it has
    # nothing to offer.
    path("accounts/email/", RedirectView.as_view(pattern_name="account"), name="account_email"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("accounts/oidc/cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
    path("accounts/oidc/error/", login_error, name="socialaccount_login_error"),
    path("account/", account, name="account"),
    path("invitation/", invitation, name="invitation"),
    path("setup/", setup, name="setup"),
    path("views/", view_save, name="view_save"),
    path("views/<int:pk>/remove/", view_remove, name="view_remove"),
    path("people/", include("accounts.urls")),
    path("", include("notices.urls")),
    path("rubrics/", include("rubrics.urls")),
    path("", include("candidates.urls")),
    path("", include("packets.urls")),
    path("", include("files.urls")),
    path("", include("privacy.urls")),
    path("", include("operations.urls")),
]
# Of the package's pages for accounts elsewhere only those of signing in: nobody signs up
# or connects one.
if apps.is_installed("allauth.socialaccount.providers.openid_connect"):
    urlpatterns.append(path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")))
