import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exportOptions } from '../../../shared/contract/exports.ts'
import { subset } from '../../../shared/contract/subset.ts'
import { UsageError, type Command } from './command.ts'
import { readArguments } from './read-arguments.ts'

const BASE = resolve('/stand/here')

function command(...argv: string[]): Command {
  return readArguments(argv, BASE).command
}

function complaint(...argv: string[]): string {
  try {
    readArguments(argv, BASE)
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  throw new Error(`accepted: ${argv.join(' ')}`)
}

describe('import', () => {
  test('reads source, project, format and map', () => {
    expect(
      command('import', 'data/my rows.csv', '--project', '../p', '--map', 'alt=caption,image=file'),
    ).toEqual({
      kind: 'import',
      source: resolve(BASE, 'data/my rows.csv'),
      project: resolve(BASE, '../p'),
      format: null,
      map: { caption: 'alt', file: 'image' },
    })
  })

  test('joins several --map options', () => {
    const read = command('import', 'a', '--project', 'p', '--map', 'alt=one', '--map', 'alt=two')
    expect(read).toMatchObject({ map: { one: 'alt', two: 'alt' } })
  })

  test('leaves absolute paths alone', () => {
    const source = resolve('/elsewhere/a')
    expect(command('import', source, '--project=p')).toMatchObject({ source })
  })

  test('says what is missing or wrong', () => {
    expect(complaint('import', '--project', 'p')).toContain('SOURCE')
    expect(complaint('import', 'a')).toContain('--project DIR')
    expect(complaint('import', 'a', '--project')).toContain('--project')
    expect(complaint('import', 'a', '--project', '')).toContain('--project is empty')
    expect(complaint('import', 'a', 'b', '--project', 'p')).toContain('"b"')
    expect(complaint('import', 'a', '--project', 'p', '--map', 'colour=x')).toContain('"colour"')
    expect(complaint('import', 'a', '--project', 'p', '--where', 'x')).toContain('--where')
  })
})

describe('steps of a subset', () => {
  const asked = (...options: readonly string[]) =>
    command('export', '--project', 'p', '--out', 'o', '--format', 'csv', ...options)

  test('are read with one seed for all draws', () => {
    expect(
      asked(
        ...['--dedupe', '--sample', '500', '--seed', '7', '--strata', 'status:90:proportional'],
        ...['--balance', 't=20,others=keep', '--concepts', 'list.txt', '--budget', '80'],
        ...['--split', 'train=0.9,test=0.1', '--together', 'host'],
      ),
    ).toMatchObject({
      options: { seed: 7 },
      subset: {
        steps: {
          ...{ seed: 7, nearDuplicates: 'best', take: { pick: 'random', count: 500 }, budget: 80 },
          strata: { by: 'status', shares: 'proportional', count: 90, queries: [] },
          split: { shares: { train: 0.9, validation: 0, test: 0.1 }, together: 'host' },
        },
        balance: {
          ...{ most: 20, texts: 'caption-or-alt', others: 'keep' },
          conceptsFile: expect.stringMatching(/list\.txt$/) as string,
        },
      },
    })
    expect(asked('--balance', 't=20')).toMatchObject({
      subset: { balance: { most: 20, others: 'drop', conceptsFile: null } },
    })
    expect(asked('--strata', 'query:9', '--stratum', 'tag:a')).toMatchObject({
      subset: { steps: { strata: { by: 'query', queries: ['tag:a'], shares: 'equal' } } },
    })
  })

  test.each([
    [['--first', '1', '--sample', '2'], '--first and --sample'],
    [['--strata', 'colour:9'], '--strata is one of'],
    [['--strata', 'query:9'], 'at least one query'],
    [['--stratum', 'tag:a'], '--strata query:N'],
    [['--concepts', 'f'], 'which is not given'],
    [['--balance', 'most=5', '--concepts', 'f'], '--balance is t=N'],
    [['--split', 'train=most'], '--split is shares'],
    [['--split', 'train=0'], 'more than 0'],
    [['--together', 'host'], '--split must not part'],
    [['--recipe', 'mine', '--budget', '3'], 'cannot stand beside'],
  ])('%j are refused', (options, said) => {
    expect(
      complaint('export', '--project', 'p', '--out', 'o', '--format', 'csv', ...options),
    ).toContain(said)
  })

  test('are those of a recipe where one is named', () => {
    expect(
      command(
        'export',
        '--project',
        'p',
        '--out',
        'o',
        '--recipe',
        'Mine',
        '--recipe-version',
        '2',
      ),
    ).toMatchObject({ kind: 'run-recipe', recipe: 'Mine', version: 2 })
    expect(command('recipes', '--project', 'p')).toMatchObject({ kind: 'recipes' })
  })
})

describe('export', () => {
  test('reads options and fills in the usual', () => {
    expect(command('export', '--project', 'p', '--out', 'o', '--format', 'csv')).toEqual({
      kind: 'export',
      project: resolve(BASE, 'p'),
      out: resolve(BASE, 'o'),
      format: 'csv',
      where: '',
      options: exportOptions.parse({}),
      subset: { steps: subset.parse({}), balance: null },
    })
    const asked = ['--where', 'status:accepted', '--text', 'caption', '--images', 'none']
    expect(
      command('export', '--project', 'p', '--out', 'o', '--format', 'csv', ...asked),
    ).toMatchObject({ where: 'status:accepted', options: { text: 'caption', images: 'none' } })
    const checked = command('export', '--project', 'p', '--format', 'csv', '--check')
    expect(checked).toMatchObject({ kind: 'export', out: null })
  })

  test('reads what becomes of texts', () => {
    const asked = (...options: string[]) =>
      command('export', '--project', 'p', '--out', 'o', '--format', 'csv', ...options)
    expect(asked('--text', 'mix', '--mix', 'caption=0.7, alt=.3', '--seed', '7')).toMatchObject({
      options: { text: 'mix', mix: { caption: 0.7, alt: 0.3, revision: 0 }, seed: 7 },
    })
    expect(asked('--roles', 'caption,alt', '--sentences', 'random:2')).toMatchObject({
      options: { roles: ['caption', 'alt'], sentences: { pick: 'random', count: 2 } },
    })
    expect(asked('--tokens', 'clip-77:60', '--over', 'leave-out', '--shard', '100')).toMatchObject({
      options: { tokens: { target: 'clip-77', limit: 60, over: 'leave-out' }, shardImages: 100 },
    })
    expect(asked('--tokens', 'siglip-64', '--prefix', 'a {tags}: ')).toMatchObject({
      options: { tokens: { limit: null, over: 'sentence' }, prefix: 'a {tags}: ' },
    })
  })

  test.each([
    [['--mix', 'caption'], /caption=0.7,alt=0.3, not "caption"/],
    [['--mix', 'caption=0'], /more than 0/],
    [['--mix', 'text=1'], /caption, alt, revision, not "text"/],
    [['--sentences', '3'], /first:N or random:N/],
    [['--sentences', 'first:0'], /from 1 to 100/],
    [['--tokens', 'gpt'], /clip-77.*not "gpt"/],
    [['--over', 'word'], /--tokens/],
    [['--seed', '-1'], /'--seed/],
    [['--seed', 'x'], /0 to 4294967295/],
    [['--prefix', '{x}'], /--prefix: "{x}"/],
    [['--shard', '0'], /from 1 to 1000000/],
  ])('says what is wrong with %s', (options, said) => {
    const whole = ['--project', 'p', '--out', 'o', '--format', 'csv', ...options]
    expect(complaint('export', ...whole)).toMatch(said)
  })

  test('says what is missing or wrong', () => {
    expect(complaint('export', '--project', 'p', '--out', 'o')).toContain('--format')
    expect(complaint('export', '--project', 'p', '--format', 'csv')).toContain('--out DIR')
    const wrong = ['--project', 'p', '--out', 'o', '--format', 'csv', '--images', 'all']
    expect(complaint('export', ...wrong)).toMatch(/copy, link-or-copy, none.*"all"/)
  })
})

describe('serve', () => {
  test('is loopback by default and takes any free port for 0', () => {
    expect(command('serve')).toEqual({
      kind: 'serve',
      project: null,
      port: null,
      host: '127.0.0.1',
      mayOpenBrowser: true,
    })
    expect(command('serve', '--port', '0', '--no-open')).toMatchObject({
      port: 0,
      mayOpenBrowser: false,
    })
  })

  test.each(['-1', '65536', '80x', '1e3', ' '])('refuses port %j', (port) => {
    expect(complaint('serve', `--port=${port}`)).toContain('65535')
  })
})

describe('everything else', () => {
  test('--json and --quiet belong to every command', () => {
    expect(readArguments(['stats', '--project', 'p', '--json', '--quiet'], BASE)).toEqual({
      command: { kind: 'stats', project: resolve(BASE, 'p') },
      isJson: true,
      isQuiet: true,
    })
  })

  test.each([[[]], [['help']], [['--help']], [['-h']], [['import', '--help']]])(
    '%j asks for help',
    (argv) => {
      expect(command(...argv)).toEqual({ kind: 'help' })
    },
  )

  test('unknown commands are named', () => {
    expect(complaint('imprt', 'a')).toContain('"imprt"')
    expect(complaint('--project', 'p')).toContain('first word')
  })
})

describe('embed and search', () => {
  test('read the project and the pack', () => {
    expect(command('embed', '--project', 'p')).toEqual({
      kind: 'embed',
      project: resolve(BASE, 'p'),
      pack: null,
    })
    expect(command('embed', '--project', 'p', '--pack', 'clip')).toMatchObject({ pack: 'clip' })
  })

  test('read what to look for', () => {
    const words = ['--minus', 'a cat', '--minus', 'snow', '--like', '7', '--top', '5']
    expect(
      command('search', 'a red bus', '--project', 'p', '--where', 'status:todo', ...words),
    ).toEqual({
      kind: 'search',
      project: resolve(BASE, 'p'),
      pack: null,
      text: 'a red bus',
      minus: ['a cat', 'snow'],
      like: [7],
      where: 'status:todo',
      top: 5,
    })
    expect(command('search', '--project', 'p', '--like', '3')).toMatchObject({
      text: '',
      like: [3],
    })
  })

  test('say what is missing or wrong', () => {
    expect(complaint('search', '--project', 'p')).toContain('TEXT')
    expect(complaint('search', 'a', 'b', '--project', 'p')).toContain('"b"')
    expect(complaint('search', 'a')).toContain('--project DIR')
    expect(complaint('search', 'a', '--project', 'p', '--top', '0')).toContain('1 to 500')
    expect(complaint('search', 'a', '--project', 'p', '--like', 'x')).toContain('--like')
    expect(complaint('embed', 'a', '--project', 'p')).toContain('"a"')
  })
})
