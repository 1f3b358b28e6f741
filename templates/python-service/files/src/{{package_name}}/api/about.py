"""The resource that says which service and release answers."""

from fastapi import APIRouter
from pydantic import BaseModel

from ..about import about
from .problem import PROBLEM_RESPONSES

router = APIRouter(prefix="/v1/about", tags=["about"], responses=PROBLEM_RESPONSES)


class AboutAnswer(BaseModel):
    """The service that answers."""

    name: str
    release: str


@router.get("")
async def read_about() -> AboutAnswer:
    """Tell the name and the release of the service."""
    this = about()
    return AboutAnswer(name=this.name, release=this.release)
