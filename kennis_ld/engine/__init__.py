"""What a query is: question, answer, result limits, the guard against SERVICE; engines in memory and remote."""
