"""What the coach says and when: from what is seen, by a policy that is data."""
