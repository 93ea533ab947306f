"""Proposes identities elsewhere for organisations of the register, from a file of somebody else; decides nothing."""
