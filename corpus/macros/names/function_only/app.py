# A file that takes only a function from a module with macros comes out identical.
from tools import plain
import tools

print(plain(1), tools.plain(2))
