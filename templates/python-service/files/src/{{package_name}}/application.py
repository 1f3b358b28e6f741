"""The FastAPI application with what is the same for every route."""

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from .about import About
from .access import Access
from .api.problem import add_problem_handlers


def create_application(about: About, routers: Sequence[APIRouter]) -> FastAPI:
    """Makes the application; it opens nothing and connects to nothing."""
    application = FastAPI(
        title=about.name,
        version=about.release,
        description=about.summary,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=operation_id,
    )
    application.add_middleware(Access)
    add_problem_handlers(application)
    for router in routers:
        application.include_router(router)
    return application


def operation_id(route: APIRoute) -> str:
    """Names an operation after its function, so that generated clients read well."""
    return route.name
