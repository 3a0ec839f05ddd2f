from .hidden import hidden
