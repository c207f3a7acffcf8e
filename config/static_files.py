"""Static files under names that carry a hash of their content, compressed
beforehand."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Django's own `support_js_module_import_aggregation` reads comments too: one of htmx's
# types, `import("../htmx")`, ends `collectstatic`.
IMPORT = r'(?P<matched>from "(?P<url>\.{1,2}/[^"]+\.js)";)'


class ModuleStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # the package ships no types
    """Writes the hashed names into the imports of our scripts too: under the plain ones
    nothing is served.

    It knows one way to write them: `import { name } from "./file.js";`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The file's address, worked out once: while a process lives, its files stay."""
        if force:
            return str(super().url(name, force))
        if name not in self._addresses:
            self._addresses[name] = str(super().url(name))
        return self._addresses[name]

    def save_manifest(self) -> None:
        """Where this process itself has collected them anew."""
        self._addresses.clear()
        super().save_manifest()

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("*.js", ((IMPORT, 'from "%(url)s";'),)))
