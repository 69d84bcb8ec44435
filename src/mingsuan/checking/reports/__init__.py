"""Reports of a check for other programs and for the office: SARIF, JUnit, a workbook, and what changed since an earlier check."""
