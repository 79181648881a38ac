"""Unmodified MSAL for Python against fakegraph: clients.py CASE.

The Go tests in ../signin start the server and say where it is by FAKE_WAY and
FAKE_URL, as for ../js/clients.mjs. REQUESTS_CA_BUNDLE names the CA.
"""
import os
import sys

import msal
import requests

BASE = os.environ["FAKE_URL"]
EXPLICIT = os.environ["FAKE_WAY"] == "explicit"
TENANT = "contoso.onmicrosoft.com"
APP = "f4ce0a11-0000-4000-8000-0000000000a1"
SECRET = "fakegraph-demo-secret"
PAT = "pat@contoso.onmicrosoft.com"
SCOPES = ["https://graph.microsoft.com/.default"]
ORIGIN = BASE if EXPLICIT else "https://graph.microsoft.com"
NAMED = {"authority": BASE + "/" + TENANT, "instance_discovery": False} if EXPLICIT else {"authority": "https://login.microsoftonline.com/" + TENANT}


def use(result, path):
    assert "access_token" in result, result
    answer = requests.get(ORIGIN + path, headers={"Authorization": "Bearer " + result["access_token"]})
    assert answer.status_code == 200, (answer.status_code, answer.text)


def confidential():
    app = msal.ConfidentialClientApplication(APP, client_credential=SECRET, **NAMED)
    first = app.acquire_token_for_client(SCOPES)
    use(first, "/v1.0/users/" + PAT)
    assert app.acquire_token_silent(SCOPES, account=None)["access_token"] == first["access_token"], "the cache missed"
    wrong = msal.ConfidentialClientApplication(APP, client_credential="wrong", **NAMED)
    assert "AADSTS7000215" in wrong.acquire_token_for_client(SCOPES)["error_description"]


def device():
    app = msal.PublicClientApplication(APP, **NAMED)
    flow = app.initiate_device_flow(["User.Read"])
    assert "/devicelogin and enter the code" in flow["message"], flow
    use(app.acquire_token_by_device_flow(flow), "/v1.0/me")
    account = app.get_accounts()[0]
    assert account["home_account_id"].count("."), account
    use(app.acquire_token_silent(["User.Read"], account=account, force_refresh=True), "/v1.0/me")


def code():
    app = msal.PublicClientApplication(APP, **NAMED)
    flow = app.initiate_auth_code_flow(["User.Read"], redirect_uri="http://localhost:1234", login_hint=PAT)
    page = requests.get(flow["auth_uri"], allow_redirects=False)
    parameters = requests.compat.urlsplit(page.headers["Location"]).query
    answer = dict(pair.split("=", 1) for pair in parameters.split("&"))
    answer = {name: requests.compat.unquote(value) for name, value in answer.items()}
    use(app.acquire_token_by_auth_code_flow(flow, answer), "/v1.0/me")


def password():
    if EXPLICIT:  # MSAL asks for the user's realm at port 443, whatever the authority's is
        return
    app = msal.PublicClientApplication(APP, **NAMED)
    use(app.acquire_token_by_username_password(PAT, "right", ["User.Read"]), "/v1.0/me")
    assert "AADSTS50126" in app.acquire_token_by_username_password(PAT, "wrong", ["User.Read"])["error_description"]


{"confidential": confidential, "device": device, "code": code, "password": password}[sys.argv[1]]()
