"""How a view looks as a message: pure functions from a view and the words of a language to a Screen."""
