import type { PbfWriter } from 'pbf'

/**
 * The part of ONNX's protocol buffers (onnx.proto of 1.12, IR version 8) that models here need; the numbers of fields and types are
 * its own.
 */
export interface OnnxGraph {
  readonly name: string
  /** In the order of work. */
  readonly nodes: readonly OnnxNode[]
  /** What nodes take beside the inputs. */
  readonly tensors: readonly OnnxTensor[]
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  readonly metadata: Readonly<Record<string, string>>
}

export interface OnnxNode {
  readonly type: string
  /** Without it the standard's own operators. */
  readonly domain?: 'ai.onnx.ml'
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: readonly OnnxAttribute[]
}

export type OnnxAttribute = { readonly name: string } & (
  | { readonly integer: number }
  | { readonly string: string }
  | { readonly tensor: OnnxTensor }
  | { readonly integers: readonly number[] }
  | { readonly strings: readonly string[] }
)

/** Values in row-major order. */
export interface OnnxTensor {
  readonly name: string
  readonly type: keyof typeof types
  readonly dims: readonly number[]
  readonly values: readonly number[]
}

/** A name stands for a size that each call decides. */
export interface OnnxValue {
  readonly name: string
  readonly type: keyof typeof types
  readonly shape: readonly (string | number)[]
}

/** TensorProto.DataType */
const types = { int64: 7, double: 11 } as const
const irVersion = 8
const opsets = { '': 17, 'ai.onnx.ml': 3 } as const

export function doubles(name: string, values: readonly number[], dims: readonly number[] = [values.length]): OnnxTensor {
  return { name, type: 'double', dims, values }
}

export function integers(name: string, values: readonly number[]): OnnxTensor {
  return { name, type: 'int64', dims: [values.length], values }
}

/** The bytes of a file; the same graph gives the same bytes. */
export function writeOnnx(pbf: PbfWriter, graph: OnnxGraph): Uint8Array {
  pbf.writeVarintField(1, irVersion)
  pbf.writeStringField(2, 'Texel')
  pbf.writeMessage(7, writeGraph, graph)
  for (const [domain, version] of Object.entries(opsets))
    pbf.writeMessage(8, (set, to) => {
      to.writeStringField(1, set.domain)
      to.writeVarintField(2, set.version)
    }, { domain, version }) // prettier-ignore
  for (const [key, value] of Object.entries(graph.metadata))
    pbf.writeMessage(14, (entry, to) => {
      to.writeStringField(1, entry.key)
      to.writeStringField(2, entry.value)
    }, { key, value }) // prettier-ignore
  return pbf.finish()
}

function writeGraph({ name, nodes, tensors, inputs, outputs }: OnnxGraph, pbf: PbfWriter): void {
  for (const node of nodes) pbf.writeMessage(1, writeNode, node)
  pbf.writeStringField(2, name)
  for (const tensor of tensors) pbf.writeMessage(5, writeTensor, tensor)
  for (const value of inputs) pbf.writeMessage(11, writeValue, value)
  for (const value of outputs) pbf.writeMessage(12, writeValue, value)
}

function writeNode({ type, domain, inputs, outputs, attributes = [] }: OnnxNode, pbf: PbfWriter): void {
  for (const input of inputs) pbf.writeStringField(1, input)
  for (const output of outputs) pbf.writeStringField(2, output)
  pbf.writeStringField(4, type)
  for (const attribute of attributes) pbf.writeMessage(5, writeAttribute, attribute)
  if (domain !== undefined) pbf.writeStringField(7, domain)
}

/** Field 20 says which of the others holds the value. */
function writeAttribute(attribute: OnnxAttribute, pbf: PbfWriter): void {
  pbf.writeStringField(1, attribute.name)
  if ('integer' in attribute) {
    pbf.writeVarintField(3, attribute.integer)
    pbf.writeVarintField(20, 2)
  } else if ('string' in attribute) {
    pbf.writeStringField(4, attribute.string)
    pbf.writeVarintField(20, 3)
  } else if ('tensor' in attribute) {
    pbf.writeMessage(5, writeTensor, attribute.tensor)
    pbf.writeVarintField(20, 4)
  } else if ('integers' in attribute) {
    for (const value of attribute.integers) pbf.writeVarintField(8, value)
    pbf.writeVarintField(20, 7)
  } else {
    for (const value of attribute.strings) pbf.writeStringField(9, value)
    pbf.writeVarintField(20, 8)
  }
}

function writeTensor({ name, type, dims, values }: OnnxTensor, pbf: PbfWriter): void {
  for (const size of dims) pbf.writeVarintField(1, size)
  pbf.writeVarintField(2, types[type])
  if (type === 'int64') for (const value of values) pbf.writeVarintField(7, value)
  if (name !== '') pbf.writeStringField(8, name)
  if (type === 'double') pbf.writePackedDouble(10, [...values])
}

function writeValue({ name, type, shape }: OnnxValue, pbf: PbfWriter): void {
  pbf.writeStringField(1, name)
  pbf.writeMessage(2, writeType, { type, shape })
}

function writeType(value: Pick<OnnxValue, 'type' | 'shape'>, pbf: PbfWriter): void {
  pbf.writeMessage(1, ({ type, shape }, tensor) => {
    tensor.writeVarintField(1, types[type])
    tensor.writeMessage(2, writeShape, shape)
  }, value) // prettier-ignore
}

function writeShape(shape: OnnxValue['shape'], pbf: PbfWriter): void {
  for (const size of shape)
    pbf.writeMessage(1, (size, dim) => {
      if (typeof size === 'number') dim.writeVarintField(1, size)
      else dim.writeStringField(2, size)
    }, size) // prettier-ignore
}
