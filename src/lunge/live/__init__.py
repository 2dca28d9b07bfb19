"""A live session: setting up, coaching a set, and keeping it."""
