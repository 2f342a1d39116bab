"""For all tests: a slow machine is no failure, and one commit gives one answer.

The suite draws the same examples on every run. To look for new ones, run
``pytest --hypothesis-profile search`` (other examples each time, and ten times as many).
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    print_blob=True,
)
settings.register_profile(
    "search", settings.get_profile("house"), derandomize=False, max_examples=1000
)
settings.load_profile("house")
