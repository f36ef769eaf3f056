import { F64s, I32s, U16s, U8s } from './views'
import { fillIntegers, nextInteger } from './random'

// A node waiting to be made: in-bag rows, out-of-bag rows, depth, the parent whose right child it is (or -1), and its cases of both classes.
const waitingInts: i32 = 7

// In nodes of so few rows, to compare each with each other is faster than sorting them.
const mostPairs: i32 = 24
// Where a column has so many codes for each row of a node, it is faster to sort by the codes that are there than to go through all codes.
const mostCodesPerRow: i32 = 16
// Cases of both classes fit into bytes, and quotients are equal exactly where the fractions are, and in the same order.
const mostCases: u32 = 255

/** Bytes that `growTrees` needs beside its data; to be cleared once before the first tree. */
export function growTreesScratch(rows: i32, columns: i32): i32 {
  return 16 * wholeVectors(rows) + (rows >> 6 << 3) + 8 + 56 * rows + 4 * columns + 4 * waitingInts * (rows + 1) + 12 * rows + 32 + 4096
}

/** Places for the codes and cuts of a node, and a vector behind. */
@inline
function wholeVectors(rows: i32): i32 {
  return max(rows, mostPairs) + 15 & ~7
}

/**
 * Grows trees of a random forest for two classes, one behind the other, and adds what their out-of-bag rows say. What it does is told
 * in learn/forest.ts.
 * @param codes uint16, column-major: the rank of a value among the distinct values of its column, from 0
 * @param distinct float64, column-major, `rows` places a column: the distinct values of the column, ascending
 * @param labels uint8, 0 or 1 a row
 * @param patients how many there are; rows that are nobody's are never drawn
 * @param rowsOf uint16 a row, a patient's rows one behind the other; 0 when each of the first rows is a patient
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
  fillOrders(scratch)
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
  const vectors: usize = wholeVectors(rows)
  const orders = scratch
  const ownCodes = orders + 4096
  const ownWeights = ownCodes + 2 * vectors
  const aboves = ownWeights + 2 * vectors
  const byteCounts = aboves + 2 * vectors
  const quotients = byteCounts + 2 * vectors
  const counts = quotients + 8 * vectors
  const present = counts + 4 * places
  const decreaseOf = changetype<F64s>(present + (places >> 6 << 3) + 8)
  const cutOf = changetype<I32s>(changetype<usize>(decreaseOf) + 16 * places)
  const endOf = changetype<I32s>(changetype<usize>(cutOf) + 8 * places)
  const outFrom = changetype<I32s>(changetype<usize>(endOf) + 8 * places)
  const outTo = changetype<I32s>(changetype<usize>(outFrom) + 8 * places)
  const weightOf = changetype<I32s>(changetype<usize>(outTo) + 8 * places)
  const order = changetype<I32s>(changetype<usize>(weightOf) + 4 * places)
  const waiting = changetype<I32s>(changetype<usize>(order) + 4 * <usize>columns)
  const inside = changetype<U16s>(changetype<usize>(waiting) + 4 * waitingInts * (places + 1))
  const outside = changetype<U16s>(changetype<usize>(inside) + 2 * places)
  const shuffled = changetype<U16s>(changetype<usize>(outside) + 2 * places)
  const moved = changetype<U16s>(changetype<usize>(shuffled) + 2 * places)
  const byteWeightOf = changetype<U16s>(changetype<usize>(moved) + 2 * places + 32)
  const voteOf = changetype<U8s>(changetype<usize>(byteWeightOf) + 2 * places)

  drawPatients(weightOf, label, rows, patients, rowsOf, startOf, draws, replace, state, inside, quotients)
  let drawn = 0
  let left = 0
  let cases: u32 = 0
  for (let row = 0; row < rows; row++) {
    const weight = weightOf[row]
    cases += <u32>weight
    byteWeightOf[row] = <u16>(weight | weight >>> 8)
    inside[drawn] = <u16>row
    outside[left] = <u16>row
    drawn += <i32>(weight != 0)
    left += <i32>(weight == 0)
  }
  for (let j = 0; j < columns; j++) order[j] = j
  const unweighted = weight0 == 1 && weight1 == 1

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
      const size = to - from
      const fitsBytes = unweighted && max(cases0, cases1) <= mostCases
      const byPairs = fitsBytes && size <= mostPairs
      const byCodes = fitsBytes && rows <= size * mostCodesPerRow
      if (byPairs) gatherOwn(inside, from, to, byteWeightOf, false, ownWeights)
      let bestQuotient: f64 = -1
      for (let k = 0; k < mtry; k++) {
        const swap = k + <i32>nextInteger(state, columns - k)
        const column = order[swap]
        order[swap] = order[k]
        order[k] = column
        const code = changetype<U16s>(codes + (<usize>column * places << 1))
        if (byPairs || byCodes) {
          let cuts = size
          if (byPairs) {
            gatherOwn(inside, from, to, code, true, ownCodes)
            comparePairs(ownCodes, ownWeights, size, aboves)
          } else {
            cuts = sortByCodes(inside, from, to, code, byteWeightOf, byteCounts, rows, orders, ownCodes, ownWeights)
            sumAbove(ownWeights, cuts, cases0 | cases1 << 8, aboves)
          }
          const quotient = weighCuts(aboves, cuts, cases0, cases1, quotients)
          if (quotient > bestQuotient) {
            const found = firstCut(ownCodes, aboves, quotients, cuts, quotient)
            const above = <u32>(found >>> 32)
            bestQuotient = quotient
            bestBelow = all - (above & 0xff | above >>> 8 << 16)
            best = column
            low = <i32>(found & 0xffff)
            high = <i32>(found >>> 16 & 0xffff)
          }
          continue
        }
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
              const over = overOf(below, total0, total1, weight0, weight1)
              const under = underOf(below, all, weight0, weight1)
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
    const code = changetype<U16s>(codes + (<usize>best * places << 1))
    const middle = partition(inside, from, to, code, low, moved, orders)
    const value = changetype<F64s>(distinct + (<usize>best * places << 3))
    const cutValue = midpoint(value[low], value[high])
    // Out-of-bag rows may lie between the two values: the cut among all codes.
    let cut = low
    while (cut + 1 < high && value[cut + 1] <= cutValue) cut++
    thresholdOf[node] = cutValue
    cutOf[node] = cut
    const over = overOf(bestBelow, total0, total1, weight0, weight1)
    const under = underOf(bestBelow, all, weight0, weight1)
    const decrease = 2 * over / (under * (total0 + total1))
    decreaseOf[node] = decrease
    total += decrease

    const oobMiddle = partition(outside, oobFrom, oobTo, code, cut, moved, orders)
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
function drawPatients(weightOf: I32s, label: U8s, rows: i32, patients: i32, rowsOf: usize, startOf: usize, draws: i32, replace: bool, state: usize, pool: U16s, integers: usize): void {
  for (let row = 0; row < rows; row++) weightOf[row] = 0
  if (replace) {
    fillIntegers(state, patients, draws, integers)
    for (let i = 0; i < draws; i++) addPatient(weightOf, label, load<i32>(integers + (<usize>i << 2)), rowsOf, startOf)
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

/** For each set of right ones among eight: the order that puts the others first, both kept in order, as bytes of eight uint16. */
function fillOrders(orders: usize): void {
  for (let set = 0; set < 256; set++) {
    let left = orders + (<usize>set << 4)
    let right = left + (8 - popcnt(set) << 1)
    for (let i = 0; i < 8; i++) {
      const bytes = <u16>(2 * i | 2 * i + 1 << 8)
      if (set >> i & 1) {
        store<u16>(right, bytes)
        right += 2
      } else {
        store<u16>(left, bytes)
        left += 2
      }
    }
  }
}

/**
 * Rows with a code up to `cut` first, order kept. Returns where the others start. Rows are taken eight at a time; those behind the last are written
 * back to their places.
 */
function partition(rows: U16s, from: i32, to: i32, code: U16s, cut: i32, moved: U16s, orders: usize): i32 {
  const limit = i16x8.splat(<i16>(cut ^ 0x8000))
  let at = changetype<usize>(rows) + (<usize>from << 1)
  const end = changetype<usize>(rows) + (<usize>to << 1)
  let kept = at
  let put = changetype<usize>(moved)
  for (; at < end; at += 16) {
    const some = v128.load(at)
    const isRight = v128.or(i16x8.gt_s(signed(gatherEight(at, code)), limit), i16x8.le_s(i16x8.splat(<i16>min<usize>(end - at >> 1, 8)), eight()))
    const set = i16x8.bitmask(isRight)
    v128.store(kept, i8x16.swizzle(some, v128.load(orders + (<usize>set << 4))))
    v128.store(put, i8x16.swizzle(some, v128.load(orders + (<usize>(set ^ 0xff) << 4))))
    const right = <usize>popcnt(set) << 1
    kept += 16 - right
    put += right
  }
  v128.store(put, v128.load(at))
  for (let i: usize = 0; changetype<usize>(moved) + i < put; i += 16) v128.store(kept + i, v128.load(changetype<usize>(moved) + i))
  return <i32>(kept - changetype<usize>(rows) >> 1)
}

/** Values of the eight rows from `rows` on. */
@inline
function gatherEight(rows: usize, values: U16s): v128 {
  const at = changetype<usize>(values)
  let eight = v128.load_splat<u16>(at + (<usize>load<u16>(rows) << 1))
  eight = v128.load_lane<u16>(at + (<usize>load<u16>(rows, 2) << 1), eight, 1)
  eight = v128.load_lane<u16>(at + (<usize>load<u16>(rows, 4) << 1), eight, 2)
  eight = v128.load_lane<u16>(at + (<usize>load<u16>(rows, 6) << 1), eight, 3)
  eight = v128.load_lane<u16>(at + (<usize>load<u16>(rows, 8) << 1), eight, 4)
  eight = v128.load_lane<u16>(at + (<usize>load<u16>(rows, 10) << 1), eight, 5)
  eight = v128.load_lane<u16>(at + (<usize>load<u16>(rows, 12) << 1), eight, 6)
  return v128.load_lane<u16>(at + (<usize>load<u16>(rows, 14) << 1), eight, 7)
}

@inline
function eight(): v128 {
  return i16x8(0, 1, 2, 3, 4, 5, 6, 7)
}

/** Unsigned numbers as signed ones in the same order. */
@inline
function signed(codes: v128): v128 {
  return v128.xor(codes, i16x8.splat(-0x8000))
}

// The decrease of impurity by a cut is 2 over / (under * (total0 + total1)).
@inline
function overOf(below: u32, total0: f64, total1: f64, weight0: f64, weight1: f64): f64 {
  const difference = <f64>(below >>> 16) * weight1 * total0 - <f64>(below & 0xffff) * weight0 * total1
  return difference * difference
}

@inline
function underOf(below: u32, all: u32, weight0: f64, weight1: f64): f64 {
  const above = all - below
  return (<f64>(below & 0xffff) * weight0 + <f64>(below >>> 16) * weight1) * (<f64>(above & 0xffff) * weight0 + <f64>(above >>> 16) * weight1)
}

/** Values of a node's rows; the last vector is filled with zeros, or with the greatest where they are codes, which are made signed. */
@inline
function gatherOwn(rows: U16s, from: i32, to: i32, values: U16s, areCodes: bool, target: usize): void {
  for (let i = from; i < to; i += 8, target += 16) {
    const own = gatherEight(changetype<usize>(rows) + (<usize>i << 1), values)
    const isOwn = i16x8.gt_s(i16x8.splat(<i16>(to - i)), eight())
    v128.store(target, areCodes ? v128.bitselect(signed(own), i16x8.splat(0x7fff), isOwn) : v128.and(own, isOwn))
  }
}

/** Writes the cases above each row's code, without sorting: every row is compared with every other. */
function comparePairs(codes: usize, weights: usize, count: i32, aboves: usize): void {
  const ends = codes + (<usize>count << 1)
  for (let at = codes; at < ends; at += 16, aboves += 16) {
    const own = v128.load(at)
    let above = i16x8.splat(0)
    for (let other = codes, weight = weights; other < ends; other += 16, weight += 16) {
      const first = i16x8.add(weighAbove(own, other, weight), weighAbove(own, other + 2, weight + 2))
      const second = i16x8.add(weighAbove(own, other + 4, weight + 4), weighAbove(own, other + 6, weight + 6))
      const third = i16x8.add(weighAbove(own, other + 8, weight + 8), weighAbove(own, other + 10, weight + 10))
      const fourth = i16x8.add(weighAbove(own, other + 12, weight + 12), weighAbove(own, other + 14, weight + 14))
      above = i16x8.add(above, i16x8.add(i16x8.add(first, second), i16x8.add(third, fourth)))
    }
    v128.store(aboves, above)
  }
}

@inline
function weighAbove(own: v128, other: usize, weight: usize): v128 {
  return v128.and(i16x8.gt_s(v128.load_splat<u16>(other), own), v128.load_splat<u16>(weight))
}

/** Writes the codes of a node's rows, ascending, each once, and their cases. `counts` are zero before and after. Returns how many codes there are. */
function sortByCodes(rows: U16s, from: i32, to: i32, code: U16s, weightOf: U16s, counts: usize, codes: i32, orders: usize, ownCodes: usize, ownWeights: usize): i32 {
  for (let i = from; i < to; i++) {
    const row = rows[i]
    const place = counts + (<usize>code[row] << 1)
    store<u16>(place, load<u16>(place) + weightOf[row])
  }
  let some = signed(eight())
  let found: usize = 0
  for (let at: usize = 0; at < <usize>codes << 1; at += 16) {
    const count = v128.load(counts + at)
    v128.store(counts + at, i16x8.splat(0))
    const absent = i16x8.bitmask(i16x8.eq(count, i16x8.splat(0)))
    const order = v128.load(orders + (<usize>absent << 4))
    v128.store(ownCodes + found, i8x16.swizzle(some, order))
    v128.store(ownWeights + found, i8x16.swizzle(count, order))
    some = i16x8.add(some, i16x8.splat(8))
    found += 16 - (<usize>popcnt(absent) << 1)
  }
  v128.store(ownCodes + found, i16x8.splat(0x7fff))
  v128.store(ownWeights + found, i16x8.splat(0))
  return <i32>(found >> 1)
}

/** Writes the cases above each of ascending codes. `all`: cases of both classes, as bytes. */
function sumAbove(weights: usize, count: i32, all: u32, aboves: usize): void {
  const none = i16x8.splat(0)
  let left = i16x8.splat(<i16>all)
  for (const ends = weights + (<usize>count << 1); weights < ends; weights += 16, aboves += 16) {
    const one = v128.load(weights)
    const two = i16x8.add(one, v128.shuffle<i16>(none, one, 0, 8, 9, 10, 11, 12, 13, 14))
    const four = i16x8.add(two, v128.shuffle<i16>(none, two, 0, 1, 8, 9, 10, 11, 12, 13))
    const below = i16x8.add(four, v128.shuffle<i16>(none, four, 0, 1, 2, 3, 8, 9, 10, 11))
    const above = i16x8.sub(left, below)
    v128.store(aboves, above)
    left = v128.shuffle<i16>(above, above, 7, 7, 7, 7, 7, 7, 7, 7)
  }
}

/**
 * Writes over / under of each cut; NaN where nothing is above it.
 * @returns the greatest quotient, -1 when there is no cut
 */
function weighCuts(aboves: usize, count: i32, cases0: u32, cases1: u32, quotients: usize): f64 {
  const cross = i32x4.splat(<i32>(cases0 << 16 | (0 - cases1) & 0xffff))
  const cases = i32x4.splat(<i32>(cases0 + cases1))
  let best = f64x2.splat(-1)
  for (const ends = aboves + (<usize>count << 1); aboves < ends; aboves += 16, quotients += 64) {
    const above = v128.load(aboves)
    const zeros = v128.and(above, i16x8.splat(0xff))
    const ones = i16x8.shr_u(above, 8)
    best = f64x2.pmax(best, weighFour(v128.shuffle<i16>(zeros, ones, 0, 8, 1, 9, 2, 10, 3, 11), cross, cases, quotients))
    best = f64x2.pmax(best, weighFour(v128.shuffle<i16>(zeros, ones, 4, 12, 5, 13, 6, 14, 7, 15), cross, cases, quotients + 32))
  }
  return max(f64x2.extract_lane(best, 0), f64x2.extract_lane(best, 1))
}

/** Quotients of four cuts. `pairs`: cases above of class 0 and 1, in turn. Returns the greater ones of two and two. */
@inline
function weighFour(pairs: v128, cross: v128, cases: v128, target: usize): v128 {
  const difference = i32x4.dot_i16x8_s(pairs, cross)
  const above = i32x4.dot_i16x8_s(pairs, i16x8.splat(1))
  const under = i32x4.dot_i16x8_s(above, i32x4.sub(cases, above))
  const low = weighTwo(difference, under)
  const high = weighTwo(v128.shuffle<i32>(difference, difference, 2, 3, 2, 3), v128.shuffle<i32>(under, under, 2, 3, 2, 3))
  v128.store(target, low)
  v128.store(target, high, 16)
  return f64x2.pmax(f64x2.pmax(f64x2.splat(-1), low), high)
}

@inline
function weighTwo(difference: v128, under: v128): v128 {
  const root = f64x2.convert_low_i32x4_s(difference)
  return f64x2.div(f64x2.mul(root, root), f64x2.convert_low_i32x4_s(under))
}

/** The least code among those with the quotient, in 16 bits; the next one; the cases above it. */
function firstCut(codes: usize, aboves: usize, quotients: usize, count: i32, quotient: f64): u64 {
  const ends = codes + (<usize>count << 1)
  const greatest = i16x8.splat(0x7fff)
  const wanted = f64x2.splat(quotient)
  let least = greatest
  for (let at = codes, own = quotients; at < ends; at += 16, own += 64) {
    const first = v128.shuffle<i32>(f64x2.eq(v128.load(own), wanted), f64x2.eq(v128.load(own, 16), wanted), 0, 2, 4, 6)
    const second = v128.shuffle<i32>(f64x2.eq(v128.load(own, 32), wanted), f64x2.eq(v128.load(own, 48), wanted), 0, 2, 4, 6)
    least = i16x8.min_s(least, v128.bitselect(v128.load(at), greatest, i16x8.narrow_i32x4_s(first, second)))
  }
  const low = leastOf(least)
  let next = greatest
  let above = i16x8.splat(0)
  for (let at = codes; at < ends; at += 16) {
    const own = v128.load(at)
    next = i16x8.min_s(next, v128.bitselect(own, greatest, i16x8.gt_s(own, i16x8.splat(low))))
    above = v128.or(above, v128.and(v128.load(aboves + (at - codes)), i16x8.eq(own, i16x8.splat(low))))
  }
  let cases = i64x2.extract_lane(above, 0) | i64x2.extract_lane(above, 1)
  cases |= cases >>> 32
  return <u64>(<u16>low ^ 0x8000) | <u64>(<u16>leastOf(next) ^ 0x8000) << 16 | <u64>(<u16>(cases | cases >>> 16)) << 32
}

@inline
function leastOf(values: v128): i16 {
  const four = i16x8.min_s(values, v128.shuffle<i32>(values, values, 2, 3, 2, 3))
  const two = i16x8.min_s(four, v128.shuffle<i32>(four, four, 1, 1, 1, 1))
  return min(<i16>i16x8.extract_lane_s(two, 0), <i16>i16x8.extract_lane_s(two, 1))
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
