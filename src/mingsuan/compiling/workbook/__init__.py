"""The input workbook and the exports of platforms: written to be filled in, and read strictly."""
