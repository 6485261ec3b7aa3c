"""POST /token, the certificates that ID tokens are checked with, tokeninfo and revoke.

Sources: "Using OAuth 2.0 for Server to Server Applications"; google-auth's service_account.py, whose JWT always says
aud https://oauth2.googleapis.com/token whatever its token_uri is.
"""

from __future__ import annotations

import base64
import secrets
from typing import Any
from urllib.parse import unquote

from sync.emulator.auth import TOKEN_SECONDS, grant_of_token, issue_token, revoke_token
from sync.emulator.errors import GoogleError
from sync.emulator.plain import plain
from sync.emulator.wire import Answer, Request
from sync.emulator.workspace import Workspace

AUDIENCE = "https://oauth2.googleapis.com/token"
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ISSUER = "https://accounts.google.com"
REFRESH = "oauth.refresh"


class _Refusal(Exception):
    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.answer = Answer.of_json({"error": error, "error_description": description}, status)


@plain("POST", "/token")
def token(workspace: Workspace, request: Request) -> Answer:
    """An access token (or, for target_audience, an ID token) for a signed JWT or a refresh token."""
    form = request.form()
    try:
        with workspace.transaction():
            if form.get("grant_type") == JWT_GRANT:
                return Answer.of_json(_from_jwt(workspace, form.get("assertion", "")))
            if form.get("grant_type") == "refresh_token":
                return Answer.of_json(_from_refresh_token(workspace, form, _client_of(request, form)))
            raise _Refusal("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
    except _Refusal as refusal:
        return refusal.answer


def _from_jwt(workspace: Workspace, assertion: str) -> dict[str, Any]:
    claims = workspace.key.read(assertion)
    if claims is None:
        raise _Refusal("invalid_grant", "Invalid JWT Signature.")
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, (int, float)) or not isinstance(expires, (int, float)):
        raise _Refusal("invalid_grant", "Invalid JWT: iat and exp are required.")
    # Clients sign with this machine's real time; the Workspace's clock may have been moved on purpose. So only the
    # length of the grant is held to Google's rule, one hour.
    if expires - issued > 3600 + 300 or expires <= issued:
        raise _Refusal(
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
            "Check your iat and exp values in the JWT claim.",
        )
    if claims.get("aud") not in (AUDIENCE, f"{workspace.base_url}/token"):
        raise _Refusal("invalid_grant", "Invalid JWT: Failed audience check.")
    robot = str(claims.get("iss", "")).lower()
    if not workspace.is_service_account(robot):
        raise _Refusal("invalid_grant", "Invalid grant: account not found")
    user = str(claims.get("sub") or robot).lower()
    if not workspace.is_local(user):
        text = (
            "Client is unauthorized to retrieve access tokens using this method, "
            "or client not authorized for any of the scopes requested."
        )
        raise _Refusal("unauthorized_client", text, 401)
    workspace.person(user)
    if claims.get("target_audience"):
        return {
            "id_token": sign_id_token(
                workspace, {"aud": claims["target_audience"], "email": user, "sub": user_id(workspace, user)}
            )
        }
    scopes = str(claims.get("scope", "")).split()
    if not scopes:
        raise _Refusal("invalid_scope", "Empty or missing scope not allowed.")
    access = issue_token(workspace, user, scopes, robot)
    return {"access_token": access, "expires_in": TOKEN_SECONDS - 1, "token_type": "Bearer", "scope": " ".join(scopes)}


def _client_of(request: Request, form: dict[str, str]) -> str | None:
    """Who asks: named in the form, or by HTTP Basic (RFC 6749, 2.3.1), as Go's client tries first."""
    scheme, _, told = request.headers.get("Authorization", "").partition(" ")
    if "client_id" in form or scheme.lower() != "basic":
        return form.get("client_id")
    try:
        return unquote(base64.b64decode(told).decode().partition(":")[0])
    except ValueError:
        return None


def _from_refresh_token(workspace: Workspace, form: dict[str, str], client: str | None) -> dict[str, Any]:
    known = workspace.table(REFRESH).get(form.get("refresh_token", ""))
    if known is None:
        raise _Refusal("invalid_grant", "Token has been expired or revoked.")
    if client != known["client"]:
        raise _Refusal("unauthorized_client", "Unauthorized", 401)
    scopes = form.get("scope", "").split() or known["scopes"]
    if not set(scopes) <= set(known["scopes"]):
        raise _Refusal("invalid_scope", "Some requested scopes were invalid.")
    access = issue_token(workspace, known["user"], scopes, known["client"])
    result = {
        "access_token": access,
        "expires_in": TOKEN_SECONDS - 1,
        "token_type": "Bearer",
        "scope": " ".join(scopes),
    }
    if "openid" in scopes:
        claims = {"aud": known["client"], "email": known["user"], "sub": user_id(workspace, known["user"])}
        result["id_token"] = sign_id_token(workspace, claims)
    return result


def issue_refresh_token(workspace: Workspace, user: str, scopes: list[str], client: str) -> str:
    """A refresh token, as the consent screen would have given `client` for `user`."""
    token = "1//local-" + secrets.token_urlsafe(32)
    with workspace.transaction():
        workspace.table(REFRESH).put(token, {"user": user.lower(), "scopes": list(scopes), "client": client})
    return token


def user_id(workspace: Workspace, email: str) -> str:
    """The stable account number of a person: `sub` of their ID tokens."""
    person = workspace.person(email)
    return str(person["id"]) if person else email


def sign_id_token(workspace: Workspace, claims: dict[str, Any]) -> str:
    """An ID token with these claims; iss, iat, exp (one hour), email_verified and azp are filled in when absent."""
    now = int(workspace.clock.now().timestamp())
    filled = {"iss": ISSUER, "iat": now, "exp": now + 3600, **claims}
    if "email" in filled:
        filled.setdefault("email_verified", True)
    filled.setdefault("azp", filled.get("aud"))
    return workspace.key.sign(filled)


@plain("GET", "/oauth2/v1/certs")
def certificates(workspace: Workspace, request: Request) -> Answer:
    """{key id: PEM certificate}, as google-auth reads them."""
    return Answer.of_json(
        {workspace.key.key_id: workspace.key.certificate_pem}, headers={"Cache-Control": "public, max-age=3600"}
    )


@plain("GET", "/robot/v1/metadata/x509/*")
def robot_certificates(workspace: Workspace, request: Request) -> Answer:
    return certificates(workspace, request)


@plain("GET", "/tokeninfo")
def token_info(workspace: Workspace, request: Request) -> Answer:
    """What an access token is for."""
    given = dict(request.query).get("access_token", "")
    try:
        grant = grant_of_token(workspace, given)
    except GoogleError:
        return Answer.of_json({"error": "invalid_token", "error_description": "Invalid Value"}, 400)
    return Answer.of_json(
        {"azp": grant.client, "aud": grant.client, "scope": " ".join(sorted(grant.scopes)), "email": grant.user}
    )


@plain("POST", "/revoke")
def revoke(workspace: Workspace, request: Request) -> Answer:
    """End a token (access or refresh)."""
    given = {**dict(request.query), **request.form()}.get("token", "")
    with workspace.transaction():
        known = revoke_token(workspace, given) or given in workspace.table(REFRESH)
        workspace.table(REFRESH).delete(given)
    if known:
        return Answer.of_json({})
    return Answer.of_json({"error": "invalid_token", "error_description": "Token expired or revoked"}, 400)
