#!/usr/bin/env python
"""Django's command line for Evenhand."""

import gc
import os
import sys

# So many more new objects than freed ones before a command looks for garbage: what it reads first, such as the packets'
# engine, leaves none behind.
OBJECTS = 50_000


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    gc.disable()  # what is read now stays to the end, and takes long to look through again and again
    import pghistory
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import BaseCommand, ManagementUtility

    class CommandLine(ManagementUtility):
        def fetch_command(self, subcommand: str) -> BaseCommand:
            """The command, once the applications are there: from here on memory is tidied up again."""
            gc.freeze()
            gc.set_threshold(OBJECTS)
            gc.enable()
            return super().fetch_command(subcommand)

    try:
        # What a command changes is kept in the rows' history under its name.
        with pghistory.context(command=sys.argv[1] if len(sys.argv) > 1 else "help"):
            CommandLine(sys.argv).execute()
    except ImproperlyConfigured as error:
        sys.exit(f"Evenhand cannot start: {error}")


def show_version() -> None:
    """Django would answer with its own version, before it looks for a command of ours; this needs no settings."""
    from config.version import commit, version

    known = commit()
    print(f"Evenhand {version()}" + (f", commit {known}" if known else ""))


if __name__ == "__main__":
    if sys.argv[1:2] in (["version"], ["--version"]):
        show_version()
    else:
        main()
