export interface Separation {
  /** Complete: a plane divides the classes. Quasi-complete: some patients of both classes lie on the plane. */
  readonly kind: 'complete' | 'quasi-complete'
  /** Columns whose coefficients have no finite estimate. */
  readonly columns: readonly number[]
}

const slack = 1e-9
const separated = 1e-5

/**
 * Finds out by linear programming whether a weighted sum of the columns and a constant is never against, and for some
 * patients in favour of, the class they have: then the likelihood of a logistic regression has no maximum (Albert and
 * Anderson 1984, Biometrika 71:1; the programme is that of Konis 2007, section 4). The sum over the patients not yet found
 * separable is maximised with coefficients in [-1, 1] until no more are found, so that "complete" is decided exactly.
 * @param values rows by columns, column-major, without the intercept
 * @param outcome 0 or 1 a row
 * @returns null when estimates are finite
 */
export function findSeparation(values: Float64Array, outcome: ArrayLike<number>): Separation | null {
  const rows = outcome.length
  const columns = values.length / rows + 1
  const signed = signRows(values, outcome)
  const direction = new Float64Array(columns)
  const found = new Uint8Array(rows)
  for (let more = true; more;) {
    const solution = maximiseInCone(signed, rows, (row) => !found[row])
    more = false
    for (let i = 0; i < rows; i++) {
      let value = 0
      for (let j = 0; j < columns; j++) value += signed[j * rows + i] * solution[j]
      if (value <= separated || found[i]) continue
      found[i] = 1
      more = true
    }
    if (more) solution.forEach((value, j) => (direction[j] += value))
  }
  if (!found.includes(1)) return null
  return {
    kind: found.includes(0) ? 'quasi-complete' : 'complete',
    columns: Array.from({ length: columns - 1 }, (_, j) => j).filter((j) => Math.abs(direction[j + 1]) > separated),
  }
}

/**
 * Of the columns that separate the classes, as many as it takes, none of which can be left out: a dividing plane leans on every column
 * a little, also on those that are not needed.
 */
export function findSeparatingColumns(
  values: Float64Array,
  outcome: ArrayLike<number>,
  { kind, columns }: Separation,
): readonly number[] {
  const rows = outcome.length
  return columns.reduce<readonly number[]>((kept, column) => {
    const rest = kept.filter((j) => j !== column)
    const part = new Float64Array(rest.length * rows)
    rest.forEach((j, at) => part.set(values.subarray(j * rows, (j + 1) * rows), at * rows))
    return findSeparation(part, outcome)?.kind === kind ? rest : kept
  }, columns)
}

/** A column of ones and the columns, centred and at most 1; rows of class 0 with the other sign. */
function signRows(values: Float64Array, outcome: ArrayLike<number>): Float64Array {
  const rows = outcome.length
  const signed = new Float64Array(rows + values.length).fill(1, 0, rows)
  for (let from = 0; from < values.length; from += rows) {
    const column = values.subarray(from, from + rows)
    const lowest = column.reduce((a, b) => Math.min(a, b))
    const range = column.reduce((a, b) => Math.max(a, b)) - lowest
    if (range > 0) for (let i = 0; i < rows; i++) signed[rows + from + i] = (2 * (column[i] - lowest)) / range - 1
    else signed.fill(0, rows + from, rows + from + rows)
  }
  return signed.map((value, at) => (outcome[at % rows] === 1 ? value : -value))
}

/**
 * Greatest sum of A b over the chosen rows with A b >= 0 for all rows and b in [-1, 1]. Simplex method on b = p - q with
 * p, q >= 0; the zeros on the right are lifted a little, each differently, so that it cannot go in circles.
 */
function maximiseInCone(a: Float64Array, rows: number, chosen: (row: number) => boolean): Float64Array {
  const columns = a.length / rows
  const free = 2 * columns
  const constraints = rows + free
  const width = free + 1
  // Each line: a basic variable in terms of the non-basic ones (line * width + column), its value in the last place.
  const tableau = new Float64Array((constraints + 1) * width)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      tableau[i * width + j] = -a[j * rows + i]
      tableau[i * width + columns + j] = a[j * rows + i]
    }
    tableau[i * width + free] = slack * (1 + i / rows)
  }
  for (let j = 0; j < free; j++) {
    tableau[(rows + j) * width + j] = 1
    tableau[(rows + j) * width + free] = 1
  }
  const goal = constraints * width
  for (let i = 0; i < rows; i++) if (chosen(i)) for (let j = 0; j < free; j++) tableau[goal + j] += tableau[i * width + j]
  // Variables 0 to free - 1 are p and q, the others the slacks of the constraints.
  const basic = Int32Array.from({ length: constraints }, (_, i) => free + i)
  const nonBasic = Int32Array.from({ length: free }, (_, j) => j)
  for (let column = steepest(tableau, goal, free); column >= 0; column = steepest(tableau, goal, free)) {
    const line = firstToBind(tableau, constraints, width, column)
    pivot(tableau, constraints + 1, width, line, column)
    const entered = nonBasic[column]
    nonBasic[column] = basic[line]
    basic[line] = entered
  }
  const solution = new Float64Array(columns)
  basic.forEach((variable, line) => {
    if (variable < free) solution[variable % columns] += (variable < columns ? 1 : -1) * tableau[line * width + free]
  })
  return solution
}

/** The non-basic variable by which the goal grows fastest, or -1 at the optimum. */
function steepest(tableau: Float64Array, goal: number, free: number): number {
  let best = -1
  let lowest = -slack
  for (let j = 0; j < free; j++)
    if (tableau[goal + j] < lowest) {
      lowest = tableau[goal + j]
      best = j
    }
  return best
}

function firstToBind(tableau: Float64Array, constraints: number, width: number, column: number): number {
  let best = -1
  let least = Infinity
  for (let i = 0; i < constraints; i++) {
    const slope = tableau[i * width + column]
    if (slope <= slack) continue
    const ratio = tableau[i * width + width - 1] / slope
    if (ratio < least) {
      least = ratio
      best = i
    }
  }
  return best
}

function pivot(tableau: Float64Array, lines: number, width: number, line: number, column: number) {
  const at = line * width
  const inverse = 1 / tableau[at + column]
  for (let j = 0; j < width; j++) tableau[at + j] *= inverse
  tableau[at + column] = inverse
  for (let i = 0; i < lines; i++) {
    const factor = tableau[i * width + column]
    if (i === line || factor === 0) continue
    for (let j = 0; j < width; j++) tableau[i * width + j] -= factor * tableau[at + j]
    tableau[i * width + column] = -factor * inverse
  }
}
