# The traceback is in the macro's file and lines.
from checks import positive

print(positive(3), positive(-1))
