"""The add-on service over a real SQLite store, called as Google calls it: with tokens signed by a real key."""

from __future__ import annotations

import json
import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from flask import Flask
from flask.testing import FlaskClient
from google.auth import crypt, jwt

from addon.app import create_app
from addon.bootstrap import Product
from addon.routes.doors import DOORS, GUARD
from addon.settings import Settings
from sync.services.ports import Store
from sync.store.engine import open_engine
from sync.store.unit_of_work import SqlStore, open_store
from tests.addon.google_takes import problems
from tests.personas import ADA, SUNDAY_BEFORE, maple, oak

BASE = "https://visits.maple.example"
OUR_ACCOUNT = "service-1@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
CLIENT_ID = "client.apps.googleusercontent.com"
TASKS_ACCOUNT = "downthehall@project.iam.gserviceaccount.com"


@dataclass(frozen=True)
class Signer:
    """Somebody with an RSA key, who signs tokens with it."""

    key_id: str
    private_pem: bytes
    certificate_pem: str

    @classmethod
    def new(cls, key_id: str) -> Signer:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, key_id)])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .sign(key, hashes.SHA256())
        )
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return cls(key_id, private, certificate.public_bytes(serialization.Encoding.PEM).decode())

    def sign(self, **claims: Any) -> str:
        """An ID token as Google makes them; what is given takes the place of what is usual, None takes it away."""
        now = int(time.time())
        usual = {"iss": "https://accounts.google.com", "iat": now, "exp": now + 3600, "email_verified": True}
        said = {key: value for key, value in (usual | claims).items() if value is not None}
        return str(jwt.encode(self._signer, said).decode())

    @cached_property
    def _signer(self) -> crypt.RSASigner:
        return crypt.RSASigner.from_string(self.private_pem, self.key_id)


@pytest.fixture(scope="session")
def google() -> Signer:
    """Google's own key, whose certificate everybody can fetch."""
    return Signer.new("google-key")


@pytest.fixture(scope="session")
def stranger() -> Signer:
    """Another key that claims to be Google's."""
    return Signer.new("google-key")


@dataclass
class CertificatesServer:
    """A place that hands out Google's certificates, and counts how often it was asked."""

    url: str
    asked: int = 0


@contextmanager
def serving_certificates(google: Signer) -> Iterator[CertificatesServer]:
    """The server of Google's certificates, for as long as the block lasts."""
    body = json.dumps({google.key_id: google.certificate_pem}).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked += 1
            self.send_response(200 if self.path == "/oauth2/v1/certs" else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Cache-Control", "public, max-age=3600")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = CertificatesServer(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def certificates(google: Signer) -> Iterator[CertificatesServer]:
    with serving_certificates(google) as served:
        yield served


@dataclass
class Still:
    """A clock that stands until it is moved."""

    at: datetime = SUNDAY_BEFORE

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Still:
    return Still()


@pytest.fixture(scope="session")
def two_schools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with Maple Hall and Oak Lane in it, to be copied: migrations take longer than most tests."""
    file = tmp_path_factory.mktemp("store") / "visits.sqlite"
    opened = open_store(f"sqlite:///{file}")
    with opened.work() as work:
        work.schools.save("maple", maple())
        work.schools.save("oak", oak())
        work.commit()
    opened.close()
    return file


@pytest.fixture
def store(tmp_path: Path, two_schools: Path) -> Iterator[Store]:
    opened = SqlStore(open_engine(f"sqlite:///{shutil.copy(two_schools, tmp_path / 'visits.sqlite')}"))
    yield opened
    opened.close()


@pytest.fixture
def hints() -> list[str]:
    """The schools that somebody was told have changed."""
    return []


@pytest.fixture
def settings(certificates: CertificatesServer) -> Settings:
    return Settings(
        database_url="sqlite:///unused",
        public_base_url=BASE,
        addon_service_account=OUR_ACCOUNT,
        oauth_client_id=CLIENT_ID,
        workspace_emulator=certificates.url,
    )


@pytest.fixture
def product(settings: Settings, store: Store, clock: Still, hints: list[str]) -> Product:
    return Product(
        settings,
        store,
        clock,
        after_commit=hints.append,
        reconcile=hints.append,
        own_account=TASKS_ACCOUNT,
        secret=b"only ours",
    )


@pytest.fixture
def app(product: Product) -> Iterator[Flask]:
    made = create_app(product)
    yield made
    made.extensions[GUARD].certificates.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@dataclass
class Panel:
    """Google's side panel, as it calls the service for one person."""

    client: FlaskClient
    google: Signer
    person: str = ADA
    app: str = "CALENDAR"
    locale: str = "en-US"
    zone: str = "America/New_York"
    context: dict[str, Any] = field(default_factory=dict)

    def signed_in(self, person: str) -> Panel:
        return replace(self, person=person)

    def beside(self, app: str, **context: Any) -> Panel:
        return replace(self, app=app, context={app.lower(): context} if context else {})

    def system_token(self, path: str) -> str:
        return self.google.sign(aud=BASE + path, email=OUR_ACCOUNT)

    def event(self, parameters: dict[str, str] | None = None, inputs: dict[str, list[str]] | None = None) -> Any:
        return {
            "commonEventObject": {
                "hostApp": self.app,
                "platform": "WEB",
                "userLocale": self.locale,
                "timeZone": {"id": self.zone, "offset": -18000000},
                "parameters": parameters or {},
                "formInputs": {name: {"stringInputs": {"value": values}} for name, values in (inputs or {}).items()},
            },
            "authorizationEventObject": {
                "userIdToken": self.google.sign(aud=CLIENT_ID, email=self.person),
                "userOAuthToken": "ya29.secret",
                "systemIdToken": "in the header as well",
            },
            **self.context,
        }

    def post(self, path: str, body: Any) -> Any:
        """The response to a well-signed call; every card in it is held against what Google takes."""
        answer = self.client.post(path, json=body, headers={"Authorization": f"Bearer {self.system_token(path)}"})
        if answer.status_code == 200:
            assert problems(answer.get_json(), DOORS[path]) == []
        return answer

    def call(
        self, path: str, parameters: dict[str, str] | None = None, inputs: dict[str, list[str]] | None = None
    ) -> Any:
        """The JSON of an answer that Google would show."""
        answer = self.post(path, self.event(parameters, inputs))
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()


@pytest.fixture
def panel(client: FlaskClient, google: Signer) -> Panel:
    return Panel(client, google)


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Everything that was logged so far."""
    caplog.set_level(logging.DEBUG)
    return lambda: caplog.text
