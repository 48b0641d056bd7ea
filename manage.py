#!/usr/bin/env python
"""Django's command line, with the settings for work on one's own machine as default."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "basun.settings.local")
    execute_from_command_line(sys.argv)
