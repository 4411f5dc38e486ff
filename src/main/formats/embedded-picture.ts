import type { ErrorCode } from '../../shared/errors.ts'

/** The picture of a row whose table or archive holds pictures itself, in place of a file name. */
export class EmbeddedPicture {
  /** Names the picture within the source, such as `00000.tar/000000005.jpg`. */
  readonly locator: string
  /** Address of the picture (`base/picture-address.ts`); null where the row has none. */
  readonly address: string | null
  /** Why the row has none, where the source says it. */
  readonly problem: { readonly code: ErrorCode; readonly message: string } | null

  constructor(locator: string, address: string | null, problem: EmbeddedPicture['problem'] = null) {
    this.locator = locator
    this.address = address
    this.problem = problem
  }
}
