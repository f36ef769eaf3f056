import js from '@eslint/js'
import globals from 'globals'
import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** The data's way. A stage may import the stages before it, never those after it. Selection wraps learners, so it imports them. */
const stages = [
  'numeric', 'kernels', 'image', 'mask', 'features', 'extraction', 'statistics', 'cohort', 'table', 'harmonise', 'learn', 'select', 'evaluate', 'analysis', 'report', 'simulate',
]

const outside = (names, message) => ({ group: names, message })

const only = {
  comlink: outside(['comlink'], 'Only workers/ talks to workers: call the compute bridge instead of comlink.'),
  cornerstone: outside(['@cornerstonejs/*'], 'Only src/viewer/ knows cornerstone3D: use what src/viewer/index.ts exports.'),
  plotly: outside(['plotly.js*', 'react-plotly*'], 'Only src/charts/Chart.tsx knows plotly (its types: figure.ts): make a figure and give it to <Chart>.'),
  ui: outside(['**/ui/**', '**/ui'], 'Nothing imports the user interface: it is the last in line. Move the shared part down.'),
}

const hostLibraries = outside(
  ['react*', 'zustand*', 'comlink', '@cornerstonejs/*', 'plotly*', '@mantine/*', '@itk-wasm/*', 'itk-wasm', 'dexie', 'yaml', 'papaparse', 'node:*', 'fs', 'path'],
  'src/core is numbers only: it knows no host, no file format and no user interface. Pass the data in.',
)
const hostFolders = outside(
  ['**/io/**', '**/state/**', '**/storage/**', '**/viewer/**', '**/charts/**', '**/workers/**', '**/cli/**'],
  'src/core is the first in line: it imports nothing from the layers that use it.',
)
const imports = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })

const engineDependentMath = ['log', 'log2', 'log10', 'log1p', 'exp', 'expm1', 'pow', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh', 'hypot', 'cbrt']
const mathMessage = 'Engines differ in the last bit of this function: use the WASM libm through the kernels (sqrt, abs, min, max, floor are exact).'

export default tseslint.config(
  { ignores: ['dist', 'build', 'node_modules', 'src/core/kernels/assembly', 'test-results', 'playwright-report'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: 'error',
    },
  },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  { files: ['src/**/*.{ts,tsx}', 'cli/**/*.ts'], ignores: ['src/core/**', 'src/viewer/**', 'src/ui/**', 'src/io/**', 'src/main.tsx'], rules: imports(only.comlink, only.cornerstone, only.plotly, only.ui) },
  { files: ['src/charts/{Chart.tsx,figure.ts,plotly.d.ts}'], rules: imports(only.comlink, only.cornerstone, only.ui) },
  { files: ['src/io/**/*.ts', 'src/storage/**/*.ts'], rules: imports(only.comlink, only.cornerstone, only.plotly, only.ui, outside(['**/state/**', '**/viewer/**'], 'Files in and out know nothing of the screen.')) },
  { files: ['src/viewer/**/*.{ts,tsx}'], rules: imports(only.comlink, only.plotly, only.ui, outside(['**/state/**'], 'The viewer is told what to show; the stores call it.')) },
  { files: ['src/ui/**/*.{ts,tsx}'], plugins: { 'react-hooks': hooks }, rules: { ...imports(only.comlink, only.cornerstone, only.plotly), ...hooks.configs.recommended.rules,
    // It warns that the React compiler would skip a component that uses TanStack Virtual; that compiler is not used here.
    'react-hooks/incompatible-library': 'off' } },
  { files: ['workers/**/*.ts'], rules: imports(only.cornerstone, only.plotly, only.ui) },
  { files: ['src/core/**/*.ts'], ignores: ['**/*.test.ts'], rules: {
    ...imports(hostLibraries, hostFolders, only.ui),
    'no-restricted-properties': ['error', ...engineDependentMath.map((property) => ({ object: 'Math', property, message: mathMessage })), { object: 'Math', property: 'random', message: 'Random numbers come from a seeded generator passed in.' }],
    'no-restricted-syntax': ['error', { selector: "BinaryExpression[operator='**']", message: mathMessage }],
  } },
  ...stages.map((stage, i) => ({
    files: [`src/core/${stage}/**/*.ts`],
    ignores: ['**/*.test.ts'],
    rules: imports(hostLibraries, hostFolders, only.ui, outside([...stages.slice(i + 1).map((later) => `**/${later}/**`), '../extract', '../extract.ts', '../analyse', '../analyse.ts'],
      `core/${stage} comes before what it imports: a stage may only look back along ${stages.slice(0, i + 1).join(' -> ')}.`)),
  })),
)
