"""The guide through the days: joins what the store keeps with what the plan says, and has the clock."""
