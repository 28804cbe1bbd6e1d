"""What holds for all tests: properties are tried on the same examples each time, however slow the machine is.

So a change that fails is to blame for it, and who runs the tests twice sees the same. Other examples are looked for
on purpose, with ``pytest --hypothesis-profile=explore``; what that finds becomes a test of its own.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "dateline",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", settings.get_profile("dateline"), derandomize=False)
settings.load_profile("dateline")
