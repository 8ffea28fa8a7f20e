"""Codebooks in the making: a first draft from what was said, changes that recode what they touch."""
