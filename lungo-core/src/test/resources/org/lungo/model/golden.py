"""Makes golden.safetensors: small GPT-2, Llama and BERT models with random weights, in plain PyTorch.

Weights have the names and layouts of Hugging Face files. Run by hand where it is changed, with Debian's python3-torch
(1.13): /usr/bin/python3 golden.py
"""

import math
import os
import sys

import torch
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from golden_file import write  # noqa: E402

torch.manual_seed(21)
gold = {}
VOCABULARY, CONTEXT, LAYERS, HIDDEN = 23, 16, 2, 24


def drawn(prefix, shapes):
    weights = {}
    for name, shape in shapes.items():
        norm = len(shape) == 1 and name.endswith("weight")
        weights[name] = torch.randn(shape) * 0.2 + (1 if norm else 0)
    gold.update({f"{prefix}.weights.{name}": value for name, value in weights.items()})
    return weights


def attend(q, k, v):
    """q, k, v: [batch, heads, sequence, width]."""
    scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
    above = torch.triu(torch.ones(q.shape[2], q.shape[2], dtype=torch.bool), 1)
    return (scores.masked_fill(above, -math.inf).softmax(-1) @ v).transpose(1, 2).flatten(2)


def split(x, heads):
    return x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)


def gpt2(tokens, prefix, tied):
    """openai/gpt-2, src/model.py. Dense weights are [in, out]; queries, keys and values are one."""
    shapes = {"wte.weight": (VOCABULARY, HIDDEN), "wpe.weight": (CONTEXT, HIDDEN)}
    for i in range(LAYERS):
        for norm in ("ln_1", "ln_2"):
            shapes[f"h.{i}.{norm}.weight"] = shapes[f"h.{i}.{norm}.bias"] = (HIDDEN,)
        sizes = {"attn.c_attn": (HIDDEN, 3 * HIDDEN), "attn.c_proj": (HIDDEN, HIDDEN)}
        sizes |= {"mlp.c_fc": (HIDDEN, 4 * HIDDEN), "mlp.c_proj": (4 * HIDDEN, HIDDEN)}
        for dense, size in sizes.items():
            shapes[f"h.{i}.{dense}.weight"], shapes[f"h.{i}.{dense}.bias"] = size, size[1:]
    shapes["ln_f.weight"] = shapes["ln_f.bias"] = (HIDDEN,)
    shapes = {f"transformer.{name}": shape for name, shape in shapes.items()}
    if not tied:
        shapes["lm_head.weight"] = (VOCABULARY, HIDDEN)
    all_weights = drawn(prefix, shapes)
    w = {name.replace("transformer.", ""): value for name, value in all_weights.items()}

    def dense(x, name):
        return x @ w[f"{name}.weight"] + w[f"{name}.bias"]

    def norm(x, name):
        return F.layer_norm(x, (HIDDEN,), w[f"{name}.weight"], w[f"{name}.bias"], 1e-5)

    x = w["wte.weight"][tokens] + w["wpe.weight"][: tokens.shape[1]]
    for i in range(LAYERS):
        q, k, v = dense(norm(x, f"h.{i}.ln_1"), f"h.{i}.attn.c_attn").split(HIDDEN, -1)
        x = x + dense(attend(split(q, 4), split(k, 4), split(v, 4)), f"h.{i}.attn.c_proj")
        inner = F.gelu(dense(norm(x, f"h.{i}.ln_2"), f"h.{i}.mlp.c_fc"), approximate="tanh")
        x = x + dense(inner, f"h.{i}.mlp.c_proj")
    x = norm(x, "ln_f")
    gold[f"{prefix}.hidden"] = x
    gold[f"{prefix}.logits"] = x @ w["wte.weight" if tied else "lm_head.weight"].T


def turned(x, base):
    """Each pair, half a head apart, as a complex number turned by its place."""
    half = x.shape[-1] // 2
    frequency = base ** (-torch.arange(half, dtype=torch.float64) / half)
    angle = torch.arange(x.shape[2], dtype=torch.float64)[:, None] * frequency
    pair = torch.complex(x[..., :half].double(), x[..., half:].double())
    pair = pair * torch.polar(torch.ones_like(angle), angle)
    return torch.cat((pair.real, pair.imag), -1).float()


def llama(tokens, prefix, heads, keys, width, inner, base, epsilon, tied, bias):
    shapes = {"embed_tokens.weight": (VOCABULARY, HIDDEN), "norm.weight": (HIDDEN,)}
    for i in range(LAYERS):
        layer = f"layers.{i}"
        shapes[f"{layer}.input_layernorm.weight"] = shapes[f"{layer}.post_attention_layernorm.weight"] = (HIDDEN,)
        for name, count in (("q", heads), ("k", keys), ("v", keys)):
            shapes[f"{layer}.self_attn.{name}_proj.weight"] = (count * width, HIDDEN)
            if bias:
                shapes[f"{layer}.self_attn.{name}_proj.bias"] = (count * width,)
        shapes[f"{layer}.self_attn.o_proj.weight"] = (HIDDEN, heads * width)
        shapes[f"{layer}.mlp.gate_proj.weight"] = shapes[f"{layer}.mlp.up_proj.weight"] = (inner, HIDDEN)
        shapes[f"{layer}.mlp.down_proj.weight"] = (HIDDEN, inner)
    shapes = {f"model.{name}": shape for name, shape in shapes.items()}
    if not tied:
        shapes["lm_head.weight"] = (VOCABULARY, HIDDEN)
    w = {name.replace("model.", ""): value for name, value in drawn(prefix, shapes).items()}

    def dense(x, name):
        return F.linear(x, w[f"{name}.weight"], w.get(f"{name}.bias"))

    def norm(x, name):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + epsilon) * w[f"{name}.weight"]

    x = w["embed_tokens.weight"][tokens]
    for i in range(LAYERS):
        layer = f"layers.{i}"
        y = norm(x, f"{layer}.input_layernorm")
        q = turned(split(dense(y, f"{layer}.self_attn.q_proj"), heads), base)
        k = turned(split(dense(y, f"{layer}.self_attn.k_proj"), keys), base)
        v = split(dense(y, f"{layer}.self_attn.v_proj"), keys)
        k, v = k.repeat_interleave(heads // keys, 1), v.repeat_interleave(heads // keys, 1)
        x = x + dense(attend(q, k, v), f"{layer}.self_attn.o_proj")
        y = norm(x, f"{layer}.post_attention_layernorm")
        x = x + dense(F.silu(dense(y, f"{layer}.mlp.gate_proj")) * dense(y, f"{layer}.mlp.up_proj"), f"{layer}.mlp.down_proj")
    x = norm(x, "norm")
    gold[f"{prefix}.hidden"] = x
    gold[f"{prefix}.logits"] = x @ w["embed_tokens.weight" if tied else "lm_head.weight"].T


def bert(prefix, tokens, types, visible):
    """google-research/bert, modeling.py, with the head of run_pretraining.py: get_masked_lm_output."""
    shapes = {"bert.embeddings.word_embeddings.weight": (VOCABULARY, HIDDEN)}
    shapes["bert.embeddings.position_embeddings.weight"] = (CONTEXT, HIDDEN)
    shapes["bert.embeddings.token_type_embeddings.weight"] = (2, HIDDEN)
    dense_sizes, norms = {"bert.pooler.dense": (HIDDEN, HIDDEN)}, ["bert.embeddings.LayerNorm"]
    for i in range(LAYERS):
        layer = f"bert.encoder.layer.{i}"
        for name in ("self.query", "self.key", "self.value", "output.dense"):
            dense_sizes[f"{layer}.attention.{name}"] = (HIDDEN, HIDDEN)
        dense_sizes[f"{layer}.intermediate.dense"] = (40, HIDDEN)
        dense_sizes[f"{layer}.output.dense"] = (HIDDEN, 40)
        norms += [f"{layer}.attention.output.LayerNorm", f"{layer}.output.LayerNorm"]
    dense_sizes["cls.predictions.transform.dense"] = (HIDDEN, HIDDEN)
    norms.append("cls.predictions.transform.LayerNorm")
    for name, size in dense_sizes.items():
        shapes[f"{name}.weight"], shapes[f"{name}.bias"] = size, size[:1]
    for name in norms:
        shapes[f"{name}.weight"] = shapes[f"{name}.bias"] = (HIDDEN,)
    shapes["cls.predictions.bias"] = (VOCABULARY,)
    w = drawn(prefix, shapes)

    def dense(x, name):
        return F.linear(x, w[f"{name}.weight"], w[f"{name}.bias"])

    def norm(x, name):
        centred = x - x.mean(-1, keepdim=True)
        scaled = centred / torch.sqrt(centred.pow(2).mean(-1, keepdim=True) + 1e-12)
        return scaled * w[f"{name}.weight"] + w[f"{name}.bias"]

    def gelu(x):
        return x * 0.5 * (1 + torch.erf(x / math.sqrt(2)))

    x = w["bert.embeddings.word_embeddings.weight"][tokens] + w["bert.embeddings.token_type_embeddings.weight"][types]
    x = norm(x + w["bert.embeddings.position_embeddings.weight"][: tokens.shape[1]], "bert.embeddings.LayerNorm")
    for i in range(LAYERS):
        layer = f"bert.encoder.layer.{i}"
        q, k, v = (split(dense(x, f"{layer}.attention.self.{name}"), 4) for name in ("query", "key", "value"))
        scores = q @ k.transpose(-1, -2) / math.sqrt(HIDDEN // 4)
        scores = scores.masked_fill(~visible[:, None, None], -math.inf)
        seen = (scores.softmax(-1) @ v).transpose(1, 2).flatten(2)
        x = norm(x + dense(seen, f"{layer}.attention.output.dense"), f"{layer}.attention.output.LayerNorm")
        inner = dense(gelu(dense(x, f"{layer}.intermediate.dense")), f"{layer}.output.dense")
        x = norm(x + inner, f"{layer}.output.LayerNorm")
    gold[f"{prefix}.hidden"] = x
    gold[f"{prefix}.pooled"] = torch.tanh(dense(x[:, 0], "bert.pooler.dense"))
    x = norm(gelu(dense(x, "cls.predictions.transform.dense")), "cls.predictions.transform.LayerNorm")
    gold[f"{prefix}.logits"] = x @ w["bert.embeddings.word_embeddings.weight"].T + w["cls.predictions.bias"]


tokens = torch.randint(0, VOCABULARY, (2, 9))
gold["tokens"] = tokens
gpt2(tokens, "gpt2", True)
gpt2(tokens, "gpt2_untied", False)
llama(tokens, "llama", 6, 2, 4, 40, 10000.0, 1e-5, False, False)
llama(tokens, "qwen2", 4, 2, 8, 40, 1000000.0, 1e-6, True, True)
gold["types"] = torch.tensor([[0, 0, 0, 0, 1, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1, 0, 0, 0]])
gold["visible"] = torch.tensor([[True] * 9, [True] * 6 + [False] * 3])
bert("bert", tokens, gold["types"], gold["visible"])
write(os.path.join(HERE, "golden.safetensors"), {name: value.clone() for name, value in gold.items()})
