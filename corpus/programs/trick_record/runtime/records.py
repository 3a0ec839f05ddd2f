"""Classes that are known by their fields, made by the standard library."""
from dataclasses import dataclass, field


def fresh(factory):
    """As the default of a field: what `factory()` gives, for each record anew."""
    return field(default_factory=factory)


def record(cls=None, /, order=False, frozen=False):
    """Makes the annotated names in the class's body the fields of a record."""
    def make(cls):
        return dataclass(cls, order=order, frozen=frozen, slots=True)
    return make if cls is None else make(cls)
