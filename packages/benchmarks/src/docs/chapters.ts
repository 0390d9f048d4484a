import type { Chapter } from '../workload.ts'

/** The chapters of the page, with what their heading says. */
export const chapters: Readonly<Record<Chapter, string>> = {
  scheduler: 'Tasks, queues and timers',
  limits: 'Locks and limits',
  growth: 'How cost grows',
  host: 'Fairness, start and memory',
  network: 'Network',
  processes: 'Other programs',
  pools: 'Pools of threads',
}
