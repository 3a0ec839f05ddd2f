# Star imports of modules whose lists name macros in every form.
from annotated import *
from summed import *
from called import *
from alone import *

print(area(2), volume(2), square(2), second(3), sixth(4), third(5))
print(plain(6), late(7), other(8), two, only(9))
