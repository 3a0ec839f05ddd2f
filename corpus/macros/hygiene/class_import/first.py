print("first runs")
