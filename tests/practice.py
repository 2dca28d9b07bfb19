"""Made-up practice in a store, with what was asked, done and felt."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, time, timedelta

from analyses import finding, repetition
from lunge.plan.constants import constants
from lunge.plan.selftest import protocol
from lunge.storage.records import DiaryEntry
from lunge.storage.set_records import set_from
from stored import document_of

ZONE = "Europe/Berlin"
TEST = asdict(protocol(constants()))


def done(leg="left", *, depth=10.0, sway=1.0, hold=3.0, in_form=True, sd=8.0):
    """Return one repetition; a depth or sway of None was not judged."""
    said = [("front_thigh_depth", "front_thigh_above_horizontal_deg", depth), ("steadiness", "trunk_forward_deg", sway)]
    findings = tuple(
        finding(
            check=check,
            measure=measure,
            step="lunge",
            result="cannot_judge" if value is None else "pass" if in_form else "fail",
            value=value,
            sd_people=sd,
        )
        for check, measure, value in said
    )
    holds = {"lunge_hold_s": hold, "lunge_hold_in_form_s": hold}
    return repetition(stepping_leg=leg, holds_s=holds if hold is not None else {}, findings=findings)


def practise(store, day, repetitions, *, kind=None, at=time(9), counts=True, **entered):
    """Keep a set of some day without its files; of the plan where a kind is given."""
    moment = datetime.combine(day, at, UTC)
    document = document_of(repetitions)
    set_id = f"{moment:%Y%m%d-%H%M%S}-{len(store.sets.ids()):04x}"
    wishes = {}
    if kind is not None:
        each = {"asked": TEST["repetitions"], "done": 3, "judged": 3, "in_form": 3}
        place = {"kind": kind, "targets": TEST, "began": moment.isoformat()}
        wishes = {"plan": place | ({"counts": {"left": each, "right": each}} if counts else {})}
    made = replace(set_from(document, set_id, moment, ZONE, "live"), **{"wishes": wishes} | entered)
    store.sets.take_up(made, document)
    return made


def feel(store, day, back, knee, moment="after"):
    """Write into the diary."""
    at = datetime.combine(day, time(9), UTC) + (timedelta(days=1) if moment == "next_morning" else timedelta())
    store.diary.put(DiaryEntry(at=at, zone=ZONE, day=day, moment=moment, back=back, knee=knee))
