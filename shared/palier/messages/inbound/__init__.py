"""Mail in, the pure part: hostile bytes become an :class:`~.model.InboundMail` that the rest can trust.

Reading order: ``parse`` (bytes to mail), ``classify`` (may it become a request, may it be answered), ``exclusions``
(EML-004), ``references`` (which ticket it seems to answer), ``dedup`` (has it been seen). Nothing here knows AWS,
tickets, a clock or the network; signatures of reply addresses are checked by a function given as an argument.
"""
