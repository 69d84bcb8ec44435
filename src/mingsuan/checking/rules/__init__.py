"""The rules, one file per chapter; `checking.registry` collects them."""
