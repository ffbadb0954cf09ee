"""``format=flowed`` (RFC 3676): soft line breaks undone, so that a phone's paragraphs are paragraphs again."""


def unflow(text: str, *, delete_space: bool) -> str:
    """Join the lines that end in a space with the next of the same quote depth."""
    paragraphs: list[tuple[int, list[str]]] = []
    is_open = False
    for line in text.replace("\r\n", "\n").split("\n"):
        depth, words = _taken_apart(line)
        flows = words.endswith(" ") and words != "-- "
        if is_open and paragraphs[-1][0] == depth and words != "-- ":
            paragraphs[-1][1].append(words)
        else:
            paragraphs.append((depth, [words]))
        if flows and delete_space:
            paragraphs[-1][1][-1] = words[:-1]
        is_open = flows
    return "\n".join(_written(depth, "".join(words)) for depth, words in paragraphs)


def _taken_apart(line: str) -> tuple[int, str]:
    words = line.lstrip(">")
    depth = len(line) - len(words)
    return depth, words.removeprefix(" ")


def _written(depth: int, words: str) -> str:
    return f"{'>' * depth} {words}" if depth else words
