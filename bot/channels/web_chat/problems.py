"""Errors as RFC 9457 problem documents, each with a sentence that says what is wrong and what to do."""

from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from bot.domain.errors import ConflictError, NotAvailableError

log = structlog.get_logger()
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

TITLES = {
    400: "Bad request",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    413: "Too large",
    415: "Unsupported media type",
    429: "Too many requests",
    500: "Internal error",
    503: "Not available",
}


class ProblemError(Exception):
    """An answer with an error status. The detail is for whoever called."""

    def __init__(self, status: int, detail: str, *, retry_after_seconds: int | None = None) -> None:
        """Take the HTTP status and one sentence."""
        super().__init__(detail)
        self.status, self.detail, self.retry_after_seconds = status, detail, retry_after_seconds


def to_response(problem: ProblemError) -> web.Response:
    """The problem document (application/problem+json)."""
    title = TITLES.get(problem.status, "Error")
    body = {"type": "about:blank", "title": title, "status": problem.status, "detail": problem.detail}
    headers = {} if problem.retry_after_seconds is None else {"Retry-After": str(problem.retry_after_seconds)}
    return web.json_response(body, status=problem.status, headers=headers, content_type="application/problem+json")


@web.middleware
async def answer_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error below into a problem document; no detail of an unexpected one leaves the house."""
    try:
        return await handler(request)
    except ProblemError as problem:
        return to_response(problem)
    except web.HTTPException as error:
        if error.status < 400:  # noqa: PLR2004
            raise
        return to_response(_explain(error))
    except (NotAvailableError, ConflictError):
        detail = "This cannot be answered at the moment. Send the same request with the same message_id again."
        return to_response(ProblemError(503, detail, retry_after_seconds=2))
    except Exception as error:  # noqa: BLE001
        log.error("request failed", path=_name_route(request), error=type(error).__name__)
        return to_response(ProblemError(500, "Something went wrong on our side. Please try again."))


def _name_route(request: web.Request) -> str:
    """The address as it was registered: what stands in its place, such as a one-time token, belongs in no log."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else ""


def _explain(error: web.HTTPException) -> ProblemError:
    details = {
        404: "There is nothing at this address.",
        405: "This address does not take this method.",
        413: "The request is too large. A message has at most 4,000 characters.",
    }
    return ProblemError(error.status, details.get(error.status, "The request could not be read."))
