import type { ExchangeProject } from './format.ts'
import type { SetFacts, SetWords } from './set-facts.ts'

export const CARD_NAME = 'README.md'

const SIZES = [
  [1_000, 'n<1K'],
  [10_000, '1K<n<10K'],
  [100_000, '10K<n<100K'],
  [1_000_000, '100K<n<1M'],
  [10_000_000, '1M<n<10M'],
] as const

/** A data set card as the Hugging Face hub reads it: YAML front matter, then Markdown. */
export function writeDataCard(about: {
  readonly project: ExchangeProject
  readonly formatLabel: string
  readonly facts: SetFacts
  readonly words: SetWords
}): string {
  const { project, facts, words } = about
  const name = project.name === '' ? 'Image-text data set' : project.name
  const size = SIZES.find(([limit]) => facts.images < limit)?.[1] ?? 'n>10M'
  const front = [
    `pretty_name: ${JSON.stringify(name)}`,
    ...(words.licence === ''
      ? []
      : ['license: other', `license_name: ${JSON.stringify(words.licence)}`]),
    'task_categories:',
    '  - image-to-text',
    '  - text-to-image',
    'size_categories:',
    `  - ${size}`,
    'tags:',
    '  - image-captions',
    '  - alt-text',
  ]
  const described = words.description === '' ? '' : `\n${escapeMarkdown(words.description)}\n`
  return `---
${front.join('\n')}
---

# ${escapeMarkdown(name)}
${described}
Alt-texts from the web, re-aligned to their images in rounds. Written by Realign ${project.appVersion} as ${about.formatLabel}.

## Counts

| | |
| --- | ---: |
| images | ${facts.images} |
| with a caption | ${facts.captions} |
| alt-texts | ${facts.altTexts} |
| people who wrote captions | ${facts.people} |
| accepted in review | ${facts.accepted} |
| returned in review | ${facts.returned} |

## Rounds

${roundsTable(project, facts)}

## Sources

${sourcesOf(facts)}

Pictures and alt-texts keep the rights of their authors.

## Licence

${words.licence === '' ? 'Nothing is said about the licence.' : escapeMarkdown(words.licence)}

## How the texts were made

${modelsOf(facts)} \`realign-manifest.json\` names every file with its SHA-256, the query and the options of this export.
`
}

function roundsTable({ rounds }: ExchangeProject, facts: SetFacts): string {
  if (facts.rounds.length === 0) return 'No caption was written yet.'
  const lines = facts.rounds.map(([number, captions]) => {
    const name = rounds.find((round) => round.number === number)?.name ?? ''
    return `| ${number} | ${escapeMarkdown(name)} | ${captions} |`
  })
  return ['| round | name | captions that stand |', '| ---: | --- | ---: |', ...lines].join('\n')
}

function sourcesOf({ hosts }: SetFacts): string {
  if (hosts.length === 0) return 'No web addresses are known.'
  return hosts.map(([host, count]) => `- ${escapeMarkdown(host)}: ${count} images`).join('\n')
}

function modelsOf({ models }: SetFacts): string {
  return models.length === 0
    ? 'People wrote the captions, without proposals by models.'
    : `People wrote the captions; these models proposed texts: ${models.map(escapeMarkdown).join(', ')}.`
}

/** Names stay on their line and make no markup. */
function escapeMarkdown(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|#]/g, '\\$&')
}
