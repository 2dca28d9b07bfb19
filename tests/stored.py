"""Made-up things to keep, for tests of the store."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args

from hypothesis import strategies as st

from analyses import analysis, effects, finding, repetition
from lunge.storage.records import (
    Break,
    BreakOutcome,
    Consent,
    DiaryEntry,
    Housework,
    OutcomeScore,
    PlanDecision,
    Prescription,
    QuestionnaireAnswer,
    Screening,
)
from lunge.storage.set_records import set_from

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
ZONE = "Europe/Berlin"

# PostgreSQL keeps no NUL in a text; half a surrogate pair is no text at all.
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
ZONES = st.sampled_from(["Europe/Berlin", "UTC", "Pacific/Auckland", "+05:30", "-09:30"])
INSTANTS = st.datetimes(
    datetime(1970, 1, 2), datetime(2999, 12, 30), timezones=st.sampled_from([UTC, timezone(timedelta(hours=5.5))])
)
DAYS = st.dates(date(1970, 1, 1), date(2999, 12, 31))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
LEAVES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | NUMBERS | TEXTS
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))
OBJECTS = st.dictionaries(TEXTS, JSON, max_size=3)
SCALE = st.none() | st.integers(0, 10)
DATED = {"at": INSTANTS, "zone": ZONES}

SCREENINGS = st.builds(Screening, **DATED, day=DAYS, outcome=TEXTS, answers=OBJECTS)
CONSENTS = st.builds(Consent, **DATED, about=TEXTS, day=DAYS, agreed=st.booleans(), statement=TEXTS)
DIARY = st.builds(
    DiaryEntry,
    **DATED,
    day=DAYS,
    moment=st.sampled_from(["before", "after", "next_morning"]),
    back=SCALE,
    knee=SCALE,
    effort=SCALE,
    note=TEXTS,
    set_id=st.none() | TEXTS,
)
SCORES = st.builds(OutcomeScore, **DATED, day=DAYS, instrument=TEXTS, score=NUMBERS, items=OBJECTS)
ANSWERS = st.builds(
    QuestionnaireAnswer,
    **DATED,
    day=DAYS,
    questionnaire=TEXTS,
    title=TEXTS,
    score=st.none() | NUMBERS,
    response=OBJECTS,
)
DECISIONS = st.builds(
    PlanDecision,
    **DATED,
    day=DAYS,
    what=TEXTS,
    level=st.integers(0, 6),
    target=OBJECTS,
    reasons=st.lists(OBJECTS, max_size=2),
)
PRESCRIPTIONS = st.builds(
    Prescription, **DATED, name=TEXTS, document=OBJECTS, signed_by=st.none() | TEXTS, ended=st.booleans()
)
BREAKS = st.builds(
    Break,
    **DATED,
    taken=st.booleans(),
    reason=st.none() | TEXTS,
    outcome=st.sampled_from(get_args(BreakOutcome)),
    postponed_by=st.none() | TEXTS,
    set_id=st.none() | TEXTS,
)
COUNT = st.integers(0, 1000)
HOUSEWORK = st.builds(
    Housework,
    **DATED,
    watched_s=st.floats(0, 1e5),
    lunged=COUNT,
    squatted=COUNT,
    stooped=COUNT,
    knelt=COUNT,
    sat=COUNT,
    set_id=st.none() | TEXTS,
)
ENTRIES = {
    "screenings": SCREENINGS,
    "consents": CONSENTS,
    "diary": DIARY,
    "scores": SCORES,
    "answers": ANSWERS,
    "decisions": DECISIONS,
    "prescriptions": PRESCRIPTIONS,
    "breaks": BREAKS,
    "housework": HOUSEWORK,
}
"""By the name of their log in the store."""

ANSWERED = {
    "questionnaire": "http://example.org/Questionnaire/daily",
    "title": "Daily things",
    "score": 3.5,
    "response": {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "http://example.org/Questionnaire/daily|2",
        "status": "completed",
        "item": [{"linkId": "1", "answer": [{"valueInteger": 3}]}],
    },
}

OWN = {"exercises/gentle_lunge.toml": b'name = "gentle_lunge"\n', "questionnaires/Mein Bogen.json": b"{}"}
"""Files of the person's own."""

MEASURED = st.floats(-1e6, 1e6)

FINDINGS = st.lists(
    st.builds(
        finding,
        check=st.sampled_from(["trunk_upright", "steadiness", "step_length"]),
        measure=st.sampled_from(["trunk_forward_deg", "trunk_side_deg"]),
        step=st.sampled_from(["lunge", "squat"]),
        result=st.sampled_from(["pass", "fail", "cannot_judge"]),
        reason=st.sampled_from([None, "view", "uncertain"]),
        value=st.none() | MEASURED,
        sd=st.none() | MEASURED,
        sd_people=st.none() | MEASURED,
        limit=st.tuples(st.none() | MEASURED, st.none() | MEASURED),
    ),
    max_size=4,
    unique_by=lambda one: (one.check, one.measure, one.step),
)
REPETITIONS = st.lists(
    st.builds(
        repetition,
        stepping_leg=st.sampled_from(["left", "right", None]),
        complete=st.booleans(),
        step_length=st.none() | MEASURED,
        step_length_unit=st.sampled_from(["m", "heights"]),
        front_thigh_above_horizontal_deg=st.none() | MEASURED,
        findings=FINDINGS.map(tuple),
    ),
    max_size=4,
)


def document_of(repetitions, inside=()):
    """Return the document of an analysis with these repetitions, numbered from 1, and the effects of each, if any."""
    made = analysis(*(replace(one, index=i) for i, one in enumerate(repetitions, 1)), seconds=2.0)
    return replace(made, effects=tuple(inside)).as_dict()


def keep(store, repetitions=None, at=NOON, name="", inside=(), **entered):
    """Keep a set, and return its record."""
    document = document_of([repetition()] if repetitions is None else repetitions, inside)
    set_id = f"{at:%Y%m%d-%H%M%S}-{len(store.sets.ids()):04x}"
    done = replace(set_from(document, set_id, at, ZONE, "live", name), **entered)
    return store.sets.keep(done, document, lambda folder: fill(folder, set_id, document))


def fill(folder, text="landmarks", document=None):
    """Write what the folder of a set has, its findings if they are given."""
    if document is not None:
        (folder / "findings.json").write_text(json.dumps(document), encoding="utf-8")
    (folder / "landmarks.npz").write_bytes(text.encode())
    (folder / "report.html").write_text(f"<p>{text}</p>", encoding="utf-8")


def populate(store):
    """Keep one of everything, and two sets."""
    inside = (effects(rectus_femoris=(13.0, 9.5, 16.5), front_demand=(1.4, 0.9, 1.9)), effects())
    two = [repetition(), repetition(stepping_leg="right", findings=(finding(result="pass"),))]
    keep(store, two, inside=inside, level=2)
    keep(store, [], at=NOON + timedelta(days=40), name="clip.mp4")
    dated = {"at": NOON, "zone": ZONE}
    store.screenings.put(Screening(**dated, day=NOON.date(), outcome="ready", answers={"ticked": []}))
    store.consents.put(Consent(**dated, about="doctor", day=NOON.date(), agreed=True, statement="My doctor agrees."))
    store.diary.put(DiaryEntry(**dated, day=NOON.date(), moment="before", back=2, knee=1, note="Ein Wort: Rücken"))
    store.scores.put(OutcomeScore(**dated, day=NOON.date(), instrument="psfs", score=6.3, items={"walk": 7}))
    store.answers.put(QuestionnaireAnswer(**dated, day=NOON.date(), **ANSWERED))
    store.decisions.put(PlanDecision(**dated, day=NOON.date(), what="up", level=2, reasons=[{"key": "plan.up"}]))
    store.prescriptions.put(Prescription(**dated, name="plan.toml", document={"hold_s": 5.0}))
    store.breaks.put(Break(**dated, taken=False, reason="call"))
    store.housework.put(Housework(**dated, watched_s=3600.0, lunged=6, stooped=4))
    store.choices.put({"hold_s": 3.0, "voice": True, "height_m": None}, NOON, ZONE)
    store.settings.put({"stop_limit": 5}, NOON, ZONE)


def put_own(folder, files=None):
    """Put files of the person's own into a data folder, and something beside them that is none."""
    for name, content in ({**OWN, "exercises/notes.txt": b"mine"} if files is None else files).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def own_in(folder):
    """Return the files in the folders of the person's own, by their names."""
    found = [path for kind in ("exercises", "questionnaires") for path in (folder / kind).glob("*")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}
