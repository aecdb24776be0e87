"""Starts django-helpdesk, as PyPI has it, with data. See `serve.py` for the data and for what is served."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from launch import launch  # noqa: E402 (found by the line above)

launch(Path(__file__).resolve().parent, "django-helpdesk")
