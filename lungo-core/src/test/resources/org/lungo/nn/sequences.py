"""Makes sequences.json: what PyTorch's LSTM, GRU and one-dimensional convolution answer, to compare ours with.

python3 sequences.py > sequences.json    (made with PyTorch 1.13, float32 on a CPU)
"""

import json

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


def numbers(tensor):
    return [round(value, 7) for value in tensor.detach().flatten().tolist()]


def recurrent(cell, layers):
    torch.manual_seed(layers)
    network = cell(3, 4, num_layers=layers, bidirectional=True, batch_first=True)
    with torch.no_grad():
        for weight in network.parameters():
            weight.copy_(torch.tensor(numbers(weight)).reshape(weight.shape))
    x = torch.tensor(numbers(torch.randn(3, 5, 3))).reshape(3, 5, 3).requires_grad_()
    lengths = [2, 5, 1]
    packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    states, _ = pad_packed_sequence(network(packed)[0], batch_first=True, total_length=5)
    (states * torch.arange(states.numel()).reshape(states.shape).cos()).sum().backward()
    weights = list(network.parameters())
    return {
        "cell": cell.__name__,
        "layers": layers,
        "lengths": lengths,
        "weights": [numbers(weight) for weight in weights],
        "x": numbers(x),
        "states": numbers(states),
        "x_gradient": numbers(x.grad),
        "weight_gradients": [numbers(weight.grad) for weight in weights],
    }


def convolution(width):
    torch.manual_seed(width)
    layer = torch.nn.Conv1d(3, 2, width, padding="same")
    with torch.no_grad():
        for weight in layer.parameters():
            weight.copy_(torch.tensor(numbers(weight)).reshape(weight.shape))
    x = torch.tensor(numbers(torch.randn(2, 3, 6))).reshape(2, 3, 6)
    return {
        "width": width,
        "weight": numbers(layer.weight),
        "bias": numbers(layer.bias),
        "x": numbers(x),
        "y": numbers(layer(x)),
    }


print(
    json.dumps(
        {
            "recurrent": [recurrent(cell, layers) for cell in (torch.nn.LSTM, torch.nn.GRU) for layers in (1, 2)],
            "convolution": [convolution(width) for width in (1, 3, 4, 5)],
        }
    )
)
