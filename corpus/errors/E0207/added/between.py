"""Stands between the two."""
from app import VALUE
