import { PbfWriter } from 'pbf'
import type { ForestModel } from '../../core/learn/forestModel.ts'
import type { MlForestModel, MlNode } from '../../core/learn/mlRandomForest.ts'
import type { SvmModel } from '../../core/learn/svm.ts'
import type { Standardisation } from '../../core/table/standardise.ts'
import { refuse } from './messages.ts'
import type { ModelFile } from './modelFile.ts'
import { doubles, integers, writeOnnx, type OnnxGraph, type OnnxNode } from './writeOnnx.ts'

/** One step of a model: the nodes it adds behind `from`, the name of what they give, and the numbers they hold. */
interface Step extends Pick<OnnxGraph, 'nodes' | 'tensors'> {
  readonly to: string
}

/**
 * A model as ONNX (opset 17 and ai.onnx.ml 3), for programs that are not Texel's.
 *
 * In: `features`, a row a patient and a column for each of `model.columns`, in their order (metadata `columns`), as measured or as
 * ComBat made them, nothing missing; doubles, because rounded to floats a value or a threshold of a tree changes its side. Out: `label`
 * (1 above half, of decision values above 0; the cut-offs of a study are not this), and `probability`, [patients, 2], class 0 first;
 * where the scores are no probabilities, `score`, [patients, 1], in its place. The scores of forests are floats inside.
 *
 * @param sha256 of the model's file, kept in the metadata, so that both are found to belong together
 * @returns the bytes of the file
 * @throws DataError for a model without columns: it has nothing to look at
 */
export function formatOnnxModel(
  { name, outcome, model }: Pick<ModelFile, 'name' | 'outcome' | 'model'>,
  sha256: string,
): Uint8Array {
  if (model.kind === 'intercept only') throw refuse('onnx-no-column', { name })
  const { steps, cut } = scoreSteps(model)
  const last = [...steps, ...outputSteps(model.score, steps[steps.length - 1].to, cut)]
  const metadata = {
    'texel.model.sha256': sha256,
    'texel.model.name': name,
    'texel.outcome.column': outcome.column,
    'texel.outcome.positive': outcome.positive,
    'texel.score': model.score,
    columns: JSON.stringify(model.columns),
  }
  const shape = model.score === 'probability' ? 2 : 1
  return writeOnnx(new PbfWriter(), {
    name,
    nodes: last.flatMap(({ nodes }) => nodes),
    tensors: last.flatMap(({ tensors }) => tensors),
    inputs: [{ name: 'features', type: 'double', shape: ['patients', model.columns.length] }],
    outputs: [
      { name: 'label', type: 'int64', shape: ['patients'] },
      { name: model.score === 'probability' ? 'probability' : 'score', type: 'double', shape: ['patients', shape] },
    ],
    metadata,
  })
}

type AnyModel = Exclude<ModelFile['model'], { readonly kind: 'intercept only' }>

/** Up to one score a patient, [patients, 1], and the score above which the label is 1. */
function scoreSteps(model: AnyModel): { steps: Step[]; cut: number } {
  switch (model.kind) {
    case 'logistic': {
      const coefficients = model.terms.map(({ coefficient }) => (Number.isNaN(coefficient) ? 0 : coefficient))
      const steps = standardise(model.standardisation)
      return { steps: [...steps, ...sigmoidOfSum(coefficients, model.intercept.coefficient, endOf(steps))], cut: 0.5 }
    }
    case 'lasso':
      return { steps: sigmoidOfSum(model.coefficients, model.intercept, 'features'), cut: 0.5 }
    case 'svm':
      return { steps: svmSteps(model), cut: model.platt ? 0.5 : 0 }
    case 'forest':
      return { steps: treeSteps(model.engine === 'wasm' ? unpackTrees(model) : unpackMlTrees(model)), cut: 0.5 }
  }
}

function endOf(steps: readonly Step[]): string {
  return steps.length === 0 ? 'features' : steps[steps.length - 1].to
}

/** A node that takes what came before and, where it has one, a tensor. */
function step(type: string, from: string, to: string, values?: readonly number[], dims: readonly number[] = [1]): Step {
  const tensor = values && doubles(`${to}_by`, values, dims)
  return { to, nodes: [{ type, inputs: [from, ...(tensor ? [tensor.name] : [])], outputs: [to] }], tensors: tensor ? [tensor] : [] } // prettier-ignore
}

function standardise(record: Standardisation | null): Step[] {
  if (record === null) return []
  const columns = [record.columns.length]
  return [step('Sub', 'features', 'centred', record.mean, columns), step('Div', 'centred', 'standardised', record.sd, columns)]
}

function sigmoidOfSum(coefficients: readonly number[], intercept: number, from: string): Step[] {
  return [
    step('MatMul', from, 'sum', coefficients, [coefficients.length, 1]),
    step('Add', 'sum', 'log_odds', [intercept]),
    step('Sigmoid', 'log_odds', 'risk'),
  ]
}

/** Not `SVMClassifier`: it computes with floats, and couples probabilities in a way of its own (4e-3 apart). */
function svmSteps({ standardisation, kernel, columns, supportVectors, coefficients, rho, platt }: SvmModel): Step[] {
  const begin = standardise(standardisation)
  const from = endOf(begin)
  const vectors = supportVectors.length
  const kernels: Step[] =
    kernel.name === 'linear'
      ? [step('MatMul', from, 'kernel', transpose(supportVectors, columns.length), [columns.length, vectors])]
      : [
          { to: 'rows', nodes: [{ type: 'Unsqueeze', inputs: [from, 'axis_1'], outputs: ['rows'] }], tensors: [integers('axis_1', [1])] }, // prettier-ignore
          step('Sub', 'rows', 'difference', supportVectors.flat(), [vectors, columns.length]),
          { to: 'squares', nodes: [{ type: 'Mul', inputs: ['difference', 'difference'], outputs: ['squares'] }], tensors: [] },
          {
            to: 'distance',
            nodes: [{ type: 'ReduceSum', inputs: ['squares', 'axis_2'], outputs: ['distance'], attributes: [{ name: 'keepdims', integer: 0 }] }], // prettier-ignore
            tensors: [integers('axis_2', [2])],
          },
          step('Mul', 'distance', 'exponent', [-kernel.gamma]),
          step('Exp', 'exponent', 'kernel'),
        ]
  const decision = [step('MatMul', 'kernel', 'votes', coefficients, [vectors, 1]), step('Sub', 'votes', 'decision', [rho])]
  const scaling = platt
    ? [
        // 1 / (1 + exp(a f + b)) is the sigmoid of -(a f + b).
        step('Mul', 'decision', 'scaled', [platt.a]),
        step('Add', 'scaled', 'shifted', [platt.b]),
        step('Neg', 'shifted', 'log_odds'),
        step('Sigmoid', 'log_odds', 'risk'),
      ]
    : []
  return [...begin, ...kernels, ...decision, ...scaling]
}

function transpose(rows: readonly (readonly number[])[], columns: number): number[] {
  return Array.from({ length: columns }, (_, j) => rows.map((row) => row[j])).flat()
}

/** Nodes of all trees, one behind the other; `left` and `right` are counted in their tree, 0 in a leaf, whose `value` is its vote. */
interface Trees {
  readonly mode: 'BRANCH_LEQ' | 'BRANCH_LT'
  readonly count: number
  readonly nodes: readonly {
    readonly tree: number
    readonly node: number
    readonly column: number
    readonly value: number
    readonly left: number
    readonly right: number
  }[]
}

function unpackTrees({ trees: { start, column, right, threshold }, options: { voting } }: ForestModel): Trees {
  const vote = (share: number) => (voting === 'share' || share === 0.5 ? share : Number(share > 0.5))
  const count = start.length - 1
  const nodes = Array.from({ length: count }, (_, tree) =>
    Array.from({ length: start[tree + 1] - start[tree] }, (_, node) => {
      const at = start[tree] + node
      const isLeaf = column[at] < 0
      return isLeaf
        ? { tree, node, column: -1, value: vote(threshold[at]), left: 0, right: 0 }
        : { tree, node, column: column[at], value: threshold[at], left: node + 1, right: right[at] }
    }),
  )
  return { mode: 'BRANCH_LEQ', count, nodes: nodes.flat() }
}

/** In preorder, as the others. */
function unpackMlTrees({ trees }: MlForestModel): Trees {
  const unpack = (root: MlNode, tree: number, from: number): Trees['nodes'] => {
    if (typeof root !== 'object') return [{ tree, node: from, column: -1, value: root, left: 0, right: 0 }]
    const left = unpack(root.left, tree, from + 1)
    const right = from + 1 + left.length
    const { column, cut } = root
    return [{ tree, node: from, column, value: cut, left: from + 1, right }, ...left, ...unpack(root.right, tree, right)]
  }
  return { mode: 'BRANCH_LT', count: trees.length, nodes: trees.flatMap((root, tree) => unpack(root, tree, 0)) }
}

/** Thresholds and votes are doubles; the sum comes out as a float, which the rest takes as a double again. */
function treeSteps({ mode, count, nodes }: Trees): Step[] {
  const leaves = nodes.filter(({ column }) => column < 0)
  const list = (of: (node: Trees['nodes'][number]) => number) => nodes.map(of)
  const attributes: OnnxNode['attributes'] = [
    { name: 'nodes_treeids', integers: list(({ tree }) => tree) },
    { name: 'nodes_nodeids', integers: list(({ node }) => node) },
    { name: 'nodes_featureids', integers: list(({ column }) => Math.max(column, 0)) },
    { name: 'nodes_modes', strings: nodes.map(({ column }) => (column < 0 ? 'LEAF' : mode)) },
    { name: 'nodes_values_as_tensor', tensor: doubles('', list(({ column, value }) => (column < 0 ? 0 : value))) }, // prettier-ignore
    { name: 'nodes_truenodeids', integers: list(({ left }) => left) },
    { name: 'nodes_falsenodeids', integers: list(({ right }) => right) },
    { name: 'target_treeids', integers: leaves.map(({ tree }) => tree) },
    { name: 'target_nodeids', integers: leaves.map(({ node }) => node) },
    { name: 'target_ids', integers: leaves.map(() => 0) },
    { name: 'target_weights_as_tensor', tensor: doubles('', leaves.map(({ value }) => value / count)) }, // prettier-ignore
    { name: 'n_targets', integer: 1 },
    { name: 'aggregate_function', string: 'SUM' },
  ]
  return [
    {
      to: 'votes',
      nodes: [{ type: 'TreeEnsembleRegressor', domain: 'ai.onnx.ml', inputs: ['features'], outputs: ['votes'], attributes }],
      tensors: [],
    },
    { to: 'risk', nodes: [castNode('votes', 'risk', 'double')], tensors: [] },
  ]
}

function castNode(from: string, to: string, type: 'double' | 'int64'): OnnxNode {
  return { type: 'Cast', inputs: [from], outputs: [to], attributes: [{ name: 'to', integer: type === 'double' ? 11 : 7 }] }
}

function outputSteps(score: AnyModel['score'], from: string, cut: number): Step[] {
  const alone = (node: OnnxNode): Step => ({ to: node.outputs[0], nodes: [node], tensors: [] })
  return [
    step('Greater', from, 'above', [cut]),
    alone(castNode('above', 'above_column', 'int64')),
    { to: 'label', nodes: [{ type: 'Reshape', inputs: ['above_column', 'one_column'], outputs: ['label'] }], tensors: [integers('one_column', [-1])] }, // prettier-ignore
    ...(score === 'probability'
      ? [
          {
            to: 'rest',
            nodes: [{ type: 'Sub', inputs: ['one', from], outputs: ['rest'] }],
            tensors: [doubles('one', [1])],
          },
          alone({ type: 'Concat', inputs: ['rest', from], outputs: ['probability'], attributes: [{ name: 'axis', integer: 1 }] }), // prettier-ignore
        ]
      : [alone({ type: 'Identity', inputs: [from], outputs: ['score'] })]),
  ]
}
