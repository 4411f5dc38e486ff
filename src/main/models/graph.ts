import type { Device } from './device.ts'

/** Numbers in and out of a graph. The type that the graph declares (float16, int64 ...) is made from these. */
export type Tensor = FloatTensor | IntegerTensor

export interface FloatTensor {
  readonly kind: 'float'
  readonly data: Float32Array
  readonly dims: readonly number[]
}

interface IntegerTensor {
  readonly kind: 'integer'
  readonly data: Int32Array
  readonly dims: readonly number[]
}

/** One loaded model file. */
export interface Graph {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  /** How many items every run must have, where the graph fixes that; null where any number will do. */
  readonly fixedBatch: number | null
  /**
   * Answers the named outputs in their order. Throws PACK_GRAPH_INVALID for names or shapes that the graph has not,
   * PACK_OUTPUT_INVALID when it answers what is no number, MODEL_MEMORY_EXHAUSTED, DEVICE_FAILED.
   */
  run<const Names extends readonly string[]>(
    feeds: Readonly<Record<string, Tensor>>,
    outputs: Names,
  ): Promise<{ readonly [Index in keyof Names]: FloatTensor }>
}

/** A graph that takes memory until it is closed. */
export interface LoadedGraph extends Graph {
  close(): Promise<void>
}

/** Loads a model file onto a device. */
export type OpenGraph = (path: string, device: Device) => Promise<LoadedGraph>
