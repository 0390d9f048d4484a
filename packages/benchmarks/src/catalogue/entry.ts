import type { Chapter, Measure, Workload } from '../workload.ts'

/** What a workload says beside its name, its text, and what is measured. */
export type Sizes = Omit<Workload, 'name' | 'text' | 'measure' | 'chapter'>

/** Makes entries of one chapter that are measured alike. */
export const entries =
  (chapter: Chapter, measure: Measure) =>
  (name: string, text: string, sizes: Sizes): Workload => ({ name, chapter, text, measure, ...sizes })
