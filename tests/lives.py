"""Made-up people, day by day."""

from dataclasses import replace

from hypothesis import strategies as st

from lunge.plan.records import Comfort, Morning
from planned import DAY, MONDAY, fresh, planned, session

POINTS = st.integers(0, 7)
LOW = st.integers(0, 3)
DAYS = st.fixed_dictionaries(
    {
        "sets": st.sampled_from([0, 1, 2, 2, 3]),
        "before": st.builds(Comfort, LOW, LOW),
        "after": st.builds(Comfort, LOW | POINTS, LOW),
        "morning": st.none() | st.builds(Comfort, LOW, LOW | POINTS),
        "share": st.sampled_from([0.0, 0.7, 1.0, 1.0, 1.0]),
        "effort": st.none() | st.integers(3, 8),
        "stopped": st.sampled_from([None] * 8 + ["tired", "sharp", "unwell"]),
        "days_off": st.sampled_from([0] * 9 + [20]),
    }
)
LIVES = st.lists(DAYS, min_size=4, max_size=20)
EASY = {
    "sets": 2,
    "before": Comfort(0, 0),
    "after": Comfort(1, 1),
    "morning": Comfort(0, 1),
    "share": 1.0,
    "effort": 4,
    "stopped": None,
    "days_off": 0,
}


def lived(days, history=None):
    """Return a history, and (day, what was lived, plan) of each day, the day after the last one too."""
    history, day, seen = fresh() if history is None else history, MONDAY, []
    for life in days:
        day += life["days_off"] * DAY
        plan = planned(history, day)
        seen.append((day, life, plan))
        if plan.day.sessions:
            history = with_sets(history, day, plan.day.targets, life)
        day += DAY
    return history, [*seen, (day, None, planned(history, day))]


def with_sets(history, day, targets, life):
    given_ = {name: life[name] for name in ("before", "after", "share", "effort", "stopped")}
    sets = tuple(session(day, targets, 9 + i, **given_) for i in range(life["sets"]))
    mornings = () if life["morning"] is None else (Morning(day + DAY, life["morning"]),)
    return replace(history, sessions=(*history.sessions, *sets), mornings=(*history.mornings, *mornings))
