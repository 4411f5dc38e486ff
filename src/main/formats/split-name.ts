import type { WriteOptions } from './format.ts'

/** The split that the rows of a request are in; loaders know a set that is not split as its training part. */
export function splitName({ split }: WriteOptions): string {
  return split ?? 'train'
}
