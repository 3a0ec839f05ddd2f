# Passes constants on.
from lib import A, B as FIVE, M
from lib import *
