import sys
sys.modules["lib"].A = 2
__import__("lib").B = 3
