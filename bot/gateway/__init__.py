"""The only place that knows Telegram's wire: updates come in here, messages go out."""
