"""How things changed over weeks, months and years: measures as data, points, bands, and charts as SVG.

`lunge.trends.overview` is what a page shows, `lunge.trends.chart` draws; neither knows of the web.
"""
