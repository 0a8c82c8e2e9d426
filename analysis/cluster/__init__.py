"""Beyond one machine: the same work on the workers of a Dask cluster."""
