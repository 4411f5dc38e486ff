import { implement } from '@orpc/server'
import { contract } from '../../shared/contract/index.ts'

/** The contract with a place for each handler. Kept in one line, so that all areas implement the same one. */
export const os = implement(contract)
