"""What the bot serves over HTTP: Telegram's webhook, health and metrics, and the coordinators' dashboard."""
