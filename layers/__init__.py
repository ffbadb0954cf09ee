"""What ships to Lambda beside the functions: our package, its libraries, and the heavier ones of the workers."""
