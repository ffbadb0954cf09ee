"""Buildings, lots, the people and companies tied to them, suppliers, staff: what the agency looks after
(PTF).

Everything here comes from the back office (``publication``) and is read-only for people.
"""
