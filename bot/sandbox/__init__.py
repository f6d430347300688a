"""A Telegram Bot API server for one machine: the demo, the preview and the test double of any bot.

It holds made-up people and their chats in memory, enforces Telegram's rules with Telegram's own error texts,
and shows a chat page in the browser.
"""
