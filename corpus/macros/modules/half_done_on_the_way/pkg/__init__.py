from .a import am
from .b import bm
