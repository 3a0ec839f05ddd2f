"""What it passes on isn't known."""
import tools
from tools import double

__all__ = [name for name in dir(tools) if name != "macro"]
print(__all__)
