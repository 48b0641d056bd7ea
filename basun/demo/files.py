"""The reference register: made-up test data that was given to the project, kept byte for byte."""

from pathlib import Path

FOLDER = Path(__file__).parent
REGISTER = FOLDER / "register.csv"
ATTENDANCE = FOLDER / "attendance.csv"
