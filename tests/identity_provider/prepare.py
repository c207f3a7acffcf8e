"""`python -m tests.identity_provider.prepare JSON`: the provider's database with its people and one client.

JSON: {"people": [[address, verified], ...], "client": id, "secret": ..., "callback": address}. Everybody's password
is `at-the-provider`.
"""

import json
import sys

import django


def prepare(wanted: dict) -> None:
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for number, (address, verified) in enumerate(wanted["people"]):
        user = get_user_model().objects.create_user(f"person{number}", address, "at-the-provider")
        EmailAddress.objects.create(user=user, email=address, verified=verified, primary=True)
    client = Client(id=wanted["client"], name="Evenhand", skip_consent=True, scopes="openid\nprofile\nemail")
    client.set_secret(wanted["secret"])
    client.set_redirect_uris([wanted["callback"]])
    client.save()


if __name__ == "__main__":
    django.setup()
    prepare(json.loads(sys.argv[1]))
