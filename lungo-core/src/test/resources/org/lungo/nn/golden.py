"""Makes golden.safetensors: inputs, weights and outputs of layers as PyTorch computes them.

Run by hand where it is changed, with Debian's python3-torch (1.13): /usr/bin/python3 golden.py
"""

import math
import os
import sys

import torch
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from golden_file import write  # noqa: E402

torch.manual_seed(20)
gold = {}


def randomised(module):
    for parameter in module.parameters():
        torch.nn.init.normal_(parameter, std=0.5)
    return module


def keep_attention(prefix, module):
    hidden = module.embed_dim
    for i, name in enumerate(("query", "key", "value")):
        gold[f"{prefix}.{name}.weight"] = module.in_proj_weight[i * hidden : (i + 1) * hidden]
        gold[f"{prefix}.{name}.bias"] = module.in_proj_bias[i * hidden : (i + 1) * hidden]
    gold[f"{prefix}.output.weight"] = module.out_proj.weight
    gold[f"{prefix}.output.bias"] = module.out_proj.bias


def attention():
    """PyTorch's own layer: 3 heads, 12 wide."""
    layer = randomised(torch.nn.MultiheadAttention(12, 3, batch_first=True)).eval()
    keep_attention("attention", layer)
    x, source = torch.randn(2, 5, 12), torch.randn(2, 7, 12)
    kept = torch.tensor([[True] * 7, [False, False, True, True, True, True, False]])
    hidden = torch.triu(torch.ones(5, 5, dtype=torch.bool), 1)
    gold["attention.x"], gold["attention.source"], gold["attention.kept"] = x, source, kept
    gold["attention.full"] = layer(x, x, x)[0]
    gold["attention.causal"] = layer(x, x, x, attn_mask=hidden)[0]
    gold["attention.cross"] = layer(x, source, source, key_padding_mask=~kept)[0]


def grouped():
    """6 heads of queries share 2 heads of keys; 4 wide each; causal. Plain sums and a softmax."""
    x = torch.randn(2, 5, 24)
    w = {name: torch.randn(rows, 24) * 0.3 for name, rows in (("query", 24), ("key", 8), ("value", 8), ("output", 24))}
    q = (x @ w["query"].T).view(2, 5, 6, 4)
    k = (x @ w["key"].T).view(2, 5, 2, 4)
    v = (x @ w["value"].T).view(2, 5, 2, 4)
    out = torch.zeros(2, 5, 6, 4)
    for b in range(2):
        for h in range(6):
            for i in range(5):
                scores = torch.stack([q[b, i, h] @ k[b, j, h // 3] / math.sqrt(4) for j in range(i + 1)])
                out[b, i, h] = sum(p * v[b, j, h // 3] for j, p in enumerate(scores.softmax(0)))
    for name, value in w.items():
        gold[f"grouped.{name}.weight"] = value
    gold["grouped.x"], gold["grouped.y"] = x, out.reshape(2, 5, 24) @ w["output"].T


def rotated(x, places, base, scale):
    """Each pair as a complex number, turned."""
    width = x.shape[-1]
    frequency = torch.tensor([scale(base ** (-2 * i / width)) for i in range(width // 2)], dtype=torch.float64)
    angle = places.double()[:, None, :, None] * frequency
    pair = torch.complex(x[..., : width // 2].double(), x[..., width // 2 :].double())
    turned = pair * torch.polar(torch.ones_like(angle), angle)
    return torch.cat((turned.real, turned.imag), -1).float()


def llama3(frequency, factor=8.0, low=1.0, high=4.0, trained=8192):
    """The published code of Llama 3.1 (models/llama3/reference_impl/model.py, apply_scaling)."""
    wave = 2 * math.pi / frequency
    if wave < trained / high:
        return frequency
    if wave > trained / low:
        return frequency / factor
    smooth = (trained / wave - low) / (high - low)
    return (1 - smooth) * frequency / factor + smooth * frequency


def rotary():
    x, places = torch.randn(2, 3, 5, 64), torch.tensor([[0, 1, 2, 3, 4], [7, 8, 30, 31, 100]])
    gold["rotary.x"], gold["rotary.places"] = x, places
    gold["rotary.plain"] = rotated(x, places, 10000.0, lambda f: f)
    gold["rotary.scaled"] = rotated(x, places, 500000.0, llama3)


def feed_forward():
    x = torch.randn(3, 4, 6) * 2
    weight = torch.randn(6)
    gold["rms.x"], gold["rms.weight"] = x, weight
    gold["rms.y"] = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * weight
    gate, up, down = torch.randn(10, 6) * 0.4, torch.randn(10, 6) * 0.4, torch.randn(6, 10) * 0.4
    gold["swiglu.gate.weight"], gold["swiglu.up.weight"], gold["swiglu.down.weight"] = gate, up, down
    gold["swiglu.y"] = (F.silu(x @ gate.T) * (x @ up.T)) @ down.T
    gold["gelu.y"] = F.gelu(x, approximate="tanh")


def block():
    """PyTorch's encoder layer: 2 heads, 8 wide, 16 inside, normalised first or last."""
    layer = randomised(torch.nn.TransformerEncoderLayer(8, 2, 16, 0.0, "gelu", batch_first=True))
    keep_attention("block.attention", layer.self_attn)
    for ours, theirs in (("attentionNorm", layer.norm1), ("feedForwardNorm", layer.norm2)):
        gold[f"block.{ours}.weight"], gold[f"block.{ours}.bias"] = theirs.weight, theirs.bias
    for ours, theirs in (("up", layer.linear1), ("down", layer.linear2)):
        gold[f"block.feedForward.{ours}.weight"], gold[f"block.feedForward.{ours}.bias"] = theirs.weight, theirs.bias
    x = torch.randn(2, 5, 8)
    gold["blocks.x"] = x
    gold["blocks.last"] = layer(x)
    layer.norm_first = True
    gold["blocks.first"] = layer(x)


attention()
grouped()
rotary()
feed_forward()
block()
write(os.path.join(HERE, "golden.safetensors"), {name: value.clone() for name, value in gold.items()})
