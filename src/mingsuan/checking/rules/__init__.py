"""The rules, one file per chapter; `checking.collection` collects them."""
