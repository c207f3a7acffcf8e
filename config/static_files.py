"""Static files under names that carry a hash of their content, compressed
beforehand."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Django's own `support_js_module_import_aggregation` reads comments too: one of htmx's
# types, `import("../htmx")`, ends `collectstatic`.
IMPORT = r'(?P<matched>from "(?P<url>\.{1,2}/[^"]+\.js)";)'


class ModuleStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # the package ships no types
    """Writes the hashed names into the imports of our scripts too: under the plain ones
    nothing is served.

    It knows one way to write them: `import { name } from "./file.js";`.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("*.js", ((IMPORT, 'from "%(url)s";'),)))
