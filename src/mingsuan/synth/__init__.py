"""Made-up departments: random ledgers, their disclosures, and how those are printed; the same seed gives the same thing."""
