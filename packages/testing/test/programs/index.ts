import type { Explored } from './explored.ts'
import { executorPrograms } from './executor-programs.ts'
import { mapPrograms } from './map-programs.ts'
import { queuePrograms } from './queue-programs.ts'
import { streamPrograms } from './stream-programs.ts'
import { syncPrograms } from './sync-programs.ts'
import { taskPrograms } from './task-programs.ts'

/** The programs whose schedules are explored, by package. */
export const programs: Readonly<Record<string, readonly Explored[]>> = {
  sync: syncPrograms,
  queues: queuePrograms,
  tasks: [...taskPrograms, ...mapPrograms],
  streams: streamPrograms,
  executors: executorPrograms,
}
