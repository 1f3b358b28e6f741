"""Errors as `application/problem+json`, one shape for all of them."""

import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from ..resilience.errors import UnavailableError

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """What went wrong with a request."""

    title: str
    status: int
    detail: str = ""


PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "What went wrong",
        "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}},
    }
}


def problem(
    status: int, detail: str = "", headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """A response that says what went wrong."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(body.model_dump(), status, dict(headers or {}), MEDIA_TYPE)


def add_problem_handlers(application: FastAPI) -> None:
    """Gives every error of the application the one shape."""

    @application.exception_handler(HTTPException)
    async def _http(_request: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, str(error.detail), error.headers)

    @application.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        detail = "; ".join(
            f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()
        )
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail)

    @application.exception_handler(UnavailableError)
    async def _unavailable(_request: Request, error: UnavailableError) -> JSONResponse:
        seconds = str(max(1, math.ceil(error.retry_after)))
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error), {"Retry-After": seconds})

    @application.exception_handler(Exception)
    async def _unforeseen(_request: Request, _error: Exception) -> JSONResponse:
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR)
