"""Steps of the weights, and their running average."""
import torch


def orthogonal(matrix, rounds=5):
    """The nearest matrix with all singular values near 1, by the quintic Newton-Schulz iteration of Muon
    (K. Jordan, https://kellerjordan.github.io/posts/muon/)."""
    x = matrix / (matrix.norm() + 1e-7)
    tall = x.shape[0] > x.shape[1]
    x = x.t() if tall else x
    for _ in range(rounds):
        square = x @ x.t()
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
    return x.t() if tall else x


class Muon(torch.optim.Optimizer):
    """Momentum made orthogonal, for the inner matrices and kernels. Scaled by 0.2 sqrt(longer side), so that its steps
    are as large as AdamW's and share its rate (J. Liu and others, Muon is Scalable for LLM Training, 2025)."""

    def __init__(self, parameters, lr, momentum=0.95, weight_decay=0.04):
        super().__init__(parameters, {'lr': lr, 'momentum': momentum, 'weight_decay': weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for one in group['params']:
                if one.grad is None:
                    continue
                kept = self.state[one].setdefault('momentum', torch.zeros_like(one))
                kept.lerp_(one.grad, 1 - group['momentum'])
                ahead = one.grad.lerp(kept, group['momentum']).flatten(1)
                change = orthogonal(ahead) * (0.2 * max(ahead.shape) ** 0.5)
                one.mul_(1 - group['lr'] * group['weight_decay'])
                one.add_(change.reshape(one.shape), alpha=-group['lr'])


def make_optimisers(model, rate):
    """Words and concepts have rows that few batches touch, so theirs move faster; only matrices decay."""
    rare = [model.prototypes, model.text.tokens]
    special = {id(one) for one in [*rare, model.text.places, model.image.mixer.places, model.image.stem.conv.weight]}
    inner = [p for p in model.parameters() if p.dim() > 1 and id(p) not in special]
    first = [model.text.places, model.image.mixer.places, model.image.stem.conv.weight]
    rest = [p for p in model.parameters() if p.dim() <= 1]
    groups = [
        {'params': rare, 'weight_decay': 0.01, 'share': 3.0},
        {'params': first, 'weight_decay': 0.04, 'share': 1.0},
        {'params': rest, 'weight_decay': 0.0, 'share': 1.0},
    ]
    plain = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98))
    return [Muon([{'params': inner, 'share': 1.0}], rate), plain]


class Average:
    """An exponential mean of all weights and of what batch norm counts: under a constant rate it is nearly as good as
    a decayed state, so it is what is evaluated."""

    def __init__(self, model, keep):
        self.keep = keep
        self.state = {name: value.detach().clone() for name, value in model.state_dict().items()}

    @torch.no_grad()
    def take(self, model, steps):
        """`steps`: how many it has seen; the first ones count for more, so that an old start is soon forgotten."""
        keep = min(self.keep, (1 + steps) / (10 + steps))
        for name, value in model.state_dict().items():
            if value.is_floating_point():
                self.state[name].lerp_(value, 1 - keep)
            else:
                self.state[name].copy_(value)
