"""What findings say: how they name cells, quote sentences, and put causes and repairs into words."""
