import { implement, type Implementer } from '@orpc/server'
import type { Asking } from '../base/asking.ts'
import { contract } from '../../shared/contract/index.ts'

// By name: written out, the type of the whole contract is longer than the compiler writes into a declaration.
type AppContract = typeof contract

/** The contract with a place for each handler; `context` says who asks. In one place, so that all areas implement the same one. */
export const os: Implementer<AppContract, Asking & Record<never, never>, Asking> =
  implement(contract).$context<Asking>()
