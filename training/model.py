"""The two towers."""
import math

import torch
import torch.nn.functional as F
from torch import nn

WIDTH = 192  # of the shared space
EARLY, FINE, COARSE = 40, 80, 180  # channels at a stride of 4, 8 and 16
TEXT_WIDTH, TEXT_LAYERS, TEXT_HEADS = 160, 3, 5
WINDOW = 112  # tokens of a text, start and end included
SIDE = 144  # pixels of an image
GRID = SIDE // 8


class Dense(nn.Module):
    """y = x W' + b for [batch, tokens, features]."""

    def __init__(self, inputs, outputs, scale=1.0):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) * scale / math.sqrt(inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        if self.training:
            return F.linear(x, self.weight, self.bias)
        return x @ self.weight.t() + self.bias


class Conv(nn.Module):
    def __init__(self, inputs, outputs, size=3, stride=1):
        super().__init__()
        padding = (size - stride + 1) // 2 if size > 3 else size // 2
        self.conv = nn.Conv2d(inputs, outputs, size, stride, padding, bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.norm(self.conv(x))


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first, self.second = Conv(width, width), Conv(width, width)
        nn.init.zeros_(self.second.norm.weight)

    def forward(self, x):
        return F.relu(x + self.second(F.relu(self.first(x))))


class Mixer(nn.Module):
    """One pre-norm transformer block over all places of the grid, with learned places."""

    def __init__(self, width, heads, grid):
        super().__init__()
        self.heads = heads
        self.places = nn.Parameter(torch.randn(1, width, grid, grid) * 0.02)
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = Dense(width, 3 * width), Dense(width, width, 0.2)
        self.up, self.down = Dense(width, 2 * width), Dense(2 * width, width, 0.2)

    def forward(self, x):
        places = self.places
        if x.shape[-2:] != places.shape[-2:]:
            places = F.interpolate(places, size=x.shape[-2:], mode='bilinear', align_corners=False)
        tokens = (x + places).flatten(2).transpose(1, 2)
        n, count, width = tokens.shape
        qkv = self.qkv(self.norm1(tokens)).reshape(n, count, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).contiguous().unbind(0)
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(width // self.heads), -1)
        tokens = tokens + self.out((weights @ v).transpose(1, 2).reshape(n, count, width))
        tokens = tokens + self.down(F.gelu(self.up(self.norm2(tokens))))
        return tokens


class ImageTower(nn.Module):
    """pixels [N,3,H,W] -> global [N,D] and patches [N,(H/8)(W/8),D], both of unit length."""

    def __init__(self):
        super().__init__()
        self.stem = Conv(3, EARLY, 7, 4)
        self.early = Conv(EARLY, EARLY)
        self.halve1 = Conv(EARLY, FINE, 3, 2)
        self.middle = nn.Sequential(Block(FINE), Block(FINE))
        self.halve2 = Conv(FINE, COARSE, 3, 2)
        self.late = nn.Sequential(Block(COARSE), Block(COARSE))
        self.mixer = Mixer(COARSE, 5, GRID // 2)
        self.side = nn.Conv2d(FINE, COARSE, 1)
        self.coarse = nn.Conv2d(COARSE, COARSE, 1)
        self.patch = nn.Conv2d(COARSE, WIDTH, 1)
        self.looks = nn.Conv1d(COARSE, 4, 1)
        self.pool = nn.Linear(4 * COARSE, WIDTH)

    def forward(self, pixels):
        x = F.relu(self.stem(pixels))
        x = x + F.relu(self.early(x))
        fine = self.middle(F.relu(self.halve1(x)))
        x = self.late(F.relu(self.halve2(fine)))
        rows, columns = x.shape[-2:]
        tokens = self.mixer(x).transpose(1, 2)
        wide = self.coarse(tokens.reshape(tokens.shape[0], COARSE, rows, columns))
        wide = F.interpolate(wide, scale_factor=2.0, mode='nearest')
        patches = self.patch(F.relu(self.side(fine) + wide)).flatten(2).transpose(1, 2)
        looks = torch.softmax(self.looks(tokens), -1)
        pooled = (looks @ tokens.transpose(1, 2)).flatten(1)
        return unit(self.pool(pooled)), unit(patches)


def unit(x):
    return x / torch.sqrt((x * x).sum(-1, keepdim=True) + 1e-8)


class TextBlock(nn.Module):
    def __init__(self):
        super().__init__()
        width = TEXT_WIDTH
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = Dense(width, 3 * width), Dense(width, width, 0.4)
        self.up, self.down = Dense(width, 4 * width), Dense(4 * width, width, 0.4)

    def keys(self, x):
        """Queries, keys and values [N,heads,T,width of a head] of normed tokens."""
        n, count, width = x.shape
        qkv = self.qkv(self.norm1(x)).reshape(n, count, 3, TEXT_HEADS, width // TEXT_HEADS)
        return qkv.permute(2, 0, 3, 1, 4).contiguous().unbind(0)

    def after(self, x, mixed):
        n, heads, count, width = mixed.shape
        x = x + self.out(mixed.transpose(1, 2).reshape(n, count, heads * width))
        return x + self.down(F.gelu(self.up(self.norm2(x))))

    def forward(self, x, hidden):
        q, k, v = self.keys(x)
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]) + hidden
        return self.after(x, torch.softmax(scores, -1) @ v), k, v


class TextTower(nn.Module):
    """ids [N,T] -> phrase and caption vectors [N,D] of unit length, read at the first end token."""

    def __init__(self, vocabulary, end):
        super().__init__()
        self.end = end
        self.tokens = nn.Parameter(torch.randn(vocabulary, TEXT_WIDTH) * 0.05)
        self.places = nn.Parameter(torch.randn(WINDOW, TEXT_WIDTH) * 0.02)
        self.blocks = nn.ModuleList(TextBlock() for _ in range(TEXT_LAYERS))
        self.norm = nn.LayerNorm(TEXT_WIDTH)
        self.phrase, self.caption = nn.Linear(TEXT_WIDTH, WIDTH), nn.Linear(TEXT_WIDTH, WIDTH)

    def heads(self, x):
        x = self.norm(x)
        return unit(self.phrase(x)), unit(self.caption(x))

    def run(self, ids):
        count = ids.shape[1]
        at = torch.arange(count, device=ids.device)
        hidden = (at[None, :] > at[:, None]).float() * -1e4
        # argmax of 0 and 1 takes the first end token; what follows it is padding.
        ends = (ids == self.end).int().argmax(1)
        x = F.embedding(ids, self.tokens) + self.places[:count]
        rows, states = torch.arange(ids.shape[0], device=ids.device), []
        for block in self.blocks:
            at_end = x[rows, ends]
            x, k, v = block(x, hidden)
            states.append((at_end, k, v))
        return x[rows, ends], ends, states

    def forward(self, ids):
        end, _, _ = self.run(ids)
        return self.heads(end)


class DualEncoder(nn.Module):
    """Both towers, and what only training needs: scales, biases, and a vector for each concept."""

    def __init__(self, vocabulary, end, concepts):
        super().__init__()
        self.prototypes = nn.Parameter(torch.randn(concepts, WIDTH) * 0.07)
        self.image, self.text = ImageTower(), TextTower(vocabulary, end)
        # Scale and bias of: phrase on patches, phrase on the whole image, caption contrast, region.
        self.scales = nn.Parameter(torch.tensor([math.log(16.0), math.log(12.0), math.log(14.0), math.log(16.0)]))
        self.biases = nn.Parameter(torch.tensor([-8.0, -6.0]))
