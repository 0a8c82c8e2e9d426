"""A tagger and a linker, trained on annotated news, that find attributions where rules alone do not."""
