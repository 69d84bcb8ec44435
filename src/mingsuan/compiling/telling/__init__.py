"""The narrative of a compiled budget: sections, sentences, and the amounts they state."""
