"""The store: everything that is kept of a person, behind one door."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import TracebackType

from lunge.files import output_error
from lunge.storage import tables
from lunge.storage.adopting import adopt_files, adopt_sets
from lunge.storage.database import Database
from lunge.storage.done import CheckFigures, SetFigures
from lunge.storage.kept_plan import KeptPlan
from lunge.storage.logs import Log, Values
from lunge.storage.migrating import migrate
from lunge.storage.own_files import OwnFiles
from lunge.storage.places import place_of
from lunge.storage.plan_sets import PlanPlaces
from lunge.storage.records import (
    Break,
    Consent,
    DiaryEntry,
    Housework,
    OutcomeScore,
    PlanDecision,
    Prescription,
    QuestionnaireAnswer,
    Screening,
)
from lunge.storage.samples import Samples
from lunge.storage.set_files import SetFolders, private_folder
from lunge.storage.sets import SetStore


class Store:
    """Keeps everything; made by `Store.open`.

    Each write is durable when its call returns. Several threads, and several programs, may use the same
    store; they wait for each other.

    Attributes
    ----------
    sets : SetStore
    screenings, consents, diary, scores, answers, decisions, prescriptions, breaks, housework : Log
    choices, settings : Values
    samples : Samples
    own_files : OwnFiles
    places : PlanPlaces
    kept_plan : KeptPlan
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.folders = SetFolders(database.place.sets)
        self.sets = SetStore(database, self.folders)
        self.screenings = Log(database, Screening, tables.SCREENINGS)
        self.consents = Log(database, Consent, tables.CONSENTS)
        self.diary = Log(database, DiaryEntry, tables.DIARY)
        self.scores = Log(database, OutcomeScore, tables.OUTCOME_SCORES)
        self.answers = Log(database, QuestionnaireAnswer, tables.QUESTIONNAIRE_ANSWERS)
        self.decisions = Log(database, PlanDecision, tables.PLAN_DECISIONS)
        self.prescriptions = Log(database, Prescription, tables.PRESCRIPTIONS)
        self.breaks = Log(database, Break, tables.BREAKS)
        self.housework = Log(database, Housework, tables.HOUSEWORK)
        self.choices = Values(database, tables.CHOICES)
        self.settings = Values(database, tables.SETTINGS)
        self.samples = Samples(database)
        self.own_files = OwnFiles(database.place.folder)
        self.places = PlanPlaces(database)
        self.kept_plan = KeptPlan(database)

    @classmethod
    def open(cls, folder: Path, url: str | None = None) -> Store:
        """Open what is kept, made new where there is nothing, and brought up to date.

        Parameters
        ----------
        folder : Path
            The data folder; it is made, for its owner only, where it is missing.
        url : str, optional
            Of a PostgreSQL database; otherwise ``LUNGE_DATABASE_URL``, otherwise a file in the folder.

        Raises
        ------
        OutputError
            If the folder cannot be written.
        CorruptStoreError
            If the database's file is damaged; it is left as it is.
        NewerStoreError
            If a newer version of the program wrote it.
        BusyStoreError
            If another program writes and does not end.
        StorageError
            If it cannot be read or written for another reason.
        """
        place = place_of(folder, url)
        try:
            private_folder(place.folder)
        except OSError as error:
            raise output_error(place.folder, error) from error
        store = cls(Database(place))
        try:
            store.refresh()
        except BaseException:
            store.close()
            raise
        return store

    def refresh(self) -> None:
        """Bring the tables up to date, finish what was begun, and take up what no row speaks of."""
        migrate(self.database)
        self.sets.finish_removing()
        adopt_sets(self.sets, self.folders)
        adopt_files(self.database.place.folder, self.choices, self.screenings)

    def progress(self, since: datetime | None = None, until: datetime | None = None) -> tuple[SetFigures, ...]:
        """Return what a page on progress needs of each set, the oldest first.

        Parameters
        ----------
        since, until : datetime, optional
            The first moment, and the one that is no longer in it; with their zones.
        """
        return self.sets.figures(since, until)

    def trend(self, check: str) -> tuple[CheckFigures, ...]:
        """Return what one check, such as ``steadiness``, said in all sets, the oldest first.

        Parameters
        ----------
        check : str
            As a finding names it.
        """
        return self.sets.trend(check)

    def close(self) -> None:
        """Close it; nothing waits to be written."""
        self.database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
