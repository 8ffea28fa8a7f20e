"""The extractor `llm`: a language model behind an OpenAI-compatible API says who said what."""
