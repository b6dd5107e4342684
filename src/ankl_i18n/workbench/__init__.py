"""The workbench: translating a leaflet in its own page, in a browser on this machine.

`guard` lets in the one browser that has the session, `app` answers it, `desk` asks the other rooms,
and catalogs are the only store. What runs in the browser is in `static`.
"""
