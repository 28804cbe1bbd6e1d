"""What Dateline can tell of: types in groups, statuses, roles. Data files in TOML; ``load_vocabulary`` reads them.

A think tank adds a type with one table in a file of its own, ``vocabulary.toml`` beside the store (docs/vocabulary.md).
"""

from geodata.vocabulary.loader import load_vocabulary, user_file
from geodata.vocabulary.model import Group, Role, Status, Vocabulary

__all__ = ["Group", "Role", "Status", "Vocabulary", "load_vocabulary", "user_file"]
