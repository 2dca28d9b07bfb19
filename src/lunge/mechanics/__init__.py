"""What the exercise does inside: muscle lengths, loads in split stance; arrays in, arrays out."""
