import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ChildSpec, Sample } from './child-spec.ts'
import type { Options } from './options.ts'
import type { Peer } from './peers.ts'
import { programOf } from './program-of.ts'
import { takeSample } from './take-sample.ts'
import type { Launch } from './take-sample.ts'
import { folderOf } from './workload.ts'
import type { Workload } from './workload.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Operations in a call of the peer, which may be fewer than the workload's; `0` where the peer is left out. */
export function operationsOf({ cut, n, quick }: Workload, { label }: Peer, isQuick: boolean): number {
  const most = cut?.[label] ?? n
  return isQuick ? Math.min(most, quick) : most
}

/** Takes measurements as the options say, of compiled programs. */
export class Measurer {
  readonly #options: Options
  readonly #pythons: ReadonlyMap<string, string>
  readonly #bundle: string

  /** @param pythons - an interpreter for each module that one can import */
  constructor(options: Options, pythons: ReadonlyMap<string, string>, bundle: string) {
    this.#options = options
    this.#pythons = pythons
    this.#bundle = bundle
  }

  /** Whether the peer has a program for the workload, and what it needs. */
  can(workload: Workload, peer: Peer): boolean {
    if (operationsOf(workload, peer, false) === 0) return false
    if (peer.python !== undefined && !this.#pythons.has(peer.python)) return false
    // Asked of the sources: a bundle that went missing has to fail, not to leave the peer out.
    return existsSync(here(`workloads/${folderOf(workload)}/${peer.file}`))
  }

  take(workload: Workload, peer: Peer): Promise<Sample> {
    return takeSample(this.#launchOf(peer), this.#specOf(workload, peer))
  }

  #launchOf(peer: Peer): Launch {
    const { node, profile } = this.#options
    const echoClient = [node, join(this.#bundle, 'echo-client.js')]
    if (peer.python === undefined) {
      const profiler = profile ? ['--cpu-prof', `--cpu-prof-dir=${here('../results')}`] : []
      return { command: node, harness: ['--expose-gc', ...profiler, join(this.#bundle, 'child.js')], echoClient }
    }
    return { command: this.#pythons.get(peer.python)!, harness: [here('measure.py')], echoClient }
  }

  #specOf(workload: Workload, peer: Peer): ChildSpec {
    const { quick, rounds } = this.#options
    const program = programOf(workload, peer)
    return {
      file: peer.python === undefined ? join(this.#bundle, program) : here(program),
      library: peer.export ?? peer.label,
      measure: workload.measure,
      n: operationsOf(workload, peer, quick),
      width: workload.width ?? 0,
      rounds,
      roundSeconds: quick ? 0 : 0.2,
      budgetSeconds: quick ? 1 : 5,
    }
  }
}
