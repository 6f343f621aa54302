"""How well the verifier of model-written sentences tells supported from unsupported: labelled sentences over our own records, and public sets."""
