"""Commands for those who build Passerelle; nothing here runs in the service."""
