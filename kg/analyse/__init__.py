"""What follows from the stances in force: who stands where, who moved, who agrees with whom."""
