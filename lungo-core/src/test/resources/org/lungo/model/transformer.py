"""Writes transformer.json: what torch.nn's encoder and decoder layers (PyTorch 1.13) compute with weights that
TransformerTest makes by the same formula: element i of parameter `name` is 0.3 sin(0.37 i + 1.1 n), n the sum of the
name's characters; 1 is added to the weights of normalisations. Run: python3 transformer.py > transformer.json"""

import json
import math

import torch
from torch import nn

VOCABULARY, HIDDEN, HEADS, INNER = 11, 8, 2, 12


def weights(name, *shape):
    count = math.prod(shape)
    n = sum(ord(c) for c in name)
    values = [0.3 * math.sin(0.37 * i + 1.1 * n) for i in range(count)]
    if name.lower().endswith("norm.weight"):
        values = [1 + v for v in values]
    return torch.tensor(values, dtype=torch.float64).reshape(shape).requires_grad_()


def attention(module, prefix):
    parts = ("query", "key", "value")
    module.in_proj_weight = nn.Parameter(torch.cat([weights(f"{prefix}.{p}.weight", HIDDEN, HIDDEN) for p in parts]))
    module.in_proj_bias = nn.Parameter(torch.cat([weights(f"{prefix}.{p}.bias", HIDDEN) for p in parts]))
    module.out_proj.weight = nn.Parameter(weights(f"{prefix}.output.weight", HIDDEN, HIDDEN))
    module.out_proj.bias = nn.Parameter(weights(f"{prefix}.output.bias", HIDDEN))


def norm(module, name):
    module.weight = nn.Parameter(weights(f"{name}.weight", HIDDEN))
    module.bias = nn.Parameter(weights(f"{name}.bias", HIDDEN))


def feed_forward(module, prefix):
    module.linear1.weight = nn.Parameter(weights(f"{prefix}.up.weight", INNER, HIDDEN))
    module.linear1.bias = nn.Parameter(weights(f"{prefix}.up.bias", INNER))
    module.linear2.weight = nn.Parameter(weights(f"{prefix}.down.weight", HIDDEN, INNER))
    module.linear2.bias = nn.Parameter(weights(f"{prefix}.down.bias", HIDDEN))


def embedded(table, tokens):
    places = torch.arange(tokens.shape[1], dtype=torch.float64)[:, None]
    columns = torch.arange(0, HIDDEN, 2, dtype=torch.float64)
    angles = places / 10000 ** (columns / HIDDEN)
    waves = torch.stack([angles.sin(), angles.cos()], -1).reshape(tokens.shape[1], HIDDEN)
    return table[tokens] * math.sqrt(HIDDEN) + waves


def case(norm_first, tied):
    encoder, decoder = [], []
    options = dict(dropout=0.0, activation="relu", batch_first=True, norm_first=norm_first, dtype=torch.float64)
    for i in range(2):
        layer = nn.TransformerEncoderLayer(HIDDEN, HEADS, INNER, **options)
        attention(layer.self_attn, f"encoder.blocks.{i}.attention")
        norm(layer.norm1, f"encoder.blocks.{i}.attentionNorm")
        norm(layer.norm2, f"encoder.blocks.{i}.feedForwardNorm")
        feed_forward(layer, f"encoder.blocks.{i}.feedForward")
        encoder.append(layer)
        layer = nn.TransformerDecoderLayer(HIDDEN, HEADS, INNER, **options)
        attention(layer.self_attn, f"decoder.blocks.{i}.attention")
        attention(layer.multihead_attn, f"decoder.blocks.{i}.cross")
        norm(layer.norm1, f"decoder.blocks.{i}.attentionNorm")
        norm(layer.norm2, f"decoder.blocks.{i}.crossNorm")
        norm(layer.norm3, f"decoder.blocks.{i}.feedForwardNorm")
        feed_forward(layer, f"decoder.blocks.{i}.feedForward")
        decoder.append(layer)
    source = weights("source.table", VOCABULARY, HIDDEN)
    target = source if tied == "all" else weights("target.table", VOCABULARY, HIDDEN)
    head = weights("head.weight", VOCABULARY, HIDDEN) if tied == "none" else target
    tokens = torch.tensor([[3, 5, 7, 9, 2], [4, 6, 2, 0, 0]])
    padding = torch.tensor([[False] * 5, [False] * 3 + [True] * 2])
    written = torch.tensor([[1, 8, 3, 10], [1, 5, 5, 2]])
    told = torch.tensor([[8, 3, 10, 2], [5, 5, 2, 9]])
    read = embedded(source, tokens)
    for layer in encoder:
        read = layer(read, src_key_padding_mask=padding)
    last = []
    if norm_first:
        for name in ("encoder.norm", "decoder.norm"):
            last.append(nn.LayerNorm(HIDDEN, dtype=torch.float64))
            norm(last[-1], name)
        read = last[0](read)
    causal = torch.triu(torch.ones(4, 4, dtype=torch.bool), 1)
    states = embedded(target, written)
    for layer in decoder:
        states = layer(states, read, tgt_mask=causal, memory_key_padding_mask=padding)
    if norm_first:
        states = last[1](states)
    logits = states @ head.T
    loss = nn.functional.cross_entropy(logits.flatten(0, 1), told.flatten(), label_smoothing=0.1)
    loss.backward()
    return dict(
        norm_first=norm_first,
        tied=tied,
        logits=logits.flatten().tolist(),
        loss=loss.item(),
        source_gradient=source.grad.flatten().tolist(),
        up_gradient=decoder[0].linear1.weight.grad.flatten().tolist(),
    )


rounded = json.loads(
    json.dumps([case(True, "all"), case(False, "all"), case(True, "target"), case(False, "none")]),
    parse_float=lambda text: round(float(text), 9),
)
print(json.dumps(rounded))
