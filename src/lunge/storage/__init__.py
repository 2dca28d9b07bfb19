"""What is kept from one visit to the next, in a database and in folders beside it.

`Store` is the door; `lunge.storage.records` holds what goes in and out.
"""

from lunge.home import default_folder
from lunge.storage.store import Store

__all__ = ["Store", "default_folder"]
