"""Commands for those who carry Passerelle on; the service imports none of them."""
