import { os } from '../router.ts'
import type { TextService } from './service.ts'

export function createTextProcedures(service: TextService) {
  return {
    analyse: os.text.analyse.handler(({ context, input }) => service.analyse(context, input)),
  }
}
