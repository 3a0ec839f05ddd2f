from tools import timed as clocked
from .inner import *
