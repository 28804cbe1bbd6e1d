"""Files that were mutated at random: never a crash, a hang or a wrong kind of error."""

from __future__ import annotations

import pytest

from bench.fuzz import mutants, survey
from geodata.documents.limits import SECONDS_A_FILE

FILES = 60


@pytest.mark.slow
def test_mutated_files_are_read_or_refused() -> None:
    outcome = survey(mutants(FILES, seed=7))
    assert outcome.read + outcome.refused == FILES
    assert outcome.read > 0
    assert outcome.refused > 0
    assert outcome.busiest < SECONDS_A_FILE  # by the clock it is measured by `python -m bench fuzz`
    assert outcome.neighbours == FILES
