"""Who has read which words, and what that is worth today: a ledger of acts in git."""
