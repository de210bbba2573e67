"""The network of the trained reader: six layers of MiniLM, a head a task, and a part that reads one attribution.

The encoder is BERT's (Devlin et al., 2019) as distilled in MiniLM (Wang et al., 2020).
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from sayso.reading.encoder.inference import NOWHERE

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
PAIR, MATCH, FAR = 256, 128, 64
BLOCKS, BLOCK_HEADS = 2, 4
DROPOUT = 0.1


class Layer(nn.Module):
    """One layer of BERT; query, key and value are one matrix."""

    def __init__(self) -> None:
        super().__init__()
        self.mix = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.out_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.down_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x`` is [texts, pieces, width]; ``mask`` is [texts, 1, 1, pieces], 0 or a great negative number."""
        n, t, _ = x.shape
        q, k, v = self.mix(x).view(n, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        weights = functional.softmax((q * (WIDTH // HEADS) ** -0.5) @ k.transpose(2, 3) + mask, dim=-1)
        mixed = (weights @ v).transpose(1, 2).reshape(n, t, WIDTH)
        x = self.out_norm(x + self.out(mixed))
        return self.down_norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Chain(nn.Module):
    """A linear-chain CRF over words (Lafferty et al., 2001): scores of a label after another."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(labels, labels))
        self.first = nn.Parameter(torch.zeros(labels))

    def loss(self, scores: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        """Mean negative log likelihood: ``scores`` [n, words, labels], ``gold`` and ``mask`` [n, words]."""
        scores = scores.float()
        m = mask.float()
        at = scores.gather(2, gold[:, :, None]).squeeze(2)
        right = self.first[gold[:, 0]] + at[:, 0]
        right = right + ((at[:, 1:] + self.transitions[gold[:, :-1], gold[:, 1:]]) * m[:, 1:]).sum(1)
        total = self.first + scores[:, 0]
        for k in range(1, scores.shape[1]):
            step = torch.logsumexp(total[:, :, None] + self.transitions, dim=1) + scores[:, k]
            total = torch.where(mask[:, k, None], step, total)
        return (torch.logsumexp(total, dim=1) - right).mean()


class Block(nn.Module):
    """A small layer of self-attention before which its input is normalised; it begins by changing nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.LayerNorm(PAIR), nn.LayerNorm(PAIR)
        self.mix = nn.Linear(PAIR, 3 * PAIR)
        self.out = nn.Linear(PAIR, PAIR)
        self.up, self.down = nn.Linear(PAIR, 2 * PAIR), nn.Linear(2 * PAIR, PAIR)
        self.dropout = nn.Dropout(DROPOUT)
        for last in (self.out, self.down):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x`` is [rows, pieces, pair]; ``mask`` is [rows, 1, 1, pieces], 0 or a great negative number."""
        n, t, _ = x.shape
        width = PAIR // BLOCK_HEADS
        q, k, v = self.mix(self.first(x)).view(n, t, 3, BLOCK_HEADS, width).permute(2, 0, 3, 1, 4).unbind(0)
        weights = functional.softmax((q * width**-0.5) @ k.transpose(2, 3) + mask, dim=-1)
        x = x + self.dropout(self.out((weights @ v).transpose(1, 2).reshape(n, t, PAIR)))
        return x + self.dropout(self.down(functional.gelu(self.up(self.second(x)))))


class Speech(nn.Module):
    """Reads the source and the content of one attribution: scores each piece together with the cue.

    In the way of biaffine parsers (Dozat and Manning, 2017): what a piece is, what the cue is, their product, and how
    far the one stands from the other; then two small layers in which the pieces see each other.
    """

    def __init__(self) -> None:
        super().__init__()
        self.piece, self.cue = nn.Linear(WIDTH, PAIR), nn.Linear(WIDTH, PAIR)
        self.piece_match, self.cue_match = nn.Linear(WIDTH, MATCH), nn.Linear(WIDTH, MATCH)
        self.match = nn.Linear(MATCH, PAIR)
        self.distance = nn.Embedding(2 * FAR + 1, PAIR)
        self.mix = nn.Linear(PAIR, PAIR)
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.source, self.content = nn.Linear(PAIR, 3), nn.Linear(PAIR, 3)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, hidden: Tensor, cue: Tensor, distance: Tensor) -> tuple[Tensor, Tensor]:
        """``hidden`` [n, pieces, width], ``cue`` [n, width], ``distance`` [n, pieces] from the cue's first piece.

        A distance of ``NOWHERE`` marks a piece that is only there to fill the row.
        """
        near = (distance + FAR).clamp(0, 2 * FAR)
        mask = (distance >= NOWHERE)[:, None, None, :].to(hidden.dtype) * -1e4
        product = self.piece_match(hidden) * self.cue_match(cue)[:, None]
        x = self.piece(hidden) + self.cue(cue)[:, None] + self.match(product) + self.distance(near)
        x = functional.gelu(self.mix(self.dropout(functional.gelu(x))))
        for block in self.blocks:
            x = block(x, mask)
        return self.source(x), self.content(x)


class Network(nn.Module):
    """The encoder with its heads: ``heads`` are names of heads over pieces with the number of their labels."""

    def __init__(self, heads: dict[str, int], types: int, vocabulary: int = 30522) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.heads = nn.ModuleDict({name: nn.Linear(WIDTH, count) for name, count in heads.items()})
        self.types = nn.Linear(2 * WIDTH, types)
        self.speech = Speech()
        self.chains = nn.ModuleDict({name: Chain(3) for name in ("cue", "source", "content")})
        self.dropout = nn.Dropout(DROPOUT)

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """What the last layer makes of the pieces."""
        return self.encode_words(self.words(ids), mask)

    def encode_words(self, words: Tensor, mask: Tensor) -> Tensor:
        """What the last layer makes of pieces given as their vectors."""
        bias = (1 - mask[:, None, None, :]).to(self.kind.dtype) * -1e4
        places = torch.arange(words.shape[1], device=words.device)
        x = self.dropout(self.norm(words + self.places(places) + self.kind))
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def piece_scores(self, hidden: Tensor) -> dict[str, Tensor]:
        """The scores of each head's labels by piece."""
        hidden = self.dropout(hidden)
        return {name: head(hidden) for name, head in self.heads.items()}

    def type_scores(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """The scores of incident types by window."""
        m = mask[:, :, None].to(hidden.dtype)
        top = (hidden * m + (m - 1) * 1e4).amax(1)
        scores: Tensor = self.types(torch.cat([hidden[:, 0], top], dim=1))
        return scores

    def load_encoder(self, path: Path) -> None:
        """Fill the encoder from MiniLM's published weights."""
        state: dict[str, Tensor] = load_file(path)
        with torch.no_grad():
            self.words.weight.copy_(state["embeddings.word_embeddings.weight"])
            self.places.weight.copy_(state["embeddings.position_embeddings.weight"])
            self.kind.copy_(state["embeddings.token_type_embeddings.weight"][0])
            _copy(self.norm, state, "embeddings.LayerNorm")
            for number, layer in enumerate(self.layers):
                base = f"encoder.layer.{number}."
                for third, part in enumerate(("query", "key", "value")):
                    rows = slice(third * WIDTH, (third + 1) * WIDTH)
                    layer.mix.weight[rows] = state[f"{base}attention.self.{part}.weight"]
                    layer.mix.bias[rows] = state[f"{base}attention.self.{part}.bias"]
                _copy(layer.out, state, base + "attention.output.dense")
                _copy(layer.out_norm, state, base + "attention.output.LayerNorm")
                _copy(layer.up, state, base + "intermediate.dense")
                _copy(layer.down, state, base + "output.dense")
                _copy(layer.down_norm, state, base + "output.LayerNorm")


def _copy(module: nn.Module, state: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(state[f"{name}.weight"])
    module.bias.copy_(state[f"{name}.bias"])
