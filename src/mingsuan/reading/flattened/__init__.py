"""Tables whose text was dumped without its grid: empty cells vanished, cells break over lines, nothing tells columns apart."""
