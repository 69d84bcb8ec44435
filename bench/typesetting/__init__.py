"""Tables set to PDF by programs that share nothing with our reader, in many looks, to see what of them is read back."""
