"""YAML → dialects and forms, validated: every complaint names the file, the key and what to write instead."""
