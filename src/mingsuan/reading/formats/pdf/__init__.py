"""PDF → paragraphs and ruled grids: pages through pdfium, tables through our own lattice."""
