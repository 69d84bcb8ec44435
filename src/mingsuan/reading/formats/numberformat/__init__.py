"""A number as a spreadsheet's number format prints it: 12.3 in #,##0.00 is 12.30 (ECMA-376 part 1, 18.8.31)."""
