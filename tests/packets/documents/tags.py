"""What a tagged PDF says of its texts."""

import pikepdf


def texts_of(document: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    """The tagged texts right below the elements of a kind."""
    elements = [row for row in document.objects if isinstance(row, pikepdf.Dictionary) and row.get("/S") == kind]
    return [kid for row in elements for kid in row.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
