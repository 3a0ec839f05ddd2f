"""Stands between the two: the flag is its own, whatever its name is elsewhere."""
TYPE_CHECKING = True

if TYPE_CHECKING:
    from app import VALUE
