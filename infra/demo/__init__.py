"""The demonstration agency: fictional files under ``data/``, loaded through the product's own doors."""


def load(people_url: str, aws_endpoint: str) -> list[dict[str, str]]:
    """Load it into a local cloud; returns the logins, which the local pages also show."""
    from infra.demo.loading import load_all

    return load_all(people_url, aws_endpoint)
