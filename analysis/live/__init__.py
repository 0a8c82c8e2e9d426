"""The articles, live: measures that are kept, views with the choices they take, and controls that set them."""
