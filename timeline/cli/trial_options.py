"""The options that the commands of trials share: presets, settings, whose assessments count."""

from __future__ import annotations

from typing import Annotated

import typer

from timeline.cli import completions

Preset = Annotated[
    str,
    typer.Option(
        help="Settings that follow a published way of deriving: admiral, admiral_irecist.",
        autocompletion=completions.trial_presets,
    ),
]
SettingTexts = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="A setting of the derivation (repeatable).",
        autocompletion=completions.trial_settings,
    ),
]
Evaluator = Annotated[str, typer.Option(help="Whose assessments count, where there are several.")]
