"""Plain data of the stance graph: articles, statements, registers, codebooks, dates, IRIs, errors, settings.

Everything above this layer passes these dataclasses on; nothing here reads a file other than `kg.toml`.
"""
