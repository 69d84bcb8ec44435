"""The `mingsuan` command."""
