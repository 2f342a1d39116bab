"""The arithmetic of published figures: pure functions on printed numbers.

Import from the modules: ``fit`` (order of prints), ``percent``, ``partition``, ``response_rates``,
``interval``, ``proportion``, ``p_value``, ``kaplan_meier``, ``survival``, ``summary``, ``grim``,
``adverse``. None knows of claims or files.
"""
