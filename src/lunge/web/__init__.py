"""The coach in the browser: pages, the live socket, and the server that gives them out."""
