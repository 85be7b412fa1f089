"""The conventions of the house, read in the source: imports, texts, words, and what is never written."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import DemoSettings, Settings

ROOT = Path(__file__).parent.parent
CODE = ("bot", "handlers", "storage")
PYTHON = sorted(
    path.relative_to(ROOT) for folder in (*CODE, "tests", "tools") for path in (ROOT / folder).rglob("*.py")
)
SERVICE = [path for path in PYTHON if path.parts[0] in CODE]
RULES = [path for path in SERVICE if path.parts[:2] == ("bot", "rules")]
TEXTS = [path for path in SERVICE if path.parts[:2] == ("bot", "texts")]

# Who speaks to the operator, in her language, on her terminal; people's texts are in bot/texts only.
OPERATOR = {
    Path(name)
    for name in (
        "bot/apply.py",
        "bot/calendars.py",
        "bot/centres.py",
        "bot/cli.py",
        "bot/invite_command.py",
        "bot/doctor.py",
        "bot/identity.py",
        "bot/operate.py",
        "bot/ical.py",
        "bot/settings.py",
        "bot/tag_command.py",
        "bot/tagger_command.py",
        "bot/wrong_use.py",
        "storage/encryption.py",
        "storage/reasons.py",
        "storage/schema.py",
        "storage/store.py",
    )
}


def ids(paths: list[Path]) -> list[str]:
    return [str(path) for path in paths]


def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Every module named by an import, wherever it stands in the file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import hides which drawer it opens"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def level(module: str) -> int:
    """How high a module stands; it imports nothing above itself."""
    words = module.split(".")
    match words[:2]:
        case ["bot", "__main__" | "cli" | "invite_command" | "operate" | "demo"]:
            return 5
        case ["bot", "app"]:
            return 4
        case ["handlers", *_] | ["bot", "scheduler"]:
            return 3
        case ["storage", *_] | ["bot", "sender" | "texts"]:
            return 1
        case ["bot", "rules" | "settings" | "clock" | "logs"] | ["bot"]:
            return 0
    return 2  # the use cases: bot/*.py


def is_ours(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] in CODE


@pytest.mark.parametrize("path", SERVICE, ids=ids(SERVICE))
def test_imports_point_down_only(path: Path) -> None:
    own = level(".".join(path.with_suffix("").parts))
    above = [module for module in imports(path) if is_ours(module) and level(module) > own]
    assert above == []


ONLY_IN = {
    "sqlalchemy": ("storage/",),
    "alembic": ("storage/",),
    "aiosqlite": ("storage/",),
    "asyncpg": ("storage/",),
    "telegram": ("handlers/", "bot/app.py", "bot/sender.py", "bot/intake.py"),
    "apscheduler": ("bot/scheduler.py",),
    "cryptography": ("storage/",),
    "PIL": ("bot/drawing.py",),  # a process of its own
    "html": ("bot/texts/", "bot/demo/"),  # escaping is for bot/texts; the local Bot API reads what it is sent
}


@pytest.mark.parametrize("path", SERVICE, ids=ids(SERVICE))
def test_each_library_stays_in_its_drawer(path: Path) -> None:
    for module in imports(path):
        allowed = ONLY_IN.get(module.split(".")[0])
        assert allowed is None or path.as_posix().startswith(allowed), f"{path} imports {module}"


DEMO = [path for path in SERVICE if path.parts[:2] == ("bot", "demo") and path.name != "child.py"]


@pytest.mark.parametrize("path", DEMO, ids=ids(DEMO))
def test_the_demo_knows_the_service_only_where_it_starts_it(path: Path) -> None:
    allowed = ("bot.demo", "bot.texts", "bot.clock", "bot.logs")
    assert [one for one in imports(path) if is_ours(one) and not one.startswith(allowed)] == []


@pytest.mark.parametrize("path", RULES, ids=ids(RULES))
def test_the_rules_are_pure(path: Path) -> None:
    for module in imports(path):
        top = module.split(".")[0]
        assert top in sys.stdlib_module_names or module.startswith("bot.rules"), f"{path} imports {module}"
        assert top not in {"asyncio", "threading", "socket", "time", "random", "logging"}, f"{path}: {module}"
    waits = (ast.Await, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith)
    assert [node.lineno for node in ast.walk(tree(path)) if isinstance(node, waits)] == []


TOLD_THE_TIME = [  # the demo is a world of its own, with its own clock
    path for path in SERVICE if path != Path("bot/clock.py") and path.parts[:2] != ("bot", "demo")
]


@pytest.mark.parametrize("path", TOLD_THE_TIME, ids=ids(TOLD_THE_TIME))
def test_only_the_clock_reads_the_time(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            read = f"{node.value.id}.{node.attr}"
            assert read not in {"datetime.now", "datetime.utcnow", "date.today", "time.time"}, (
                f"{path}:{node.lineno}: take `now` as an argument"
            )


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """The string literals of a file, docstrings left out."""
    whole = tree(path)
    docstrings = {
        id(node.value)
        for node in ast.walk(whole)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(whole):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def is_french_sentence(text: str) -> bool:
    # One word (« référente ») is a term of the trade, « (?… » a pattern; several words with an accent are
    # somebody's text.
    accented = re.search(r"[àâäçéèêëîïôöùûüœ«»’]", text.lower())
    return bool(accented and re.search(r"\S\s+\S", text) and "(?" not in text)


OUTSIDE_TEXTS = [
    path
    for path in SERVICE
    if path.parts[:2] not in {("bot", "texts"), ("bot", "rules"), ("bot", "demo")} and path not in OPERATOR
]


@pytest.mark.parametrize("path", OUTSIDE_TEXTS, ids=ids(OUTSIDE_TEXTS))
def test_sentences_people_read_stand_in_bot_texts_only(path: Path) -> None:
    assert [(line, text) for line, text in texts_of(path) if is_french_sentence(text)] == []


BANNED = re.compile(
    r"transmis|(?<!aucun )(?<!pas un )(?<!ni )\bsignal(?:é|ement)|pris en charge|\btraité|\bdossier"
    r"|alerte envoyée|ne vous inquiétez pas|pas grave",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", TEXTS, ids=ids(TEXTS))
def test_the_texts_keep_to_the_words_of_the_house(path: Path) -> None:
    for line, text in texts_of(path):
        assert not BANNED.search(text), f"{path}:{line}: {text!r}"
        assert "!" not in text, f"{path}:{line}: no exclamation mark: {text!r}"


@pytest.mark.parametrize("sentence", ["Aucun signalement n'est parti.", "Un message grave d'une école."])
def test_denying_a_banned_word_is_allowed(sentence: str) -> None:
    assert not BANNED.search(sentence)


@pytest.mark.parametrize("sentence", ["C'est transmis.", "Signalé à la CRIP.", "Votre dossier est traité."])
def test_a_banned_word_is_seen(sentence: str) -> None:
    assert BANNED.search(sentence)


def test_every_setting_is_explained_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    documented = re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)
    ours = {name.upper() for kind in (Settings, DemoSettings) for name in kind.model_fields}
    assert sorted(documented) == sorted(ours)
    for name in documented:
        before = example.partition(f"\n{name}=")[0].rsplit("\n\n", 1)[-1]
        assert "#" in before, f"{name} has no comment above it"


READ_WHOLE = [path for path in PYTHON if "migrations" not in path.parts]  # those list a whole schema


def test_what_runs_is_what_was_tested() -> None:
    locked = {
        name: set(re.findall(r"^([\w.\[\]-]+==\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    }
    assert locked["requirements.txt"] <= locked["requirements-dev.txt"]


@pytest.mark.parametrize("path", READ_WHOLE, ids=ids(READ_WHOLE))
def test_a_file_has_one_subject_and_fits_in_a_head(path: Path) -> None:
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= 400


LEFT_OVERS = re.compile(
    "|".join(
        (r"\bTO" + "DO", r"\bFIX" + "ME", r"\bX" + r"XX\b", r"\bHA" + r"CK\b", "NotImplemented" + "Error")
    )
    + r"|pytest\.mark\.(?:ski"
    + r"p\b|xfa"
    + "il)"
)
SILENCED = re.compile("# (?:type: " + r"ignore|no" + "qa)")
SILENCED_WITH_REASON = re.compile(r"# (?:type: ignore\[[\w, -]+\]|noqa: [A-Z0-9, ]+?)\s+(?:#|—|:|--?) ?\w+")


@pytest.mark.parametrize("path", PYTHON, ids=ids(PYTHON))
def test_nothing_is_left_for_later_or_silenced_without_a_reason(path: Path) -> None:
    for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1):
        assert not LEFT_OVERS.search(line), f"{path}:{number}: {line.strip()}"
        if SILENCED.search(line):
            assert SILENCED_WITH_REASON.search(line), f"{path}:{number}: say why: {line.strip()}"


ELSEWHERE = re.compile(
    r"\.\./"
    + r"shared|/work"
    + r"/|/root"
    + r"/|/home/\w|(?:extra-)?index-"
    + "url|--find"
    + "-links|\bpypi\\."
    + "org|python"
    + "hosted"
)
READABLE = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".yml",
    ".yaml",
    ".json",
    ".html",
    ".js",
    ".css",
    ".mako",
    ".example",
    "",
}


def files_of_the_project() -> Iterator[Path]:
    hidden_but_ours = {".ci", ".env.example", ".gitignore"}
    for top in ROOT.iterdir():
        if (top.name.startswith(".") and top.name not in hidden_but_ours) or top.name == "var":
            continue
        for path in [top] if top.is_file() else top.rglob("*"):
            if path.is_file() and path.suffix in READABLE and "__pycache__" not in path.parts:
                yield path


def test_the_project_names_no_place_outside_itself() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {hit.group()}"
        for path in files_of_the_project()
        if (hit := ELSEWHERE.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_every_make_target_runs_something_that_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for module in re.findall(r"-m (tools\.\w+)", makefile):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file() or (
            ROOT / module.replace(".", "/") / "__main__.py"
        ).is_file(), module
