"""Signs whatever a request writes with the person who sent it."""

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from governance.history.trail import Signatory, signed


class TrailMiddleware:
    """The last middleware: it knows the person, and wraps the view with its transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def person() -> Signatory | None:
            return request.user if request.user.is_authenticated else None

        with signed(person, request_id=uuid4().hex):
            return self.get_response(request)
