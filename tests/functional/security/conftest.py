"""One pair of agencies for all tests of the security floor: making people choose passwords takes time."""

import pytest

from infra.local.testing import LocalCloud
from tests.functional.security.scene import Scene, two_scenes

Pair = tuple[Scene, Scene]


@pytest.fixture(scope="session")
def pair(cloud: LocalCloud) -> Pair:
    return two_scenes(cloud, ("alpha", "QXALPHA7"), ("beta", "QXBETA9"))


@pytest.fixture
def ours(pair: Pair) -> Scene:
    return pair[0]


@pytest.fixture
def theirs(pair: Pair) -> Scene:
    return pair[1]
