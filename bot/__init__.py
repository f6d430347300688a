"""Sinau: a chat-based learning assistant for civil servants."""
