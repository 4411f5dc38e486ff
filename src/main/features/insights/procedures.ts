import { os } from '../router.ts'
import type { InsightsService } from './service.ts'

export function createInsightProcedures(service: InsightsService) {
  return {
    scores: os.insights.scores.handler(() => service.scores()),
    edits: os.insights.edits.handler(() => service.edits()),
    fates: os.insights.fates.handler(() => service.fates()),
    concepts: os.insights.concepts.handler(({ input }) => service.concepts(input)),
    vocabulary: os.insights.vocabulary.handler(({ input }) => service.vocabulary(input)),
    lengths: os.insights.lengths.handler(() => service.lengths()),
    duplicates: os.insights.duplicates.handler(() => service.duplicates()),
    throughput: os.insights.throughput.handler(() => service.throughput()),
    quality: os.insights.quality.handler(() => service.quality()),
  }
}
