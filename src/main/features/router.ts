import { implement } from '@orpc/server'
import type { Asking } from '../base/asking.ts'
import { contract } from '../../shared/contract/index.ts'

/** The contract with a place for each handler; `context` says who asks. In one place, so that all areas implement the same one. */
export const os = implement(contract).$context<Asking>()
