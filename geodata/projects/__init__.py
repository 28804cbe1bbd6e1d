"""Claims of all documents become projects: the same thing is one project, what differs stands side by side.

``merge`` is the way in, ``project_json`` the way out to the command line, ``RULE`` says which claim stands first.
"""

from geodata.projects.jsonl import project_json
from geodata.projects.merging import known_ids, merge
from geodata.projects.ranking import RULE

__all__ = ["RULE", "known_ids", "merge", "project_json"]
