from reg import names
from plug import m
print(m(1), names)
