"""Questionnaires of the person's own: what was answered, day by day."""

from __future__ import annotations

from lunge.guide.clock import Clock
from lunge.questionnaires.answering import score
from lunge.questionnaires.records import Answers, Questionnaire
from lunge.questionnaires.responding import response_to
from lunge.storage import Store
from lunge.storage.records import QuestionnaireAnswer


class QuestionnaireAnswers:
    """Reads and keeps what was answered.

    Parameters
    ----------
    store : Store
    clock : Clock
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def by_questionnaire(self) -> dict[str, tuple[QuestionnaireAnswer, ...]]:
        """Return what was answered, the newest first, by what names the questionnaire."""
        found: dict[str, list[QuestionnaireAnswer]] = {}
        for kept in sorted(self._store.answers.all(), key=lambda one: one.day, reverse=True):
            found.setdefault(kept.questionnaire, []).append(kept)
        return {name: tuple(kept) for name, kept in found.items()}

    def keep(self, questionnaire: Questionnaire, answers: Answers) -> None:
        """Keep today's answers, in the place of those of the same day.

        Raises
        ------
        StorageError
            If they cannot be written.
        """
        day = self._clock.today()
        entry = QuestionnaireAnswer(
            id=f"{questionnaire.canonical}-{day.isoformat()}",
            at=self._clock.now(),
            zone=self._clock.zone(),
            day=day,
            questionnaire=questionnaire.canonical,
            title=questionnaire.title,
            score=score(questionnaire, answers),
            response=response_to(questionnaire, answers),
        )
        self._store.answers.put(entry)

    def forget(self, answer_id: str) -> None:
        """Delete the answers of one day; nothing happens if there are none of that name."""
        self._store.answers.remove(answer_id)
