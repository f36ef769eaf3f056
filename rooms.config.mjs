/**
 * Which room may import which, for dependency-cruiser (`npm run lint`). Paths are resolved and types count: an import by another way
 * round is the same import. The sentence of each rule is what a person reads who broke it.
 */

/** The data's way. A stage may import the stages before it, never those after it. Selection wraps learners, so it imports them. */
export const stages = [
  'messages', 'numeric', 'kernels', 'image', 'mask', 'features', 'parameters', 'extraction', 'statistics', 'study', 'cohort', 'table', 'harmonise', 'learn',
  'select', 'evaluate', 'protocol', 'analysis', 'apply', 'report', 'simulate',
] // prettier-ignore

const anyOf = (names) => `(${names.join('|')})`
const tests = '\\.test\\.(tsx?|mjs)$'
/** Rule: files of `from` (their tests apart) import nothing of `to`. */
const never = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: {
    pathNot: tests,
    ...(typeof from === 'string' ? { path: from } : { ...from, pathNot: [tests, from.pathNot ?? '^$'].flat() }),
  },
  to: typeof to === 'string' ? { path: to } : to,
})
const library = (names) => `(^|node_modules/)(${names})`

const forbidden = [
  {
    name: 'no-circles',
    comment: 'Two files that need each other are one file, or share a third one: types count.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  never(
    'core-is-first',
    'src/core is numbers only: it knows no host, no file format and no user interface. Pass the data in.',
    '^src/core/',
    // A hash is arithmetic too: the keys of stages.
    { pathNot: ['^src/core/', library('@stdlib/|@noble/hashes/|ml-|zod')] },
  ),
  never(
    'zod-by-one-door',
    'Take zod from core/messages/zod.ts: it is set there to build no code from text.',
    { path: '^(src|workers|cli)/', pathNot: '^src/core/messages/zod[.]ts$' },
    library('zod/'),
  ),
  never(
    'core-in-stages',
    'What src/core holds lies in a stage of the data’s way; extract.ts and analyse.ts alone stand above, and nothing in a stage imports them.',
    `^src/core/[^/]+/`,
    { path: '^src/core/', pathNot: `^src/core/${anyOf(stages)}/` },
  ),
  ...stages
    .slice(0, -1)
    .map((stage, i) =>
      never(
        `core-${stage}-looks-back`,
        `core/${stage} comes before what it imports: a stage looks back only along ${stages.slice(0, i + 1).join(' -> ')}.`,
        `^src/core/${stage}/`,
        `^src/core/${anyOf(stages.slice(i + 1))}/`,
      ),
    ),
  never(
    'comlink-in-workers',
    'Only workers/ talks to workers: call a bridge instead of comlink.',
    { pathNot: '^(workers|bench)/' },
    library('comlink'),
  ),
  never(
    'cornerstone-in-viewer',
    'Only src/viewer/ knows cornerstone3D and vtk.js under it: use what src/viewer/index.ts exports.',
    { pathNot: '^src/viewer/' },
    library('@cornerstonejs/|@kitware/vtk'),
  ),
  never(
    'plotly-in-chart',
    'Only src/charts/Chart.tsx knows plotly (its types: figure.ts): make a figure and give it to <Chart>.',
    { pathNot: '^src/charts/(Chart\\.tsx|figure\\.ts|plotly\\.d\\.ts)$' },
    library('plotly|react-plotly'),
  ),
  never(
    'viewer-door',
    'The viewer has one door, src/viewer/index.ts; it is drawn by what drawing.ts loads later.',
    { pathNot: '^src/viewer/' },
    {
      path: '^src/viewer/',
      pathNot: '^src/viewer/(index|drawing)\\.ts$',
    },
  ),
  never(
    'viewer-is-told',
    'The viewer is told what to show; the stores call it.',
    '^src/viewer/',
    '^(src/(state|storage|ui)|workers)/',
  ),
  never(
    'io-is-blind',
    'Files in and out know nothing of the screen, of what is kept and of workers.',
    '^src/io/',
    '^(src/(state|storage|viewer|charts|ui)|workers|cli)/',
  ),
  never(
    'storage-is-quiet',
    'What is kept in the browser knows nothing of the screen and of workers.',
    '^src/storage/',
    '^(src/(state|viewer|charts|ui)|workers|cli)/',
  ),
  never(
    'charts-are-pure',
    'A figure is made from data: charts know neither stores nor workers.',
    '^src/charts/',
    '^(src/(io|state|storage|viewer|ui)|workers|cli)/',
  ),
  never(
    'messages-are-words',
    'A sentence is made from codes and values of the core, io and the workers.',
    { path: '^src/messages/', pathNot: '/made[A-Z]' },
    {
      pathNot: ['^src/messages/', '^src/core/', '^(src/(io|state|storage)|workers)/.*messages\\.ts$'],
    },
  ),
  never(
    'no-sentences-below',
    'The core, io and the workers tell codes and values (messagesOf); what they tell is said by screens and the command line.',
    '^(src/(io|storage|charts)|workers)/',
    '^src/messages/',
  ),
  never(
    'workers-compute',
    'A worker computes; it knows neither stores nor screens.',
    '^workers/',
    '^(src/(state|storage|viewer|charts|ui)|cli)/',
  ),
  never('state-before-screens', 'Stores are watched by screens and know none.', '^src/state/', '^(src/ui|cli)/'),
  never(
    'ui-is-last',
    'Nothing imports the user interface: it is the last in line. Move the shared part down.',
    { pathNot: ['^src/ui/', '^src/(main|page)\\.tsx$'] },
    '^src/ui/',
  ),
  never('ui-shared-first', 'ui/shared is used by all screens and knows none.', '^src/ui/shared/', '^src/ui/(?!shared/)'),
  never(
    'ui-commands-next',
    'ui/commands is used by all screens and knows none.',
    '^src/ui/commands/',
    '^src/ui/(?!shared/|commands/)',
  ),
  never(
    'screens-apart',
    'A screen knows neither another screen nor the shell around it: move what both use to ui/shared.',
    '^src/ui/(study|images|roi|features|analysis)/',
    {
      path: '^src/ui/',
      pathNot: '^src/ui/($1|shared|commands)/',
    },
  ),
  never('cli-is-apart', 'The command line needs no browser.', '^cli/', '^src/(state|storage|viewer|charts|ui)/'),
  never(
    'product-without-tests',
    'Test support is no part of the product.',
    '^(src|workers|cli)/(?!.*(testProgram|runProgram|made[A-Z]|fake[A-Z]))',
    {
      path: ['^(reference|e2e|bench)/', tests, '/(testProgram|runProgram|fake[A-Z][^/]*|made[A-Z][^/]*)\\.ts$'],
    },
  ),
]

export default {
  forbidden,
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^src/core/kernels/assembly/', '^(dist|build)/'] },
  },
}
