"""A tagged PDF that somebody brought, made to fit into the structure of a paper. Imports nothing of Django.

Its elements get standard names, and the part's key stands before each name that another part could have too.
"""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, String

from reports.rendering import Incomplete

DEEPEST = 500


def fit_in(tree: Any, root: Any, key: str) -> None:
    """Standard names for its elements, and the part's key before the names that another part could have too."""
    roles = {name: str(role) for name, role in root.get("/RoleMap", Dictionary()).items()}
    classes = root.get("/ClassMap", Dictionary())
    if classes:
        known = tree.get("/ClassMap", Dictionary())
        for name, attributes in classes.items():
            known[f"/{key}.{name[1:]}"] = attributes
        tree.ClassMap = known
    names = Array()
    for element in elements_of(root):
        element.S = standard(element.S, roles)
        if "/C" in element:
            element.C = renamed_classes(element.C, key)
        if "/ID" in element:
            element.ID = String(f"{key}-{element.ID}")
            names.extend([element.ID, element])
        rename_headers(element.get("/A"), key)
    root.IDTree = Dictionary(Names=names)


def elements_of(element: Any, depth: int = 0) -> Iterator[Any]:
    if depth > DEEPEST:
        raise Incomplete("An enclosed PDF is nested too deeply")
    for child in children_of(element):
        yield child
        yield from elements_of(child, depth + 1)


def standard(name: Any, roles: dict[str, str]) -> Name:
    role = str(name)
    for _ in range(len(roles)):
        role = roles.get(role, role)
    return Name(role)


def renamed_classes(classes: Any, key: str) -> Any:
    if isinstance(classes, Array):
        return Array([renamed_classes(each, key) if isinstance(each, Name) else each for each in classes])
    return Name(f"/{key}.{str(classes)[1:]}")


def rename_headers(attributes: Any, key: str) -> None:
    for each in attributes if isinstance(attributes, Array) else [attributes]:
        if isinstance(each, Dictionary) and "/Headers" in each:
            each.Headers = Array([String(f"{key}-{header}") for header in each.Headers])


def children_of(element: Any) -> Iterator[Any]:
    """The elements directly under an element, without its pieces of content."""
    kids = element.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
