import js from '@eslint/js'
import globals from 'globals'
import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const engineDependentMath = [
  'log',
  'log2',
  'log10',
  'log1p',
  'exp',
  'expm1',
  'pow',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'atan2',
  'sinh',
  'cosh',
  'tanh',
  'hypot',
  'cbrt',
]
const mathMessage =
  'Engines differ in the last bit of this function: use the WASM libm through the kernels (sqrt, abs, min, max, floor are exact).'

/* Which room may import which: rooms.config.mjs. */

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
  { files: ['public/*.js'], languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { project: './tsconfig.lint.json' } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
    },
  },
  {
    files: ['src/ui/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      // It warns that the React compiler would skip a component that uses TanStack Virtual; that compiler is not used here.
      'react-hooks/incompatible-library': 'off',
    },
  },
  {
    files: ['src/core/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...engineDependentMath.map((property) => ({ object: 'Math', property, message: mathMessage })),
        { object: 'Math', property: 'random', message: 'Random numbers come from a seeded generator passed in.' },
      ],
      'no-restricted-syntax': ['error', { selector: "BinaryExpression[operator='**']", message: mathMessage }],
    },
  },
)
