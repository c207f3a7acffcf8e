"""Second factors in a real browser: a passkey of a virtual device, an app's code, recovery codes; under our policy."""

from contextlib import contextmanager

import pytest

from tests.accounts.totp import code_of
from tests.e2e.conftest import give_password


@pytest.fixture
def host(site):
    """The site under a host name, since browsers give no passkey to an address of numbers."""
    return site.replace("127.0.0.1", "localhost")


@contextmanager
def browser_of(chromium, host, name: str | None):
    """A fresh session with a device that confirms every passkey; what the policy refused is collected."""
    context = chromium.new_context(base_url=host)
    page = context.new_page()
    page.refused = []
    page.on("console", lambda line: page.refused.append(line.text) if "Content Security" in line.text else None)
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    page.device = device
    page.key = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    if name:
        page.goto("/accounts/login/")
        give_password(page, name)
        page.wait_for_url(f"{host}/")
    yield page
    context.close()


def follow(page, link) -> None:
    """Click and be on the next page, which may first ask for the password again.

    A click does not wait for the page that it leads to, nor does the event "navigation" say which one came:
    only another address does.
    """
    before = page.url
    link.click()
    page.wait_for_url(lambda url: url != before)
    confirm_password(page)


def confirm_password(page) -> None:
    if "/reauthenticate/" in page.url:
        page.fill("[name=password]", "evenhand-demo")
        page.click("main button[type=submit]")


def test_a_passkey_is_set_up_signs_in_without_the_password_and_is_removed(chromium, host):
    with browser_of(chromium, host, "interviewer2") as page:
        page.goto("/account/")
        follow(page, page.locator("text=Set up a second factor"))
        follow(page, page.locator("text=Add a passkey"))
        page.get_by_label("Sign in without a password").check()
        page.click("#mfa_webauthn_add")
        page.wait_for_url("**/recovery-codes/")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/accounts/login/")

        page.click("#passkey_login")
        page.wait_for_url(f"{host}/")
        page.goto("/account/")
        has_one = page.locator("main").inner_text()
        page.goto("/accounts/2fa/webauthn/")
        follow(page, page.get_by_role("link", name="Remove "))
        page.get_by_role("button", name="Remove key").click()
        page.wait_for_url("**/2fa/webauthn/")
        page.goto("/account/")

        assert "1 passkey" in has_one
        assert "None yet" in page.locator("main").inner_text()
        assert page.refused == []


def test_a_passkey_that_is_refused_is_said_in_the_page(chromium, host):
    with browser_of(chromium, host, None) as page:
        page.device.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": page.key})
        page.goto("/accounts/login/")
        page.evaluate(
            "() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')) }"
        )

        page.click("#passkey_login")

        page.get_by_role("alert").wait_for()
        assert "The passkey was not used" in page.get_by_role("alert").inner_text()


def test_an_apps_code_is_asked_for_after_the_password(chromium, host):
    with browser_of(chromium, host, "manager") as page:
        page.goto("/accounts/2fa/totp/activate/")
        confirm_password(page)
        secret = page.input_value("#authenticator_secret")
        drawn = page.locator("img.eh-qr").evaluate("(picture) => picture.naturalWidth > 0")
        page.fill("[name=code]", code_of(secret))
        page.click("main button[type=submit]")
        page.wait_for_url("**/recovery-codes/")
        codes = page.input_value("#recovery_codes").split()
        page.get_by_role("button", name="Sign out").click()

        give_password(page, "manager")
        page.wait_for_url("**/2fa/authenticate/")
        page.fill("[name=code]", codes[0])
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"{host}/")
        page.goto("/accounts/2fa/totp/deactivate/")
        confirm_password(page)
        page.get_by_role("button", name="Remove app").click()
        page.wait_for_url("**/2fa/")
        page.goto("/account/")

        assert drawn
        assert len(codes) == 10
        assert "None yet" in page.locator("main").inner_text()
        assert page.refused == []
