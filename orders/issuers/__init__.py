"""Who issues invoices: one interface, and the test issuer of a shop that has no service yet."""

from orders.issuers.sandbox import SandboxIssuer

# One issuer at a time: a service of the owner's country replaces the test one here.
ISSUER = SandboxIssuer()
