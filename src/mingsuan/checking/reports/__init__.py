"""Reports of a check for other programs and for the office: SARIF, JUnit, a workbook; their verdict; what changed since a check."""
