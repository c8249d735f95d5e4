"""Signatures of UnionPay's gateway, version 5.1.0: RSA-SHA256 over the hexadecimal SHA-256 of the sorted fields.

Answers bring the certificate of their key; it counts only when UnionPay's own authority issued it, to UnionPay, and it
is valid today.
"""

import base64
import hashlib
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

LONGEST_CHAIN = 4


class Signer:
    """Our key and certificate from a PFX file. Raises ``ValueError`` for a wrong file or password."""

    def __init__(self, pfx, password):
        self.key, certificate, _others = pkcs12.load_key_and_certificates(pfx, password.encode() or None)
        if self.key is None or certificate is None:
            raise ValueError("the file holds no key with a certificate")
        self.cert_id = str(certificate.serial_number)

    def sign(self, facts):
        """``facts`` with the certificate's number and a signature."""
        facts = {**facts, "certId": self.cert_id}
        signature = self.key.sign(digest_of(facts), PKCS1v15(), SHA256())
        return {**facts, "signature": base64.b64encode(signature).decode()}


class Verifier:
    """``roots``: PEM of UnionPay's authorities; ``name``: whom the certificate must be issued to."""

    def __init__(self, roots, name):
        self.authorities = x509.load_pem_x509_certificates(roots)
        self.name = name

    def is_genuine(self, facts):
        """Whether UnionPay signed ``facts``."""
        try:
            certificate = x509.load_pem_x509_certificate(facts["signPubKeyCert"].encode())
            if not self._is_unionpays(certificate):
                return False
            signature = base64.b64decode(facts["signature"], validate=True)
            certificate.public_key().verify(signature, digest_of(facts), PKCS1v15(), SHA256())
        except (KeyError, ValueError, TypeError, AttributeError, InvalidSignature):
            return False
        return True

    def _is_unionpays(self, certificate):
        names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        # "041@Z12@中国银联股份有限公司@00010001"
        if not names or self.name not in names[0].value.split("@"):
            return False
        for _step in range(LONGEST_CHAIN):
            if not _valid_today(certificate):
                return False
            issuer = next((one for one in self.authorities if _issued(one, certificate)), None)
            if issuer is None:
                return False
            if issuer.subject == issuer.issuer:
                return _valid_today(issuer)
            certificate = issuer
        return False


def digest_of(facts):
    """The text that is signed, as bytes."""
    plain = "&".join(f"{name}={facts[name]}" for name in sorted(facts) if name != "signature" and facts[name] != "")
    return hashlib.sha256(plain.encode()).hexdigest().encode()


def read_answer(text):
    """Fields of an answer: ``name=value`` joined by ``&``, values as they are (they hold ``=`` and line ends)."""
    return dict(part.partition("=")[::2] for part in text.strip().split("&"))


def _issued(authority, certificate):
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _valid_today(certificate):
    return certificate.not_valid_before_utc <= datetime.now(UTC) <= certificate.not_valid_after_utc
