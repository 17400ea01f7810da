# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one exception tree; each error knows its HTTP status, its problem type and one plain sentence.

    HanzeError
    ├── InvalidRequest           400  the request itself is malformed (JSON, parameters)
    ├── BadRequestData           400  the request is well formed, its content is wrong
    ├── NoRightToAccess          401/403  a key is missing, unknown or has no right to this
    ├── ResourceNotFound         404
    ├── NonexistentTenant        404
    ├── OperationNotSupported    422
    ├── AlreadyExists            409
    ├── Conflict                 409
    ├── NotAcceptable            406
    ├── UnsupportedMediaType     415
    ├── LengthRequired           411
    ├── TooLarge                 413
    ├── TooSlow                  408  the request did not come in time
    ├── HeadTooLarge             431  the request line and headers
    ├── TooManyResults           403
    ├── TooComplexQuery          403
    ├── TooManyRequests          429
    ├── ContextNotAvailable      504  a remote @context cannot be retrieved
    ├── CalculationFailed        500  a calculation took too long or too much memory, or its process ended
    ├── Unavailable              503  the store cannot write (full disk) or the node is stopping
    ├── CallFailed               502  a call to another server gave no answer
    │   └── AddressRefused       502  the node's configuration does not allow to call this address
    ├── SignInFailed             403/…  an organisation did not let somebody in, or not in a way that can be believed
    ├── SourceFailed             502  a look at a source gave nothing that can be used
    └── ConfigurationError       (command line) file, key, value and fix

Problem types are those of ETSI GS CIM 009 V1.8.1 table 6.3.2-1; where ETSI has none,
the type is a permanent URI of Hanze.
"""

ETSI = "https://uri.etsi.org/ngsi-ld/errors/"
HANZE = "https://w3id.org/hanze/problems/"


LONGEST = 1000
"""Characters of a detail: what was sent may stand in it, and is longer at times."""


def _told(text: str) -> str:
    """The detail as people can read it: not endless, and without signs that no one sees or that move a terminal."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 200]} … {text[-190:]}"
    return text if text.isprintable() else "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def mark(text: str) -> str:
    """The same text: a sentence that pages say in the language of who reads it."""
    return text


class HanzeError(Exception):
    """Base of all; `detail` is one plain sentence that names field, value and fix."""

    status = 500
    type = ETSI + "InternalError"
    title = "Internal error"

    def __init__(self, detail: str, **members: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.members = members
        """Extra members of the problem body, for example the limit that was passed."""

    def problem(self) -> dict[str, object]:
        """The RFC 9457 body: type, title, status, detail and the extra members."""
        return {
            "type": self.type,
            "title": self.title,
            "status": self.status,
            "detail": _told(self.detail),
            **self.members,
        }


class InvalidRequest(HanzeError):
    status, type, title = 400, ETSI + "InvalidRequest", "Invalid request"


class BadRequestData(HanzeError):
    status, type, title = 400, ETSI + "BadRequestData", "Bad request data"


class NoRightToAccess(HanzeError):
    """Status 401 where no valid key was given, 403 where the key has no such right."""

    status, type, title = 403, HANZE + "NoRightToAccess", "No right to access"

    def __init__(self, detail: str, *, status: int = 403, **members: object) -> None:
        super().__init__(detail, **members)
        self.status = status


class ResourceNotFound(HanzeError):
    status, type, title = 404, ETSI + "ResourceNotFound", "Not found"


class NonexistentTenant(HanzeError):
    status, type, title = 404, ETSI + "NonexistentTenant", "Tenant does not exist"


class OperationNotSupported(HanzeError):
    status, type, title = 422, ETSI + "OperationNotSupported", "Operation not supported"


class AlreadyExists(HanzeError):
    status, type, title = 409, ETSI + "AlreadyExists", "Already exists"


class Conflict(HanzeError):
    status, type, title = 409, ETSI + "Conflict", "Conflict"


class NotAcceptable(HanzeError):
    status, type, title = 406, HANZE + "NotAcceptable", "Not acceptable"


class MethodNotAllowed(HanzeError):
    """Give the member `methods`, a list of those that are offered: it becomes the header Allow too."""

    status, type, title = 405, HANZE + "MethodNotAllowed", "Method not allowed"


class UnsupportedMediaType(HanzeError):
    status, type, title = 415, HANZE + "UnsupportedMediaType", "Unsupported media type"


class LengthRequired(HanzeError):
    status, type, title = 411, HANZE + "LengthRequired", "Length required"


class TooLarge(HanzeError):
    status, type, title = 413, HANZE + "TooLarge", "Request too large"


class TooSlow(HanzeError):
    status, type, title = 408, HANZE + "TooSlow", "Request too slow"


class HeadTooLarge(HanzeError):
    status, type, title = 431, HANZE + "HeadTooLarge", "Request line or headers too large"


class TooManyResults(HanzeError):
    status, type, title = 403, ETSI + "TooManyResults", "Too many results"


class TooComplexQuery(HanzeError):
    status, type, title = 403, ETSI + "TooComplexQuery", "Too complex query"


class TooManyRequests(HanzeError):
    status, type, title = 429, HANZE + "TooManyRequests", "Too many requests"


class ContextNotAvailable(HanzeError):
    status, type, title = 504, ETSI + "LdContextNotAvailable", "Context not available"


class Unavailable(HanzeError):
    status, type, title = 503, HANZE + "Unavailable", "Temporarily unavailable"


class CalculationFailed(HanzeError):
    status, type, title = 500, HANZE + "CalculationFailed", "Calculation failed"


class CallFailed(HanzeError):
    """`wait`: seconds within which another call to this destination is not even tried; 0 where nothing is known."""

    status, type, title = 502, HANZE + "CallFailed", "Call to another server failed"

    def __init__(self, detail: str, *, wait: float = 0.0) -> None:
        super().__init__(detail)
        self.wait = wait


class AddressRefused(CallFailed):
    type, title = HANZE + "AddressRefused", "Address refused"


class SignInFailed(HanzeError):
    """`reason`: a key of hanze.web.people.oidc.trouble.REASONS, which has the words for people; `detail` is for the log."""

    status, type, title = 403, HANZE + "SignInFailed", "Sign-in failed"

    def __init__(self, detail: str, *, reason: str = "", status: int = 403) -> None:
        super().__init__(detail)
        self.reason = reason
        self.status = status


class SourceFailed(HanzeError):
    """`advice`: one sentence on what a person can do. `wait`: seconds that the source asks to be left alone."""

    status, type, title = 502, HANZE + "SourceFailed", "Source failed"

    def __init__(self, detail: str, advice: str = "", *, wait: float = 0.0) -> None:
        super().__init__(detail)
        self.advice = advice
        self.wait = wait


class ConfigurationError(HanzeError):
    """A file, key or command-line value is wrong; the command prints the detail and exits with 2."""

    status, type, title = 500, HANZE + "Configuration", "Configuration error"


def ours() -> HanzeError:
    """What a client is told of a mistake of ours: what it was stands in the log only."""
    return HanzeError("Something went wrong on our side; it is in the node's log.")
