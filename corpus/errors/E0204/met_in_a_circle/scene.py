from shapes import area

print("scene runs", area(1))
