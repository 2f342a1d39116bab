"""The layout that docs/architecture.md promises: folders that a reader takes in at one look."""

from pathlib import Path

from tests.rows import every_row

ROOT = Path(__file__).parents[2]
WIDEST = 15
FOLDERS = sorted(
    folder
    for package in ("timeline", "renderers")
    for folder in [ROOT / package, *(ROOT / package).rglob("*")]
    if folder.is_dir() and any(folder.glob("*.py"))
)


@every_row("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_a_folder_holds_at_most_fifteen_modules(folder):
    modules = [path.name for path in folder.glob("*.py") if path.name != "__init__.py"]
    assert len(modules) <= WIDEST, f"group them into sub-folders: {sorted(modules)}"
