"""What the HTML report shows, as plain values for its template: ledger of receipts, findings with the places they are about."""
