print("main")
from high import high
print(high(1))
