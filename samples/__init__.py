"""Made-up people and judgements in any number, for demonstrations and benchmarks; every
word here is our own."""
