"""What the people's side answers when something cannot be done: a status and one sentence for a person."""


class Refused(Exception):
    """A refusal of the control API: an HTTP status and a French sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
