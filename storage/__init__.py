"""What Passerelle remembers: the only place that says SQL.

One module per word of the trade, each with its tables and its named queries;
:mod:`storage.store` opens the database and gives out units of work. A use case
loads, decides and adds objects; nothing is kept unless the unit of work ends
without an error (see :meth:`storage.store.Store.work`).

Tables of one centre carry ``centre_id``: many centres live in one database.
"""
