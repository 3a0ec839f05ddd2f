from .m import twice
from .n import *
