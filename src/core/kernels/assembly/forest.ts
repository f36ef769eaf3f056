import { F64s, I32s, U16s, U8s } from './views'
import { nextInteger } from './random'

// A node waiting to be made: in-bag rows, out-of-bag rows, depth, the parent whose right child it is (or -1), and its cases of both classes.
const waitingInts: i32 = 7

/** Bytes that `growTrees` needs beside its data; to be cleared once before the first tree. */
export function growTreesScratch(rows: i32, columns: i32): i32 {
  return (rows >> 6 << 3) + 8 + 56 * rows + 4 * columns + 4 * waitingInts * (rows + 1) + 10 * rows
}

/**
 * Grows trees of a random forest for two classes, one behind the other, and adds what their out-of-bag rows say. What it does is told
 * in learn/forest.ts.
 * @param codes uint16, column-major: the rank of a value among the distinct values of its column, from 0
 * @param distinct float64, column-major, `rows` places a column: the distinct values of the column, ascending
 * @param labels uint8, 0 or 1 a row
 * @param patients how many there are
 * @param rowsOf uint16 a row, a patient's rows one behind the other; 0 when each patient has one row
 * @param startOf uint16 a patient, and the end: where its rows start in `rowsOf`
 * @param maximumDepth of the root is 0
 * @param draws patients drawn for a tree, each with all its rows, `replace` or not
 * @param states four uint32 a tree: the random numbers of this tree alone
 * @param room nodes that there is room for; at least 2 * rows - 1, the most of a tree
 * @param feature, right int32 a node, in preorder: the column (-1: leaf) and the right child, from the root (0 in a leaf); the left is the next node
 * @param threshold float64 a node: values up to it go left; in a leaf the share of class 1
 * @param nodesOf int32 a tree: written, its number of nodes
 * @param ofRows float64, added to: 3 x rows, of the trees that did not draw a row: sum of shares, sum of votes (one half at a tie), number
 * @param ofColumns float64, added to: 4 x columns, decrease of Gini impurity (in cases), its share of the tree's,
 *   loss of out-of-bag accuracy by permutation (where `permute`), and its square
 * @returns the number of trees grown: fewer than `trees` where the next may not have room
 */
export function growTrees(
  codes: usize, distinct: usize, labels: usize, patients: i32, rowsOf: usize, startOf: usize, rows: i32, columns: i32,
  mtry: i32, minimumNodeSize: i32, maximumDepth: i32, weight0: f64, weight1: f64, draws: i32, replace: bool, permute: bool,
  states: usize, trees: i32, scratch: usize, room: i32, feature: usize, right: usize, threshold: usize, nodesOf: usize, ofRows: usize, ofColumns: usize,
): i32 {
  let grown = 0
  for (let used = 0; grown < trees && used + 2 * rows - 1 <= room; grown++) {
    const nodes = growTree(
      codes, distinct, labels, patients, rowsOf, startOf, rows, columns, mtry, minimumNodeSize, maximumDepth, weight0, weight1, draws, replace, permute,
      states + (<usize>grown << 4), scratch, feature + (<usize>used << 2), right + (<usize>used << 2), threshold + (<usize>used << 3), ofRows, ofColumns,
    )
    store<i32>(nodesOf + (<usize>grown << 2), nodes)
    used += nodes
  }
  return grown
}

/** One tree. Returns the number of its nodes. */
function growTree(
  codes: usize, distinct: usize, labels: usize, patients: i32, rowsOf: usize, startOf: usize, rows: i32, columns: i32,
  mtry: i32, minimumNodeSize: i32, maximumDepth: i32, weight0: f64, weight1: f64, draws: i32, replace: bool, permute: bool,
  state: usize, scratch: usize, feature: usize, right: usize, threshold: usize, ofRows: usize, ofColumns: usize,
): i32 {
  const label = changetype<U8s>(labels)
  const featureOf = changetype<I32s>(feature)
  const rightOf = changetype<I32s>(right)
  const thresholdOf = changetype<F64s>(threshold)
  const places: usize = rows
  const present = scratch
  const decreaseOf = changetype<F64s>(present + (places >> 6 << 3) + 8)
  const counts = changetype<usize>(decreaseOf) + 16 * places
  const weightOf = changetype<I32s>(counts + 4 * places)
  const cutOf = changetype<I32s>(counts + 8 * places)
  const endOf = changetype<I32s>(counts + 16 * places)
  const outFrom = changetype<I32s>(counts + 24 * places)
  const outTo = changetype<I32s>(counts + 32 * places)
  const order = changetype<I32s>(counts + 40 * places)
  const waiting = changetype<I32s>(changetype<usize>(order) + 4 * <usize>columns)
  const inside = changetype<U16s>(changetype<usize>(waiting) + 4 * waitingInts * (places + 1))
  const outside = changetype<U16s>(changetype<usize>(inside) + 2 * places)
  const shuffled = changetype<U16s>(changetype<usize>(outside) + 2 * places)
  const moved = changetype<U16s>(changetype<usize>(shuffled) + 2 * places)
  const voteOf = changetype<U8s>(changetype<usize>(moved) + 2 * places)

  drawPatients(weightOf, label, rows, patients, rowsOf, startOf, draws, replace, state, inside)
  let drawn = 0
  let left = 0
  let cases: u32 = 0
  for (let row = 0; row < rows; row++) {
    cases += <u32>weightOf[row]
    if (weightOf[row]) inside[drawn++] = <u16>row
    else outside[left++] = <u16>row
  }
  for (let j = 0; j < columns; j++) order[j] = j

  let nodes = 0
  let total: f64 = 0
  let depthOfStack = 1
  waiting[0] = 0; waiting[1] = drawn; waiting[2] = 0; waiting[3] = left; waiting[4] = 0; waiting[5] = -1; waiting[6] = <i32>cases
  while (depthOfStack) {
    const top = --depthOfStack * waitingInts
    const from = waiting[top], to = waiting[top + 1], oobFrom = waiting[top + 2], oobTo = waiting[top + 3], depth = waiting[top + 4]
    if (waiting[top + 5] >= 0) rightOf[waiting[top + 5]] = nodes
    const node = nodes++
    outFrom[node] = oobFrom
    outTo[node] = oobTo

    const all = <u32>waiting[top + 6]
    const cases0 = all & 0xffff, cases1 = all >>> 16
    const total0 = <f64>cases0 * weight0, total1 = <f64>cases1 * weight1
    let best = -1, low = 0, high = 0
    let bestOver: f64 = -1, bestUnder: f64 = 1
    let bestBelow: u32 = 0
    if (cases0 && cases1 && <i32>(cases0 + cases1) > minimumNodeSize && depth < maximumDepth) {
      for (let k = 0; k < mtry; k++) {
        const swap = k + <i32>nextInteger(state, columns - k)
        const column = order[swap]
        order[swap] = order[k]
        order[k] = column
        const code = changetype<U16s>(codes + (<usize>column * places << 1))
        // Bucket sort: counts of both classes by code, and a bit for each code that is there.
        let first = rows, last = 0
        for (let i = from; i < to; i++) {
          const row = inside[i]
          const c = <usize>code[row]
          store<u32>(counts + (c << 2), load<u32>(counts + (c << 2)) + <u32>weightOf[row])
          const word = present + (c >> 6 << 3)
          store<u64>(word, load<u64>(word) | (<u64>1 << (<u64>c & 63)))
          first = min(first, <i32>c)
          last = max(last, <i32>c)
        }
        let below: u32 = 0
        let previous = 0
        for (let w = first >> 6; w <= last >> 6; w++) {
          const word = present + (<usize>w << 3)
          let bits = load<u64>(word)
          store<u64>(word, 0)
          while (bits) {
            const c = (w << 6) + <i32>ctz(bits)
            bits &= bits - 1
            if (below) {
              const above = all - below
              const a0 = <f64>(below & 0xffff) * weight0, a1 = <f64>(below >>> 16) * weight1
              const b0 = <f64>(above & 0xffff) * weight0, b1 = <f64>(above >>> 16) * weight1
              // The decrease of impurity is 2 over / (under * (total0 + total1)); compared without dividing.
              const difference = a1 * total0 - a0 * total1
              const over = difference * difference
              const under = (a0 + a1) * (b0 + b1)
              if (over * bestUnder > bestOver * under) {
                bestOver = over
                bestUnder = under
                bestBelow = below
                best = column
                low = previous
                high = c
              }
            }
            previous = c
            const place = counts + (<usize>c << 2)
            below += load<u32>(place)
            store<u32>(place, 0)
          }
        }
      }
    }
    featureOf[node] = best
    if (best < 0) {
      const share = total1 / (total0 + total1)
      thresholdOf[node] = share
      rightOf[node] = 0
      const vote = share > 0.5 ? 2 : share < 0.5 ? 0 : 1
      voteOf[node] = <u8>vote
      for (let i = oobFrom; i < oobTo; i++) {
        const at = ofRows + (<usize>outside[i] << 3)
        store<f64>(at, load<f64>(at) + share)
        const second = at + (places << 3)
        store<f64>(second, load<f64>(second) + 0.5 * <f64>vote)
        const third = at + (places << 4)
        store<f64>(third, load<f64>(third) + 1)
      }
      continue
    }
    const value = changetype<F64s>(distinct + (<usize>best * places << 3))
    const cutValue = midpoint(value[low], value[high])
    // Out-of-bag rows may lie between the two values: the cut among all codes.
    let cut = low
    while (cut + 1 < high && value[cut + 1] <= cutValue) cut++
    thresholdOf[node] = cutValue
    cutOf[node] = cut
    const decrease = 2 * bestOver / (bestUnder * (total0 + total1))
    decreaseOf[node] = decrease
    total += decrease

    const code = changetype<U16s>(codes + (<usize>best * places << 1))
    const middle = partition(inside, from, to, code, cut, moved)
    const oobMiddle = partition(outside, oobFrom, oobTo, code, cut, moved)
    const next = depthOfStack * waitingInts
    waiting[next] = middle; waiting[next + 1] = to; waiting[next + 2] = oobMiddle; waiting[next + 3] = oobTo
    waiting[next + 4] = depth + 1; waiting[next + 5] = node; waiting[next + 6] = <i32>(all - bestBelow)
    waiting[next + 7] = from; waiting[next + 8] = middle; waiting[next + 9] = oobFrom; waiting[next + 10] = oobMiddle
    waiting[next + 11] = depth + 1; waiting[next + 12] = -1; waiting[next + 13] = <i32>bestBelow
    depthOfStack += 2
  }

  const gini = changetype<F64s>(ofColumns)
  const giniShare = changetype<F64s>(ofColumns + (<usize>columns << 3))
  for (let node = 0; node < nodes; node++) {
    const column = featureOf[node]
    if (column < 0) continue
    gini[column] = gini[column] + decreaseOf[node]
    if (total > 0) giniShare[column] = giniShare[column] + decreaseOf[node] / total
  }
  if (permute && left > 0)
    permuteColumns(codes, label, rows, columns, nodes, left, state, featureOf, rightOf, cutOf, endOf, outFrom, outTo, order, changetype<I32s>(changetype<usize>(decreaseOf)), outside, shuffled, voteOf, ofColumns + (<usize>columns << 4))
  return nodes
}

/** Times that each row is drawn, with its patient: of class 0 in the lower, of class 1 in the upper 16 bits of `weightOf`. */
function drawPatients(weightOf: I32s, label: U8s, rows: i32, patients: i32, rowsOf: usize, startOf: usize, draws: i32, replace: bool, state: usize, pool: U16s): void {
  for (let row = 0; row < rows; row++) weightOf[row] = 0
  if (replace) {
    for (let i = 0; i < draws; i++) addPatient(weightOf, label, <i32>nextInteger(state, patients), rowsOf, startOf)
    return
  }
  for (let patient = 0; patient < patients; patient++) pool[patient] = <u16>patient
  for (let i = 0; i < draws; i++) {
    const j = i + <i32>nextInteger(state, patients - i)
    const patient = pool[j]
    pool[j] = pool[i]
    addPatient(weightOf, label, patient, rowsOf, startOf)
  }
}

@inline
function addPatient(weightOf: I32s, label: U8s, patient: i32, rowsOf: usize, startOf: usize): void {
  if (!rowsOf) {
    weightOf[patient] = weightOf[patient] + (label[patient] ? 0x10000 : 1)
    return
  }
  const start = changetype<U16s>(startOf)
  for (let at = <i32>start[patient]; at < <i32>start[patient + 1]; at++) {
    const row = changetype<U16s>(rowsOf)[at]
    weightOf[row] = weightOf[row] + (label[row] ? 0x10000 : 1)
  }
}

/** Never the upper value, so that both sides keep their rows; no overflow. */
function midpoint(low: f64, high: f64): f64 {
  const middle = low / 2 + high / 2
  return middle >= low && middle < high ? middle : low
}

/** Rows with a code up to `cut` first, order kept. Returns where the others start. */
function partition(rows: U16s, from: i32, to: i32, code: U16s, cut: i32, moved: U16s): i32 {
  let kept = from, put = 0
  for (let i = from; i < to; i++) {
    const row = rows[i]
    const isLeft = <i32>(<i32>code[row] <= cut)
    rows[kept] = row
    moved[put] = row
    kept += isLeft
    put += 1 - isLeft
  }
  memory.copy(changetype<usize>(rows) + (<usize>kept << 1), changetype<usize>(moved), <usize>put << 1)
  return kept
}

/**
 * For each column that the tree uses: the share of out-of-bag rows that are classified right no longer when the column's values
 * are shuffled among them. Only rows that reach a split on the column can change, and only from there on.
 */
function permuteColumns(
  codes: usize, label: U8s, rows: i32, columns: i32, nodes: i32, left: i32, state: usize,
  featureOf: I32s, rightOf: I32s, cutOf: I32s, endOf: I32s, outFrom: I32s, outTo: I32s, firstOf: I32s, nextOf: I32s,
  outside: U16s, shuffled: U16s, voteOf: U8s, sums: usize,
): void {
  const loss = changetype<F64s>(sums)
  const square = changetype<F64s>(sums + (<usize>columns << 3))
  const columnBytes = <usize>rows << 1
  for (let j = 0; j < columns; j++) firstOf[j] = -1
  for (let node = nodes - 1; node >= 0; node--) {
    const column = featureOf[node]
    if (column < 0) {
      endOf[node] = node + 1
      continue
    }
    endOf[node] = endOf[rightOf[node]]
    nextOf[node] = firstOf[column]
    firstOf[column] = node
  }
  for (let i = 0; i < left; i++) shuffled[i] = <u16>i
  for (let node = 0; node < nodes; node++) {
    const column = featureOf[node]
    if (column < 0 || firstOf[column] != node) continue
    for (let i = left - 1; i > 0; i--) {
      const j = <i32>nextInteger(state, i + 1)
      const kept = shuffled[i]
      shuffled[i] = shuffled[j]
      shuffled[j] = kept
    }
    const code = changetype<U16s>(codes + <usize>column * columnBytes)
    let lost = 0
    let end = 0
    for (let split = node; split >= 0; split = nextOf[split]) {
      if (split < end) continue
      end = endOf[split]
      const cut = cutOf[split]
      const isOnly = nextOf[split] < 0 || nextOf[split] >= end
      for (let i = outFrom[split]; i < outTo[split]; i++) {
        const row = outside[i]
        const given = <i32>code[outside[shuffled[i]]]
        const own = <i32>code[row]
        if (isOnly && own <= cut == given <= cut) continue
        const gained = <i32>voteOf[leafOf(codes, columnBytes, row, column, given, split, featureOf, rightOf, cutOf)]
        const had = <i32>voteOf[leafOf(codes, columnBytes, row, column, own, split, featureOf, rightOf, cutOf)]
        lost += label[row] ? had - gained : gained - had
      }
    }
    const share = <f64>lost / <f64>(2 * left)
    loss[column] = loss[column] + share
    square[column] = square[column] + share * share
  }
}

@inline
function leafOf(codes: usize, columnBytes: usize, row: u16, column: i32, given: i32, node: i32, featureOf: I32s, rightOf: I32s, cutOf: I32s): i32 {
  for (let split = featureOf[node]; split >= 0; split = featureOf[node]) {
    const code = split == column ? given : <i32>load<u16>(codes + <usize>split * columnBytes + (<usize>row << 1))
    node = code <= cutOf[node] ? node + 1 : rightOf[node]
  }
  return node
}
