"""What a step asks of both towers: see Losses in README.md."""
import numpy as np
import torch
import torch.nn.functional as F

from model import unit

MEAN, STD = 0.5, 0.25
FEW = 6  # things in a picture; a sheet has more, too many for one vector
TWIN_WEIGHTS = {'count': 3.0, 'relation': 3.0}  # learned last and least; the other kinds weigh 1


def to_pixels(batch):
    """Colours last in memory as they come: convolutions are a quarter faster so."""
    return (batch.permute(0, 3, 1, 2).float() / 255 - MEAN) / STD


def on_device(batch, device):
    """The arrays of a batch as tensors there; lists of tokens stay lists."""
    moved = lambda value: torch.from_numpy(value).to(device, non_blocking=True)
    tensors = {name: moved(value) for name, value in batch.items() if isinstance(value, np.ndarray)}
    return {**batch, **tensors, 'twins': {kind: moved(twins) for kind, twins in batch['twins'].items()}}


def encode(model, texts, budget=3200):
    """Phrase and caption vectors of token lists, in runs of like length so that little is padding."""
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    phrase, caption, at = [], [], 0
    while at < len(order):
        end, shortest = at, len(texts[order[at]])
        while end < len(order) and (end == at or len(texts[order[end]]) <= shortest * 1.3 + 1) and (end - at + 1) * len(texts[order[end]]) <= budget:
            end += 1
        some = [texts[index] for index in order[at:end]]
        width = max(len(one) for one in some)
        ids = torch.tensor([one + [0] * (width - len(one)) for one in some])
        vectors = model.text(ids.to(model.prototypes.device))
        phrase.append(vectors[0])
        caption.append(vectors[1])
        at = end
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    back = back.to(model.prototypes.device)
    return torch.cat(phrase)[back], torch.cat(caption)[back]


class SharpSum(torch.autograd.Function):
    """log(sum(exp(scale * cosine))) of each row. Cosines are at most 1, so no maximum has to be sought, and one kept
    array serves both ways: on these millions of numbers a third of autograd's time."""

    @staticmethod
    def forward(context, cosines, scale):
        parts = torch.mul(cosines, scale).sub_(scale).exp_()
        total = parts.sum(1)
        context.save_for_backward(cosines, scale, parts, total)
        return total.log() + scale

    @staticmethod
    def backward(context, gradient):
        cosines, scale, parts, total = context.saved_tensors
        shares = parts * (gradient / total).unsqueeze(1)
        of_scale = torch.dot(shares.flatten(), cosines.flatten())
        return shares.mul_(scale), of_scale


def weighted_bce(logits, truth, near):
    """Mean over the true, the false that are near to something true, and the plainly false, each with its weight."""
    losses = F.binary_cross_entropy_with_logits(logits, (truth == 1).float(), reduction='none')
    true, hard, easy = truth == 1, (truth == 0) & near, (truth == 0) & ~near
    return sum((losses * mask).sum() / mask.sum().clamp(min=1) for mask in (true, hard, easy))


def where_loss(likeness, batch, views, scale):
    where, masks = batch['where'], batch['masks']
    if len(where) > 500:
        keep = torch.randperm(len(where), device=where.device)[:500]
        where, masks = where[keep], masks[keep]
    maps = likeness.index_select(0, where[:, 1] * views + where[:, 0]) * scale
    inside = torch.logsumexp(maps.masked_fill(~masks, -1e4), 1)
    return (torch.logsumexp(maps, 1) - inside).mean()


def thing_loss(patches, prototypes, batch):
    """Each thing is named by the brightest of its patches together, as it will be asked, and by each of them."""
    things, masks = batch['things'], batch['thing_masks']
    which, places = torch.nonzero(masks, as_tuple=True)
    share = 1 / masks.sum(1).float()[which]
    count = patches.shape[1]
    named = patches.flatten(0, 1).index_select(0, things[which, 0] * count + places) @ unit(prototypes).t() * 16.0
    each = F.cross_entropy(named, things[which, 1], reduction='none')
    together = named.new_zeros(len(things), named.shape[1]).index_add(0, which, (named - 16.0).exp())
    return (each * share).sum() / len(things) + F.cross_entropy(together.log(), things[:, 1])


def gist_loss(overall, prototypes, things):
    """The vector of a picture of a few things names each of them before every concept that it does not show."""
    counts = torch.bincount(things[:, 0], minlength=len(overall))
    things = things[counts[things[:, 0]] <= FEW]
    logits = overall @ unit(prototypes).t() * 16.0
    shown = torch.zeros_like(logits, dtype=torch.bool)
    shown[things[:, 0], things[:, 1]] = True
    absent = torch.logsumexp(logits.masked_fill(shown, -1e4), 1)
    each = F.softplus(absent[things[:, 0]] - logits[things[:, 0], things[:, 1]])
    return each.sum() / max(1, len(each))


def name_loss(phrases, prototypes, named):
    """The plain phrase of a concept leans to its vector, and to no other."""
    rows, concepts = named.unbind(1)
    logits = phrases[rows] @ unit(prototypes).t() * 16.0
    far = 1 - (phrases[rows] * unit(prototypes[concepts]).detach()).sum(-1)
    return far.mean() + 0.5 * F.cross_entropy(logits, concepts)


def twin_loss(logits, twins):
    """Of two phrases that differ in one thing, the true one is to score higher in its picture."""
    rows, true, false = twins.unbind(1)
    return F.softplus(logits[rows, false] - logits[rows, true]).mean()


def caption_loss(overall, caption, owners, scale):
    logits = overall[owners] @ caption.t() * scale
    goal = torch.arange(len(owners), device=owners.device)
    return F.cross_entropy(logits, goal) + F.cross_entropy(logits[:, : len(owners)].t(), goal)


def step_losses(model, batch):
    batch = on_device(batch, model.prototypes.device)
    overall, patches = model.image(to_pixels(batch['pixels']))
    texts = batch['phrases'] + batch.get('true', []) + batch.get('false', [])
    phrase, caption = encode(model, texts)
    count = len(batch['phrases'])
    truth, near = batch['truth'], batch['near']
    scales = model.scales.exp()
    n, places, width = patches.shape
    likeness = (phrase[:count] @ patches.reshape(n * places, width).t()).view(count * n, places)
    lit = SharpSum.apply(likeness, scales[0]).view(count, n).t() + model.biases[0]
    losses = {'patch': weighted_bce(lit, truth, near)}
    # A phrase may be asked of the whole image with either of its vectors.
    both = [overall @ vectors[:count].t() * scales[1] + model.biases[1] for vectors in (phrase, caption)]
    losses['whole'] = 0.3 * sum(weighted_bce(logits, truth, near) for logits in both)
    if len(batch['where']) > 0:
        losses['where'] = 0.5 * where_loss(likeness, batch, n, scales[3])
    if len(batch['things']) > 0:
        losses['thing'] = 0.3 * thing_loss(patches, model.prototypes, batch)
        losses['gist'] = 0.3 * gist_loss(overall, model.prototypes, batch['things'])
    if len(batch['named']) > 0:
        losses['name'] = 0.5 * name_loss(phrase, model.prototypes, batch['named'])
    for kind, twins in batch['twins'].items():
        apart = 0.2 * twin_loss(lit, twins) + 0.1 * sum(twin_loss(logits, twins) for logits in both)
        losses[kind] = TWIN_WEIGHTS.get(kind, 1.0) * apart
    if batch.get('true'):
        losses['caption'] = caption_loss(overall, caption[count:], batch['owners'], scales[2].clamp(max=60))
    return losses
