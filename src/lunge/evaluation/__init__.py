"""Score what lunge says against ground truth, by the rules of the contract."""
