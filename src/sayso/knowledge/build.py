"""Builds the gazetteer file: the bundled places, the official GeoNames files where there are any, the user's layers."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from sayso.errors import SaysoError
from sayso.knowledge import geonames, layers
from sayso.knowledge.bundled import Bundled
from sayso.knowledge.gazetteer import default_path
from sayso.knowledge.placefile import PlaceFile

LOCK_SECONDS = 300.0


class Recipe(msgspec.Struct, frozen=True):
    """What a gazetteer is made from, beside the bundled places.

    ``official`` is a GeoNames file or folder; of it ``countries`` (alpha-3 or alpha-2; empty for all) and ``classes``
    (see ``geonames.chosen_kinds``) are taken. ``layers`` are CSV files; ``skip_bad_rows`` leaves their bad rows out.
    """

    official: Path | None = None
    countries: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    layers: tuple[Path, ...] = ()
    skip_bad_rows: bool = False


class Built(msgspec.Struct, frozen=True):
    """A gazetteer that was built: where, and the bad rows of layers that were left out, in words."""

    path: Path
    skipped: tuple[str, ...] = ()


def build(
    target: Path | None = None,
    recipe: Recipe | None = None,
    *,
    if_missing: bool = False,
    tell: geonames.Tell | None = None,
) -> Built:
    """Builds the gazetteer at ``target`` (default: the user's cache) in one atomic step.

    ``tell`` is called with file and line now and then. A second process waits for the first. Raises ``SaysoError`` S352
    where the file cannot be written, S353 and S359 on bad layers, S360 to S364 on bad GeoNames files and choices; what
    was there before stays.
    """
    path = target or default_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path):
            if if_missing and path.exists():
                return Built(path)
            return Built(path, tuple(_write(path, recipe or Recipe(), tell)))
    except (OSError, sqlite3.OperationalError) as error:
        raise SaysoError("S352", path=path, why=error) from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    import fcntl

    with path.with_suffix(".lock").open("w") as lock:
        deadline = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        yield


def _write(path: Path, recipe: Recipe, tell: geonames.Tell | None) -> list[str]:
    # All that can be wrong with what the user gave is found out before the long work begins.
    laid = [layers.read_layer(layer) for layer in recipe.layers]
    _refuse_bad(laid, recipe)
    if recipe.official is None and (recipe.countries or set(recipe.classes) - {"default"}):
        raise SaysoError("S364", what="countries and classes")
    only = geonames.chosen_countries(recipe.countries)
    kinds = geonames.chosen_kinds(recipe.classes)
    sources = geonames.find_sources(recipe.official) if recipe.official else None
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        with _sorting_in(path.parent):
            file = PlaceFile(part)
            _fill(file, sources, only, kinds, tell)
            laid = [_laid_over(file, layer) for layer in laid]
            _refuse_bad(laid, recipe)
            file.finish(_names(sources, laid))
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return [f"{layer.path}: {note}" for layer in laid for note in layers.notes(layer)]


def _fill(
    file: PlaceFile,
    sources: geonames.Sources | None,
    only: frozenset[str],
    kinds: dict[str, geonames.FeatureKind],
    tell: geonames.Tell | None,
) -> None:
    bundled = Bundled(file)
    covered: set[str] = set()
    if sources:
        official = geonames.Official(bundled, sources, only, kinds, tell)
        official.read()
        covered = official.covered
    bundled.settlements(covered)
    bundled.areas()
    bundled.named()


def _laid_over(file: PlaceFile, layer: layers.Layer) -> layers.Layer:
    file.index()
    return msgspec.structs.replace(layer, bad=(*layer.bad, *layers.apply(file, layer)))


def _refuse_bad(laid: Sequence[layers.Layer], recipe: Recipe) -> None:
    for layer in laid:
        if layer.bad and not recipe.skip_bad_rows:
            raise layers.BadRowsError(layer)


def _names(sources: geonames.Sources | None, laid: Sequence[layers.Layer]) -> list[str]:
    official = [p.name for p in sources.places] if sources else []
    return ["bundled", *official, *(layer.path.name for layer in laid)]


@contextmanager
def _sorting_in(folder: Path) -> Iterator[None]:
    """SQLite sorts in the target's folder meanwhile: a whole world of names is more than many a /tmp holds."""
    before = os.environ.get("SQLITE_TMPDIR")
    os.environ["SQLITE_TMPDIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SQLITE_TMPDIR"]
        else:
            os.environ["SQLITE_TMPDIR"] = before
