/**
 * The walls of docs/architecture.md: who may import whom, and one door a library. `allowedFolders` is the
 * table; everything that is not in a row is an error. The rules are proved by tools/walls.test.ts, which
 * plants violations in a copy.
 */

/** What each folder of src/main may import besides itself, base and shared. */
const MAIN_TABLE = {
  base: [],
  db: [],
  media: [],
  text: [],
  checks: [],
  curation: [],
  formats: ['text'],
  models: ['media'],
  jobs: ['db'],
  features: ['db', 'media', 'models', 'text', 'checks', 'curation', 'formats', 'jobs'],
  http: ['media'],
}

const WORKER_TABLE = {
  database: 'db',
  media: 'media',
  tables: 'formats',
  text: 'text',
  inference: 'models',
  pictures: 'models',
  subset: 'features/export',
  export: 'features/export',
}

/** Who may import a library; the comment is the reason for the door. */
const DOORS = [
  { library: 'electron', from: '^src/(main/hosts/electron|preload)/' },
  { library: 'better-sqlite3', from: '^(src/main/db|tools/(bench|kill-test))/' },
  { library: 'sharp', from: '^(src/main/(media|models)|tools)/' },
  { library: '(onnxruntime-node|usearch)', from: '^(src/main/models|tools/bench)/' },
  {
    library: '@huggingface/tokenizers',
    // Budgets are counted while people type, in the text thread, which must not wait for the inference process.
    from: '^(src/main/models|tools/bench)/|^src/main/text/tokens/pack-tokenizer\\.ts$',
  },
  { library: 'wink-nlp', from: '^src/main/text/' },
  { library: 'eld', from: '^src/main/text/language/' },
  {
    library: '@orpc/[^/]+',
    from: '^src/(shared/contract/|main/http/rpc(-client)?\\.ts|main/features/(router|[^/]+/procedures)\\.ts|renderer/src/api/)',
  },
  { library: 'env-paths', from: '^src/main/base/app-paths\\.ts' },
  { library: 'open', from: '^src/main/hosts/cli/' },
  { library: '(csv-parse|csv-stringify|chardet|iconv-lite)', from: '^src/main/formats/' },
  // Tables are read by the formats, and pictures in them by whoever decodes pictures.
  {
    library: '(hyparquet|hyparquet-compressors|hyparquet-writer)',
    from: '^src/main/(formats|media)/',
  },
  {
    library: '(react|react-dom|@tanstack/[^/]+|@codemirror/[^/]+)',
    // Typing in Align is held against an editor with nothing around it.
    from: '^(src/renderer|tools/bench/bare-editor)/',
  },
  {
    library: '(playwright|@playwright/[^/]+)',
    from: '^(test/e2e|tools)/|^playwright\\.config\\.ts',
  },
]

const NO_TESTS = '\\.test\\.tsx?$'
const SHARED = '^src/shared/'

function isolate(name, from, allowed, comment) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from, pathNot: NO_TESTS },
    to: { path: '^(src|test|tools)/', pathNot: allowed },
  }
}

const mainRules = Object.entries(MAIN_TABLE).map(([folder, others]) =>
  isolate(
    `main-${folder}`,
    `^src/main/${folder}/`,
    [SHARED, '^src/main/base/', `^src/main/${folder}/`, ...others.map((o) => `^src/main/${o}/`)],
    `src/main/${folder} may import ${[...others, 'base', 'shared'].join(', ')}.`,
  ),
)

const workerRules = Object.entries(WORKER_TABLE).map(([worker, folder]) =>
  isolate(
    `worker-${worker}`,
    `^src/main/workers/${worker}\\.ts$`,
    ['^src/main/base/', `^src/main/${folder}/`],
    'A worker entry connects the one module it serves, and nothing else.',
  ),
)

const doorRules = DOORS.map(({ library, from }) => ({
  name: `one-door-${library.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '')}`,
  comment: `Only ${from} may import ${library}.`,
  severity: 'error',
  from: { path: '^(src|tools)/', pathNot: [from, NO_TESTS] },
  to: { path: `node_modules/${library}(/|$)` },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means that two modules are one. Move what both need down.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that resolves to nothing passes every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(worker|url|raw|inline)$' },
    },
    {
      name: 'no-undeclared-package',
      comment: 'A package that package.json does not name may be gone after the next install.',
      severity: 'error',
      from: { path: '^(src|tools|test)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-dev-package-at-run-time',
      comment: 'Main runs from node_modules, where development packages are absent when installed.',
      severity: 'error',
      from: { path: '^src/main/', pathNot: [NO_TESTS, '^src/main/hosts/electron/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'shared-runs-anywhere',
      severity: 'error',
      from: { path: SHARED, pathNot: NO_TESTS },
      to: { dependencyTypes: ['core'] },
    },
    isolate(
      'shared-imports-nothing',
      SHARED,
      [SHARED],
      'Both sides import shared; it imports neither.',
    ),
    isolate(
      'domain-imports-domain',
      '^src/shared/(domain/|errors\\.ts)',
      ['^src/shared/(domain/|errors\\.ts)'],
      'The domain knows no contract and no schema library.',
    ),
    {
      name: 'domain-needs-no-package',
      comment: 'Pure functions of our own; only the word diff is better made by a library.',
      severity: 'error',
      from: { path: '^src/shared/(domain/|errors\\.ts)', pathNot: NO_TESTS },
      to: { path: 'node_modules/', pathNot: 'node_modules/diff/' },
    },
    ...mainRules,
    {
      name: 'features-are-apart',
      comment: 'What two features share lies beside them, moves down, or is joined in core.ts.',
      severity: 'error',
      from: { path: '^src/main/features/([^/]+)/' },
      to: { path: '^src/main/features/[^/]+/', pathNot: '^src/main/features/$1/' },
    },
    {
      name: 'beside-the-features',
      comment: 'What features share knows none of them.',
      severity: 'error',
      from: { path: '^src/main/features/[^/]+\\.ts$' },
      to: { path: '^src/main/features/[^/]+/' },
    },
    {
      name: 'formats-take-types-of-text',
      comment: 'Formats know the types of text only.',
      severity: 'error',
      from: { path: '^src/main/formats/', pathNot: NO_TESTS },
      to: { path: '^src/main/text/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tokenizers-in-the-text-thread',
      comment: 'Reading a vocabulary and counting with it block; only the text thread may.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/text/serve\\.ts$', NO_TESTS] },
      to: { path: '^src/main/text/tokens/pack-tokenizer\\.ts$' },
    },
    ...workerRules,
    isolate(
      'core-joins',
      '^src/main/core\\.ts$',
      [SHARED, `^src/main/(${Object.keys(MAIN_TABLE).join('|')})/`],
      'The composition root knows everything but workers and hosts.',
    ),
    isolate(
      'host-electron',
      '^src/main/hosts/electron/',
      [
        SHARED,
        '^src/main/(base|hosts/electron)/',
        '^src/main/core\\.ts$',
        '^src/main/http/guard\\.ts$',
      ],
      'Hosts know the core, the guard they give it, and no other host.',
    ),
    isolate(
      'host-node',
      '^src/main/hosts/node/',
      [
        SHARED,
        '^src/main/(base|hosts/node)/',
        '^src/main/core\\.ts$',
        '^src/main/http/(guard|error-response)\\.ts$',
      ],
      'Hosts know the core, the guard they give it, and no other host.',
    ),
    isolate(
      'host-cli',
      '^src/main/hosts/cli/',
      [
        SHARED,
        '^src/main/(base|hosts/cli|hosts/node)/',
        '^src/main/core\\.ts$',
        '^src/main/http/rpc-client\\.ts$',
      ],
      'The command line starts the Node host and asks the core through the client.',
    ),
    isolate(
      'preload',
      '^src/preload/',
      [SHARED, '^src/preload/'],
      'The preload stays one function.',
    ),
    isolate(
      'renderer',
      '^src/renderer/',
      [SHARED, '^src/renderer/'],
      'The page knows the contract only.',
    ),
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: NO_TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'components-fetch-nothing',
      severity: 'error',
      from: { path: '^src/renderer/src/(components|grid)/', pathNot: NO_TESTS },
      to: { path: '^src/renderer/src/(api|features|app)/' },
    },
    {
      name: 'below-the-screens',
      comment: 'Commands and the api are used by screens, not the other way round.',
      severity: 'error',
      from: { path: '^src/renderer/src/(api|commands)/', pathNot: NO_TESTS },
      to: { path: '^src/renderer/src/(features|app)/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: ['^test/', NO_TESTS, '^tools/'] },
      to: { path: ['^test/', NO_TESTS] },
    },
    {
      name: 'product-knows-no-tools',
      severity: 'error',
      from: { path: '^src/', pathNot: NO_TESTS },
      to: { path: '^tools/' },
    },
    ...doorRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|\\.cache|test/fixtures)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.cjs', '.mjs', '.json', '.css'],
    },
    cache: { folder: '.cache/dependency-cruiser', strategy: 'content' },
  },
}
