"""What is made at set-up and never committed: compiled translations and the web font. Quick when nothing has changed.

python -m bydelsmoedre.assets
"""

from importlib.util import find_spec
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FONT = PROJECT / "build" / "assets" / "fonts" / "ibm-plex-sans.woff2"

#: Latin with its extensions, punctuation, arrows and signs: what Danish, English and the mothers' names in Latin need.
UNICODES = [
    *range(0x20, 0x250),
    *range(0x1E00, 0x1F00),
    *range(0x2010, 0x2040),
    *range(0x20A0, 0x20C0),
    *range(0x2190, 0x2200),
    0x2212,
    0x2713,
    0x2717,
]


def compile_translations() -> None:
    """Make each `.mo` file that is older than its `.po` file."""
    import polib

    for source in PROJECT.glob("locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


def make_font() -> None:
    """The variable IBM Plex Sans of its package, narrowed to one width and our letters, as WOFF2."""
    found = find_spec("fontpkg_ibm_plex_sans")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("The package fontpkg-ibm-plex-sans is missing: run `make install`.")
    source = Path(found.submodule_search_locations[0]) / "files" / "IBMPlexSans[wdth,wght].ttf"
    if FONT.exists() and FONT.stat().st_mtime >= source.stat().st_mtime:
        return
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(source)
    subsetter = Subsetter(Options(layout_features=["*"]))
    subsetter.populate(unicodes=UNICODES)
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wdth": 100})
    font.flavor = "woff2"
    FONT.parent.mkdir(parents=True, exist_ok=True)
    font.save(FONT)


if __name__ == "__main__":
    compile_translations()
    make_font()
