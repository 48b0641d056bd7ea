"""Pages: who hands over what, one move, and one participant as the new contact reads them."""
