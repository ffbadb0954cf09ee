"""The demonstration agency: fictional files under ``data/``, loaded through the product's own doors."""

from infra.demo.load import load

__all__ = ["load"]
